/**
 * The icons' file: a line of JSON that says each icon's name and length, then their drawings, one after the other;
 * all of it compressed. So it is opened in one go, and a drawing is cut out when somebody asks for it.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

export interface Icons {
  readonly names: readonly string[];
  body(name: string): string | undefined;
}

export function packIcons(bodies: ReadonlyMap<string, string>): Buffer {
  const index = [...bodies].map(([name, body]) => [name, Buffer.byteLength(body)]);
  const whole = Buffer.from(`${JSON.stringify(index)}\n${[...bodies.values()].join('')}`);
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(whole, { params: { [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: whole.length } });
}

export function unpackIcons(packed: Buffer): Icons {
  const whole = brotliDecompressSync(packed);
  const head = whole.indexOf('\n');
  // Written by packIcons, above.
  const index = JSON.parse(whole.toString('utf8', 0, head)) as readonly (readonly [string, number])[];
  const spans = new Map<string, readonly [number, number]>();
  let from = head + 1;
  for (const [name, length] of index) {
    spans.set(name, [from, from + length]);
    from += length;
  }
  return {
    names: [...spans.keys()],
    body(name) {
      const span = spans.get(name);
      return span && whole.toString('utf8', ...span);
    },
  };
}
