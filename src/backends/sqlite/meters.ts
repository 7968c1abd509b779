import { leftIn } from '../../core/meters.ts';
import type { Meter, Meters, Take, Taken } from '../../ports/ledger.ts';
import type { Database } from './database.ts';
import { levelOf } from './metering.ts';
import type { Writer } from './protocol.ts';

export class SqliteMeters implements Meters {
  readonly #db: Database;
  readonly #writer: Writer;

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  take(takes: readonly Take[], now: number): Promise<Taken> {
    return this.#writer.write({ kind: 'take', takes, now });
  }

  async correct(corrections: readonly Take[], now: number): Promise<void> {
    await this.#writer.write({ kind: 'correct', corrections, now });
  }

  async left(meters: readonly Meter[], now: number): Promise<readonly number[]> {
    return meters.map((meter) => leftIn(levelOf(this.#db, meter.id), meter, now));
  }
}
