/** Which characters a font file has: its `cmap` table, read without the rest of the file (which may be large). */
import { closeSync, openSync, readSync } from 'node:fs';

export interface Coverage {
  /** Whether there is a glyph for the code point. */
  has(codePoint: number): boolean;
}

/** Of a collection, its first font. Undefined where the file is no font, or one that says nothing about Unicode. */
export function readCoverage(file: string): Coverage | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    return coverageOf(reader(handle));
  } catch {
    // What cannot be read draws nothing; whoever needs the letters hears that they are missing.
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

type Read = (offset: number, length: number) => DataView;

function reader(handle: number): Read {
  return (offset, length) => {
    const bytes = new Uint8Array(length);
    const got = readSync(handle, bytes, 0, length, offset);
    return new DataView(bytes.buffer, 0, got);
  };
}

function coverageOf(read: Read): Coverage | undefined {
  const head = read(0, 16);
  const start = tagOf(head, 0) === 'ttcf' ? head.getUint32(12) : 0;
  const tables = read(start + 4, 2).getUint16(0);
  const directory = read(start + 12, tables * 16);
  for (let at = 0; at < tables * 16; at += 16) {
    if (tagOf(directory, at) !== 'cmap') continue;
    return subtable(read(directory.getUint32(at + 8), directory.getUint32(at + 12)));
  }
  return undefined;
}

function subtable(cmap: DataView): Coverage | undefined {
  const found: { readonly offset: number; readonly format: number }[] = [];
  for (let at = 4; at < 4 + cmap.getUint16(2) * 8; at += 8) {
    const platform = cmap.getUint16(at);
    const encoding = cmap.getUint16(at + 2);
    const offset = cmap.getUint32(at + 4);
    if (platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10))) found.push({ offset, format: cmap.getUint16(offset) });
  }
  const wide = found.find(({ format }) => format === 12);
  if (wide !== undefined) return groups(cmap, wide.offset);
  const narrow = found.find(({ format }) => format === 4);
  return narrow === undefined ? undefined : segments(cmap, narrow.offset);
}

/** Format 12: groups of code points, in order. */
function groups(cmap: DataView, offset: number): Coverage {
  const count = cmap.getUint32(offset + 12);
  const group = (at: number): number => offset + 16 + at * 12;
  return {
    has: (codePoint) => {
      const at = first(count, (one) => cmap.getUint32(group(one) + 4) >= codePoint);
      if (at === count || cmap.getUint32(group(at)) > codePoint) return false;
      return cmap.getUint32(group(at) + 8) + codePoint - cmap.getUint32(group(at)) !== 0;
    },
  };
}

/** Format 4: segments of the first 65,536 code points, in order; a segment may have holes. */
function segments(cmap: DataView, offset: number): Coverage {
  const count = cmap.getUint16(offset + 6) / 2;
  const ends = offset + 14;
  const starts = ends + count * 2 + 2;
  const deltas = starts + count * 2;
  const ranges = deltas + count * 2;
  return {
    has: (codePoint) => {
      if (codePoint > 0xffff) return false;
      const at = first(count, (one) => cmap.getUint16(ends + one * 2) >= codePoint);
      if (at === count || cmap.getUint16(starts + at * 2) > codePoint) return false;
      const range = cmap.getUint16(ranges + at * 2);
      const delta = cmap.getUint16(deltas + at * 2);
      if (range === 0) return ((codePoint + delta) & 0xffff) !== 0;
      const glyph = cmap.getUint16(ranges + at * 2 + range + (codePoint - cmap.getUint16(starts + at * 2)) * 2);
      return glyph !== 0 && ((glyph + delta) & 0xffff) !== 0;
    },
  };
}

/** The first of `count` for which it is true, where it is true of all that follow; `count` when of none. */
function first(count: number, isTrue: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const tagOf = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
