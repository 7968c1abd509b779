/** Pieces of HTML, with everything that comes from outside escaped. */

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

export function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => `<p>${escaped(part)}</p>`)
    .join('\n');
}

/** Every line moved in, so that the source can be read. */
export function indented(text: string, depth: number): string {
  const space = '  '.repeat(depth);
  return text
    .split('\n')
    .map((line) => (line === '' ? line : space + line))
    .join('\n');
}

export function element(name: string, attributes: string, content: string): string {
  const open = attributes === '' ? `<${name}>` : `<${name} ${attributes}>`;
  return content.includes('\n') ? `${open}\n${indented(content, 1)}\n</${name}>` : `${open}${content}</${name}>`;
}
