/** Text as it comes from people, made fit to be put into sentences. */

/** One line, without control characters, braces of templates or doubled spaces. */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/[{}<>`|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** At most `length` characters, cut between words. */
export function shortened(text: string, length: number): string {
  const line = tidy(text);
  const letters = Array.from(line);
  if (letters.length <= length) return line;
  const cut = letters.slice(0, length - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > length / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/u, '')}…`;
}

export function capitalised(text: string): string {
  const [first, ...rest] = Array.from(text);
  return first === undefined ? '' : first.toLocaleUpperCase('en') + rest.join('');
}

export function decapitalised(text: string): string {
  const [first, ...rest] = Array.from(text);
  return first === undefined ? '' : first.toLocaleLowerCase('en') + rest.join('');
}

/** With a capital and a mark at its end. */
export function sentence(text: string): string {
  const line = capitalised(tidy(text));
  return line === '' || /[.!?…]["”’)]?$/u.test(line) ? line : `${line}.`;
}

const small = new Set(['a', 'an', 'the', 'and', 'but', 'or', 'of', 'in', 'on', 'at', 'to', 'for', 'with', 'by', 'from', 'as', 'that']);

export function titled(text: string): string {
  const words = tidy(text).split(' ');
  return words.map((word, place) => (place > 0 && small.has(word.toLowerCase()) ? word.toLowerCase() : capitalised(word))).join(' ');
}

/** "a, b and c". */
export function listed(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

/** The words of a text in small letters. */
export function wordsOf(text: string): readonly string[] {
  return text.toLocaleLowerCase('en').match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

export function sentencesOf(text: string): readonly string[] {
  return tidy(text)
    .split(/(?<=[.!?…])\s+/u)
    .filter((part) => part !== '');
}

/** A name as it may stand in an id or a path. */
export function slug(text: string, otherwise: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 40).replace(/-+$/, '') || otherwise;
}
