/**
 * Concurrency keys: runs with the same key go so many at a time, in the order in which
 * they came.
 *
 * Q1. Whether a run may go is decided and written under one lock per key, so that two
 *     can never both take the last place.
 */
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Program } from '../core/plan/program.ts';
import type { Runs } from '../ports/journal.ts';

export interface Turn {
  readonly key?: string;
  readonly queued: boolean;
}

const unended = ['running', 'waiting', 'paused'] as const;

export class Turns {
  readonly #runs: Runs;
  readonly #exclusively: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  readonly #admit: (run: string) => Promise<void>;
  readonly #locks = new Map<string, Promise<unknown>>();

  /** `exclusively` keeps other nodes out meanwhile, where there are any. */
  constructor(runs: Runs, admit: (run: string) => Promise<void>, exclusively: <T>(key: string, work: () => Promise<T>) => Promise<T>) {
    this.#runs = runs;
    this.#exclusively = exclusively;
    this.#admit = admit;
  }

  /** Starts a run with or without its turn. */
  async enter(program: Program, input: Json, project: string, run: string, begin: (turn: Turn) => Promise<void>): Promise<void> {
    const { concurrency } = program.plan;
    if (concurrency === undefined || program.concurrencyKey === undefined) return begin({ queued: false });
    const value =
      program.concurrencyKey({
        input,
        feedback: undefined,
        run,
        context: program.contextOf({ input, feedback: undefined, output: nothing, steps: () => [] }),
        output: nothing,
      }) ?? null;
    const key = `${concurrency.limit}/${project}/${program.plan.id}/${typeof value === 'string' ? value : JSON.stringify(value)}`;
    await this.#locked(key, async () => begin({ key, queued: (await this.#going(key)) >= concurrency.limit }));
  }

  /** A run that had ended goes on: when others hold its key, it waits for its turn again. */
  async again(key: string, go: (turn: Turn) => Promise<void>): Promise<void> {
    await this.#locked(key, async () => go({ key, queued: (await this.#going(key)) >= limitOf(key) }));
  }

  /** A place may be free. */
  async next(key: string): Promise<void> {
    await this.#locked(key, async () => {
      const limit = limitOf(key);
      for (let going = await this.#going(key); going < limit; going++) {
        const [first] = await this.#runs.list({ concurrencyKey: key, queued: true, status: unended, oldestFirst: true, limit: 1 });
        if (first === undefined) return;
        await this.#admit(first.run);
      }
    });
  }

  async recover(): Promise<void> {
    const queued = await this.#runs.list({ queued: true, status: unended, limit: 10_000 });
    const keys = new Set(queued.map((record) => record.concurrencyKey).filter((key) => key !== undefined));
    for (const key of keys) await this.next(key);
  }

  async #going(key: string): Promise<number> {
    return (await this.#runs.list({ concurrencyKey: key, queued: false, status: unended, limit: 10_000 })).length;
  }

  async #locked<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#locks.get(key) ?? Promise.resolve();
    const alone = (): Promise<T> => this.#exclusively(`turns ${key}`, work);
    const mine = before.then(alone, alone);
    this.#locks.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#locks.get(key) === mine) this.#locks.delete(key);
    }
  }
}

/** A key begins with its limit. */
function limitOf(key: string): number {
  return Number(key.split('/')[0]);
}

function nothing(step: string): never {
  throw new ContinuoError('REFERENCE_INVALID', `a concurrency key is made before anything has run: it cannot read step ${step}`);
}
