/**
 * The icons' file: a line of JSON that says what is where, then the drawings, a hundred at a time compressed together.
 * A part is opened when one of its drawings is asked for: neighbours are of one kind, so a film asks for few parts.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

export interface Icons {
  readonly names: readonly string[];
  body(name: string): string | undefined;
}

/** How long a part is in the file, and how long each of its drawings is. */
interface Part {
  readonly length: number;
  readonly icons: readonly (readonly [name: string, length: number])[];
}

const together = 100;

function compressed(text: string): Buffer {
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(text, { params: { [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: text.length } });
}

export function packIcons(bodies: ReadonlyMap<string, string>): Buffer {
  const all = [...bodies];
  const index: Part[] = [];
  const parts: Buffer[] = [];
  for (let from = 0; from < all.length; from += together) {
    const some = all.slice(from, from + together);
    const part = compressed(some.map(([, body]) => body).join(''));
    parts.push(part);
    index.push({ length: part.length, icons: some.map(([name, body]) => [name, Buffer.byteLength(body)]) });
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts]);
}

export function unpackIcons(packed: Buffer): Icons {
  const head = packed.indexOf('\n');
  // Written by packIcons, above.
  const index = JSON.parse(packed.toString('utf8', 0, head)) as readonly Part[];
  const readers = new Map<string, () => string>();
  let start = head + 1;
  for (const { length, icons } of index) {
    const part = packed.subarray(start, start + length);
    start += length;
    let opened: Buffer | undefined;
    let from = 0;
    for (const [name, size] of icons) {
      const span = [from, from + size] as const;
      readers.set(name, () => (opened ??= brotliDecompressSync(part)).toString('utf8', ...span));
      from += size;
    }
  }
  return { names: [...readers.keys()], body: (name) => readers.get(name)?.() };
}
