/** The key that a new store begins with: whoever starts its first server gets it, and makes the others with it. */
import { ContinuoError } from '../../core/errors.ts';
import { addKey, type Doer, type KeyDesk } from './key-desk.ts';
import { freshKey } from './key-text.ts';

/** The same on all nodes: of those that start at once one makes it (ports/access.ts K1). */
const firstId = 'admin0000000';

/** Makes an admin key on a store that has none at all, and answers with its text, to be shown once. */
export async function firstKey(desk: KeyDesk, by: Doer): Promise<string | undefined> {
  if ((await desk.keys.list()).length > 0) return undefined;
  try {
    const { text } = await addKey(desk, freshKey(firstId), { name: 'first key', scopes: ['admin'] }, by);
    return text;
  } catch (error) {
    if (error instanceof ContinuoError && error.code === 'KEY_EXISTS') return undefined;
    throw error;
  }
}

const shortest = 32;

/** The key that the environment sets, which may everything: where there is one, no first key is needed. */
export function adminKeyFrom(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = env['CONTINUO_ADMIN_KEY'] ?? '';
  if (key === '') return undefined;
  if (key.length >= shortest && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new ContinuoError(
    'USAGE',
    `CONTINUO_ADMIN_KEY must have ${shortest} characters or more, all of them letters, digits or signs, and no spaces: \`openssl rand -hex 32\` makes one`,
  );
}
