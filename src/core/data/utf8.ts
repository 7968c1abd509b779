const replacement = 0xfffd;

/** Writes `text` at the start of `target` and returns the number of bytes; a lone surrogate becomes U+FFFD. */
export function writeUtf8(text: string, target: Uint8Array): number {
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (point < 0x80) {
      target[at++] = point;
      continue;
    }
    if (point >= 0xd800 && point <= 0xdfff) {
      // Not codePointAt: once compiled by V8's Maglev (seen in Node 24 and 26) it reads past the end of a
      // sliced string, and a lone high surrogate there takes its low half from the string it was cut from.
      const low = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
      if (point <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        i++;
      } else {
        point = replacement;
      }
    }
    at = writePoint(point, target, at);
  }
  return at;
}

export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  return bytes.subarray(0, writeUtf8(text, bytes));
}

function writePoint(point: number, target: Uint8Array, start: number): number {
  let at = start;
  if (point < 0x800) {
    target[at++] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x10000) {
      target[at++] = 0xe0 | (point >> 12);
    } else {
      target[at++] = 0xf0 | (point >> 18);
      target[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    target[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  target[at++] = 0x80 | (point & 0x3f);
  return at;
}
