const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Without the `=` at the end. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let waiting = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    waiting += 8;
    while (waiting >= 6) {
      waiting -= 6;
      text += digits[(bits >> waiting) & 63];
    }
    bits &= 0xff;
  }
  return waiting === 0 ? text : text + digits[(bits << (6 - waiting)) & 63];
}
