/** Meters, inside the writer's transaction: nobody can take between the look and the deed (ports/ledger.ts N1). */
import { correctedBy, takeFrom } from '../../core/meters.ts';
import type { Level } from '../../core/meters.ts';
import type { Take, Taken } from '../../ports/ledger.ts';
import type { Database } from './database.ts';

export function take(db: Database, takes: readonly Take[], now: number): Taken {
  const outcome = takeFrom((id) => levelOf(db, id), takes, now);
  if (!outcome.granted) return outcome;
  save(db, outcome.levels);
  return { granted: true };
}

export function correct(db: Database, corrections: readonly Take[], now: number): void {
  save(
    db,
    correctedBy((id) => levelOf(db, id), corrections, now),
  );
}

export function levelOf(db: Database, id: string): Level | undefined {
  const row = db.get('SELECT taken, at FROM meters WHERE id = ?', id);
  return row === undefined ? undefined : { taken: db.number(row, 'taken'), at: db.number(row, 'at') };
}

function save(db: Database, levels: ReadonlyMap<string, Level>): void {
  for (const [id, { taken, at }] of levels) db.run('INSERT OR REPLACE INTO meters (id, taken, at) VALUES (?, ?, ?)', id, taken, at);
}
