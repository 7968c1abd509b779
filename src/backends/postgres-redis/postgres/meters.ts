/**
 * Meters that all nodes take from.
 *
 * G1. What is asked for in one turn, and while Postgres answers what was asked before,
 *     is asked in one call: a meter that everybody takes from is locked until its
 *     commit is durable, and would else be taken from once in that time.
 * G2. A call is never made a second time: who does not know whether it got through has
 *     lost at most what he took (ports/ledger.ts N2).
 */
import { ContinuoError } from '../../../core/errors.ts';
import { leftIn } from '../../../core/meters.ts';
import type { Meter, Meters, Take, Taken } from '../../../ports/ledger.ts';
import { metering, meteringValues } from './metering.ts';
import type { Metering } from './metering.ts';
import { numberIn, textIn } from './rows.ts';
import type { Row, Sql } from './sql.ts';
import { fitText } from './values.ts';

/** How many are asked together. */
const together = 256;

interface Asked extends Metering {
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: unknown) => void;
}

export function openMeters(sql: Sql): Meters {
  return new PostgresMeters(sql);
}

class PostgresMeters implements Meters {
  readonly #sql: Sql;
  readonly #waiting: Asked[] = [];
  #isAsking = false;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async take(takes: readonly Take[], now: number): Promise<Taken> {
    for (const { amount, id } of takes) if (!(amount >= 0)) throw new ContinuoError('INTERNAL', `${amount} was to be taken from ${id}`);
    return takes.length === 0 ? { granted: true } : this.#ask('take', takes, now);
  }

  async correct(corrections: readonly Take[], now: number): Promise<void> {
    for (const { amount, id } of corrections)
      if (!Number.isFinite(amount)) throw new ContinuoError('INTERNAL', `${amount} was to be given back to ${id}`);
    if (corrections.length > 0) await this.#ask('correct', corrections, now);
  }

  async left(meters: readonly Meter[], now: number): Promise<readonly number[]> {
    if (meters.length === 0) return [];
    const rows = await this.#sql.query('SELECT id, taken, at FROM meters WHERE id = ANY ($1)', [meters.map(({ id }) => id)]);
    const levels = new Map(rows.map((row) => [textIn(row, 'id'), { taken: numberIn(row, 'taken'), at: numberIn(row, 'at') }]));
    return meters.map((meter) => leftIn(levels.get(meter.id), meter, now));
  }

  #ask(is: Metering['is'], changes: readonly Take[], now: number): Promise<Taken> {
    return new Promise((resolve, reject) => {
      // What cannot be asked is refused by itself, and not together with what others ask.
      for (const { id } of changes) fitText(id, this.#sql.location);
      this.#waiting.push({ is, changes, now, resolve, reject });
      if (this.#isAsking) return;
      this.#isAsking = true;
      setImmediate(() => void this.#askAll());
    });
  }

  async #askAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.splice(0, together);
      try {
        const rows = await this.#sql.query(metering, meteringValues(asked));
        const refusals = new Map(rows.map((row) => [numberIn(row, 'part'), refusalOf(row)]));
        for (const [place, { resolve }] of asked.entries()) resolve(refusals.get(place + 1) ?? { granted: true });
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.#isAsking = false;
  }
}

function refusalOf(row: Row): Taken {
  const retryAt = row['retry_at'] === null ? {} : { retryAt: numberIn(row, 'retry_at') };
  return { granted: false, meter: textIn(row, 'meter'), left: numberIn(row, 'remaining'), ...retryAt };
}
