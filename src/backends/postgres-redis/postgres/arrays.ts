/**
 * One-dimensional arrays as Postgres takes them in its binary form: nothing is quoted here, and nothing parsed there.
 */

const oids = { boolean: 16, int: 23, text: 25, double: 701 } as const;

export function textArray(values: readonly (string | null)[]): Buffer {
  let size = 0;
  const sizes = values.map((value) => {
    const bytes = value === null ? -1 : Buffer.byteLength(value);
    size += Math.max(bytes, 0);
    return bytes;
  });
  const { buffer, start } = header(oids.text, values.length, size, sizes.includes(-1));
  let at = start;
  for (const [i, value] of values.entries()) {
    at = buffer.writeInt32BE(sizes[i] ?? -1, at);
    if (value !== null) at += buffer.write(value, at);
  }
  return buffer;
}

export function intArray(values: readonly number[]): Buffer {
  const { buffer, start } = header(oids.int, values.length, values.length * 4, false);
  let at = start;
  for (const value of values) at = buffer.writeInt32BE(value, buffer.writeInt32BE(4, at));
  return buffer;
}

export function doubleArray(values: readonly (number | null)[]): Buffer {
  const given = values.filter((value) => value !== null).length;
  const { buffer, start } = header(oids.double, values.length, given * 8, given < values.length);
  let at = start;
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? -1 : 8, at);
    if (value !== null) at = buffer.writeDoubleBE(value, at);
  }
  return buffer;
}

export function booleanArray(values: readonly boolean[]): Buffer {
  const { buffer, start } = header(oids.boolean, values.length, values.length, false);
  let at = start;
  for (const value of values) at = buffer.writeInt8(value ? 1 : 0, buffer.writeInt32BE(1, at));
  return buffer;
}

/** Dimensions, whether there are nulls, the type; then, where there is anything, how many and from which index. */
function header(oid: number, length: number, size: number, nulls: boolean): { readonly buffer: Buffer; readonly start: number } {
  const buffer = Buffer.allocUnsafe(length === 0 ? 12 : 20 + 4 * length + size);
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(nulls ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (length === 0) return { buffer, start: 12 };
  buffer.writeInt32BE(length, 12);
  return { buffer, start: buffer.writeInt32BE(1, 16) };
}
