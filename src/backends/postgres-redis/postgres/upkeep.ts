/**
 * What is swept now and then, by the node that leads: answers that nobody asked for in a week, and what removed runs
 * left behind when whoever removed them died.
 */
import { atMost, goodbye } from './at-most.ts';
import { sweepRemoved } from './removal.ts';
import type { Sql } from './sql.ts';

/** How long the answer to a message of the inbox stays readable. */
const answersKept = 7 * 86_400_000;
const every = 600_000;
const atOnce = 1000;

export class Upkeep {
  readonly #sql: Sql;
  readonly #leads: () => boolean;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;

  constructor(sql: Sql, leads: () => boolean) {
    this.#sql = sql;
    this.#leads = leads;
    this.#timer = setInterval(() => void this.sweep(), every).unref();
  }

  /** Where it fails, the next time will do. */
  sweep(): Promise<void> {
    if (!this.#leads()) return Promise.resolve();
    return (this.#sweeping ??= sweep(this.#sql)
      .catch(() => undefined)
      .finally(() => {
        this.#sweeping = undefined;
      }));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    // What is left lies there for the next one.
    if (this.#sweeping !== undefined) await atMost(goodbye, this.#sweeping);
  }
}

async function sweep(sql: Sql): Promise<void> {
  await sweepRemoved(sql);
  for (;;) {
    const gone = await sql.query(
      `DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE settled_at < instant() - $1 LIMIT ${atOnce} FOR UPDATE SKIP LOCKED) RETURNING 1`,
      [answersKept],
    );
    if (gone.length < atOnce) return;
  }
}
