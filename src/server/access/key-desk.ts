/**
 * Makes keys and revokes them.
 *
 * D1. A key's text is told once it is in the audit log who made it: of a key that is not in there nobody has the text.
 */
import { parseDuration } from '../../core/data/duration.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { KeyRecord, Keys, Scope } from '../../ports/access.ts';
import type { Auditor } from './auditor.ts';
import { freshKey, type FreshKey } from './key-text.ts';

export interface KeyDesk {
  readonly keys: Keys;
  readonly auditor: Pick<Auditor, 'note'>;
}

/** Who does it, as the audit log calls him, and when. */
export interface Doer {
  readonly who: string;
  readonly at: number;
}

export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Those that it is bound to; absent: it may work in all. */
  readonly projects?: readonly string[];
  /** How long it counts: `30d`; for ever when absent. */
  readonly expires?: string;
}

export interface NewKey {
  readonly key: KeyRecord;
  /** Told this once, and kept nowhere. */
  readonly text: string;
}

const scopes: readonly Scope[] = ['read', 'run', 'approve', 'admin'];

const longestName = 100;

export function createKey(desk: KeyDesk, wish: KeyWish, by: Doer): Promise<NewKey> {
  return addKey(desk, freshKey(), wish, by);
}

export async function addKey({ keys, auditor }: KeyDesk, fresh: FreshKey, wish: KeyWish, { who, at }: Doer): Promise<NewKey> {
  const { id, hash, text } = fresh;
  const key: KeyRecord = { id, hash, ...readWish(wish, at), createdAt: at, createdBy: who };
  await keys.add(key);
  const { name, scopes: may, projects, expiresAt } = key;
  await auditor.note({ at, who, what: 'key.create', details: JSON.stringify({ key: id, name, scopes: may, projects, expiresAt }) });
  return { key, text };
}

/** Answers with the key as it is then: one that was revoked before keeps its time. */
export async function revokeKey({ keys, auditor }: KeyDesk, id: string, { who, at }: Doer): Promise<KeyRecord> {
  const key = await keys.revoke(id, at);
  if (key === undefined) throw new ContinuoError('KEY_UNKNOWN', `there is no key ${JSON.stringify(id)}`);
  await auditor.note({ at, who, what: 'key.revoke', details: JSON.stringify({ key: id, name: key.name }) });
  return key;
}

/** What a wish comes to, or USAGE. */
export function readWish(wish: KeyWish, at: number): Pick<KeyRecord, 'name' | 'scopes' | 'projects' | 'expiresAt'> {
  const { projects, expires } = wish;
  return {
    name: nameIn(wish.name, 'the name of a key'),
    scopes: scopesIn(wish.scopes),
    ...(projects === undefined ? {} : { projects: projectsIn(projects) }),
    ...(expires === undefined ? {} : { expiresAt: at + timeIn(expires) }),
  };
}

function nameIn(said: string, what: string): string {
  const name = said.trim();
  if (name !== '' && name.length <= longestName && !/\p{Cc}|\p{Cs}/u.test(name)) return name;
  throw new ContinuoError(
    'USAGE',
    `${what} has 1 to ${longestName} characters, and none that control; ${JSON.stringify(said)} does not do`,
  );
}

function scopesIn(words: readonly string[]): readonly Scope[] {
  const unknown = words.find((word) => !scopes.some((scope) => scope === word));
  if (unknown === undefined && words.length > 0) return scopes.filter((scope) => words.includes(scope));
  const wrong = unknown === undefined ? 'a key needs a scope' : `there is no scope ${JSON.stringify(unknown)}`;
  throw new ContinuoError('USAGE', `${wrong}: give one or more of ${scopes.join(', ')}`);
}

function projectsIn(words: readonly string[]): readonly string[] {
  if (words.length === 0)
    throw new ContinuoError('USAGE', 'a key that is bound to no project at all can do nothing: name one, or bind it to none');
  return [...new Set(words.map((word) => nameIn(word, 'a project')))];
}

function timeIn(expires: string): number {
  const milliseconds = parseDuration(expires);
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds;
  throw new ContinuoError('USAGE', `${JSON.stringify(expires)} is no time after which a key expires: say \`30d\` or \`12h\``);
}
