/** A font file that has the given characters and draws none: enough to ask what it covers. For tests. */
export function fontWith(text: string, { collection = false }: { readonly collection?: boolean } = {}): Buffer {
  const codes = [...new Set(Array.from(text, (letter) => letter.codePointAt(0) ?? 0))].sort((a, b) => a - b);
  const table = Buffer.alloc(12 + 16 + codes.length * 12);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + codes.length * 12, 16);
  table.writeUInt32BE(codes.length, 24);
  codes.forEach((code, at) => {
    table.writeUInt32BE(code, 28 + at * 12);
    table.writeUInt32BE(code, 32 + at * 12);
    table.writeUInt32BE(at + 1, 36 + at * 12);
  });
  const before = collection ? 16 : 0;
  const head = Buffer.alloc(before + 28);
  if (collection) {
    head.write('ttcf', 0, 'latin1');
    head.writeUInt32BE(1, 8);
    head.writeUInt32BE(before, 12);
  }
  head.writeUInt32BE(0x00010000, before);
  head.writeUInt16BE(1, before + 4);
  head.write('cmap', before + 12, 'latin1');
  head.writeUInt32BE(before + 28, before + 20);
  head.writeUInt32BE(table.length, before + 24);
  return Buffer.concat([head, table]);
}
