import type { Backend } from '../serving/watch-parts.ts';
import type { Paint } from '../terminal/screen.ts';
import { table, type Cell } from '../terminal/table.ts';
import { moment } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';

export type Key = Awaited<ReturnType<Backend['access']['keys']['list']>>[number];

/** What may be shown of a key: all but its hash, which nobody needs. */
export function shownKey({ hash: _, ...shown }: Key): Omit<Key, 'hash'> {
  return shown;
}

export function keyLines(keys: readonly Key[], now: number, columns: number, paint: Paint): readonly string[] {
  const heads = [
    { head: 'KEY' },
    { head: 'NAME', atMost: 32 },
    { head: 'SCOPES' },
    { head: 'PROJECTS', atMost: 32 },
    { head: 'MADE' },
    { head: 'BY', atMost: 24 },
    { head: '' },
  ];
  const rows = keys.map((key) => [
    key.id,
    oneLine(key.name),
    key.scopes.join(', '),
    key.projects === undefined ? 'all' : oneLine(key.projects.join(', ')),
    moment(key.createdAt),
    oneLine(key.createdBy),
    standing(key, now, paint),
  ]);
  return table(heads, rows, columns, paint);
}

function standing({ expiresAt, revokedAt }: Key, now: number, paint: Paint): Cell {
  if (revokedAt !== undefined) return { text: `revoked ${moment(revokedAt)}`, paint: (text) => paint('red', text) };
  if (expiresAt === undefined) return '';
  if (expiresAt <= now) return { text: `expired ${moment(expiresAt)}`, paint: (text) => paint('yellow', text) };
  return { text: `until ${moment(expiresAt)}`, paint: (text) => paint('dim', text) };
}
