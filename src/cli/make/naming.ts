/** How a film and its run are called. */
import { createHash } from 'node:crypto';

const longestSlug = 60;

/** "How to fold a paper airplane?" is `how-to-fold-a-paper-airplane`. */
export function slugOf(topic: string): string {
  const plain = topic
    .normalize('NFKD')
    // Accents go; in other scripts marks are part of the word.
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const short = plain.length <= longestSlug ? plain : plain.slice(0, longestSlug).replace(/-[^-]*$/, '');
  return short === '' ? 'film' : short;
}

/** The same request has the same run, so that the same command goes on with it. */
export function runIdOf(topic: string, request: object, nth: number): string {
  // A request that was read has its fields in the order of its schema.
  const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 8);
  const name = slugOf(topic)
    .replace(/[^a-z0-9-]/g, '')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `${name === '' ? 'film' : name}-${digest}${nth === 1 ? '' : `-${nth}`}`;
}
