/**
 * Group commit: what was given in one turn of the event loop, and what comes while a commit is under way, becomes
 * durable together, in one round trip.
 *
 * P1. Appends of one run are committed in the order in which they were given, each in a group of its own; so are those
 *     that take the same message, and a run and the one that called it, where both are new.
 * P2. A promise settles only after its group has been answered. Where the answer is lost, the append is rejected with
 *     STORE_FAILED, and may be there: given again as it was, it is found to be there (A3 of migrations/0001-append.ts).
 * P3. An error that is one append's own fails it alone: the group is tried again one by one. What the whole store
 *     suffers from fails the whole group.
 */
import { ContinuoError } from '../../../core/errors.ts';
import type { Append } from '../../../ports/journal.ts';
import { appendStatement, taskOf, valuesOf } from './append-group.ts';
import type { Task } from './append-group.ts';
import { PostgresFault } from './faults.ts';
import { fencedError } from './identity.ts';
import type { Membership } from './identity.ts';
import { Lane } from './lane.ts';
import type { Postgres } from './sql.ts';
import { keyTaken, refusal } from './verdicts.ts';

interface Pending {
  readonly task: Task;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A group is at most this large, in appends and in characters. */
const most = { appends: 500, size: 4_000_000 } as const;

const triesInTheWay = 3;

export class Appender {
  readonly #postgres: Postgres;
  readonly #membership: Membership;
  readonly #lane: Lane;
  #queue: Pending[] = [];
  #working: Promise<void> | undefined;
  #closed = false;
  /** By run, the number of the append whose answer was lost: given again, it may be there (P2). */
  readonly #unanswered = new Map<string, number>();

  constructor(postgres: Postgres, membership: Membership) {
    this.#postgres = postgres;
    this.#membership = membership;
    this.#lane = new Lane(postgres, () => `continuo:${membership.name}`);
  }

  append(write: Append): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new ContinuoError('ENGINE_CLOSED', `${this.#postgres.location} is closed`);
      this.#queue.push({ task: taskOf(write, this.#postgres.location), resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Finishes what was accepted. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#working;
    await this.#lane.close();
  }

  async #work(): Promise<void> {
    // What one commit led to, and what else this turn brings, goes into the next together.
    for (await turn(); this.#queue.length > 0; await turn()) await this.#commit(this.#group());
    this.#working = undefined;
  }

  #group(): readonly Pending[] {
    const group: Pending[] = [];
    const left: Pending[] = [];
    const runs = new Set<string>();
    const messages = new Set<string>();
    let size = 0;
    for (const pending of this.#queue) {
      const { run, record, consumes, size: own } = pending.task;
      const parent = record?.record.parent;
      const full = group.length > 0 && (group.length >= most.appends || size + own > most.size);
      const takenBefore = consumes.some((message) => messages.has(message));
      if (full || takenBefore || runs.has(run) || (parent !== undefined && runs.has(parent))) {
        // Whatever follows of this run waits behind it.
        runs.add(run);
        left.push(pending);
        continue;
      }
      runs.add(run);
      for (const message of consumes) messages.add(message);
      size += own;
      group.push(pending);
    }
    this.#queue = left;
    return group;
  }

  async #commit(group: readonly Pending[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#try(group);
      } catch (error) {
        if (error instanceof PostgresFault && error.inTheWay && tries < triesInTheWay) continue;
        if (error instanceof PostgresFault && error.isOwn && group.length > 1) {
          for (const one of group) await this.#commit([one]);
          return;
        }
        // Of what is about the append itself, the transaction was taken back; of anything else nobody knows.
        const lost = error instanceof PostgresFault && !error.isOwn && !error.inTheWay;
        for (const { task, reject } of group) {
          if (lost) this.#unanswered.set(task.run, task.seq);
          reject(ownError(error, task));
        }
        return;
      }
    }
  }

  async #try(group: readonly Pending[]): Promise<void> {
    const { identity } = this.#membership;
    if (identity === undefined) throw notANode(this.#postgres.location);
    const tasks = group.map(({ task }) => task);
    const rows = await this.#lane.run(appendStatement, (again) =>
      valuesOf(
        tasks,
        tasks.map(({ run, seq }) => again || this.#unanswered.get(run) === seq),
        identity,
      ),
    );
    for (const { run } of this.#unanswered.size === 0 ? [] : tasks) this.#unanswered.delete(run);
    const refused = new Map<number, readonly unknown[]>();
    for (const row of rows) {
      if (row[1] === 'fenced') {
        this.#membership.fenced(identity);
        throw fencedError(identity);
      }
      refused.set(Number(row[0]), row);
    }
    for (const [i, { task, resolve, reject }] of group.entries()) {
      const row = refused.get(i + 1);
      if (row === undefined) resolve();
      else reject(refusal(task, String(row[1]), row[2]));
    }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function ownError(error: unknown, { run }: Task): unknown {
  if (error instanceof PostgresFault && error.constraint === 'runs_idempotency') return keyTaken(run);
  return error;
}

function notANode(location: string): ContinuoError {
  return new ContinuoError('RUN_ELSEWHERE', `this process only visits ${location}: to write to a run is for the node that it belongs to`);
}
