/** A text as a server's WebSocket frame (RFC 6455, 5.2): whole, and not masked. */
const wholeText = 0x81;

export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerOf(bytes) + bytes);
  frame[0] = wholeText;
  if (bytes < 126) frame[1] = bytes;
  else if (bytes < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(bytes, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(bytes), 2);
  }
  frame.write(text, headerOf(bytes));
  return frame;
}

function headerOf(bytes: number): number {
  return bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10;
}
