/** Messages of the inbox, inside the writer's transaction. */
import { ContinuoError } from '../../core/errors.ts';
import type { Message } from '../../ports/journal.ts';
import type { Database } from './database.ts';

const sql = {
  // A sender that does not know whether it got through sends again.
  send: 'INSERT INTO inbox (message, run, command, at, unasked) VALUES (?, ?, ?, ?, ?) ON CONFLICT (message) DO NOTHING',
  isWaiting: "SELECT 1 FROM inbox WHERE message = ? AND state = 'waiting'",
  answer: "UPDATE inbox SET state = ?, error = ?, settled_at = ? WHERE message = ? AND state = 'waiting' AND unasked = 0",
  forget: "DELETE FROM inbox WHERE message = ? AND state = 'waiting'",
} as const;

export function sendMessage(db: Database, { id, run, command, at, unasked }: Message): void {
  db.run(sql.send, id, run, command, at, unasked === true ? 1 : 0);
}

/** The first answer counts; what nobody will ask about is forgotten with it. */
export function answerMessage(db: Database, id: string, state: 'done' | 'refused', error: string | null = null): void {
  if (db.run(sql.answer, state, error, Date.now(), id) === 0) db.run(sql.forget, id);
}

export function mustWait(db: Database, run: string, ids: readonly string[]): void {
  const settled = ids.filter((id) => db.get(sql.isWaiting, id) === undefined);
  if (settled.length === 0) return;
  const message = `run ${run} was to take messages of the inbox that do not wait any more: ${settled.join(', ')}`;
  throw new ContinuoError('MESSAGE_SETTLED', message, { messages: settled });
}
