/**
 * Whoever uses the engine: starts runs, answers questions, sends signals, through whichever node there is.
 *
 * D1. Nothing is asked once only: where a node dies with the answer, another one is asked, under the same key.
 */
import { ContinuoError } from '../../src/core/errors.ts';
import { Chance } from '../sim/chance.ts';
import { People, type Desk } from '../crash/people.ts';
import type { Log } from './log.ts';
import type { Provider } from './provider.ts';
import { isParked, parkedId } from './scenarios.ts';
import type { Stage } from './stage.ts';
import type { Inside } from './wire.ts';

/** Longer than this no node is waited for. */
const patience = 5000;
const between = 100;
const lookEvery = 400;
/** So many runs that have not ended, those that they called among them, are enough: what is more is started later. */
const atOnce = 80;

/** The driver is not one of the processes. */
export const nobody = -1;

export class Driver {
  readonly #stage: Stage;
  readonly #provider: Provider;
  readonly #log: Log;
  readonly #chance: Chance;
  readonly #people: People;
  readonly #greeted = new Set<string>();
  readonly #attending = new Set<string>();
  /** How often a node refused, by code. */
  readonly refusals: Map<string, number> = new Map();
  readonly started: Set<number> = new Set();
  #over = false;

  constructor(stage: Stage, provider: Provider, log: Log, seed: number) {
    this.#stage = stage;
    this.#provider = provider;
    this.#log = log;
    this.#chance = new Chance(`driver ${seed}`);
    const desk: Desk = {
      questions: (run) => this.#through((inside) => inside.questions(run)),
      send: (message) => this.#through((inside) => inside.send(message)),
      answer: (run, step, answer) => this.#through((inside) => inside.answer(run, step, answer)),
    };
    this.#people = new People(desk, {
      charges: async (key, name) => provider.charges(key, name),
      write: async (entry) => provider.write(nobody, entry),
    });
  }

  /** Starts so many runs, evenly over the time. */
  async startAll(runs: number, time: number): Promise<void> {
    const began = Date.now();
    const starting = new Set<Promise<void>>();
    for (let number = 0; number < runs; number++) {
      const due = began + (number * time) / runs;
      await sleep(Math.max(0, due - Date.now()));
      while (starting.size >= atOnce || (await this.#going()) >= atOnce) await sleep(between);
      const start = this.#start(number).finally(() => starting.delete(start));
      starting.add(start);
    }
    await Promise.all(starting);
  }

  /** Runs that have not ended, as far as can be seen just now. */
  async #going(): Promise<number> {
    const live = await this.#stage.witness.live().catch(() => []);
    return live.filter(({ workflow }) => workflow !== 'parked').length;
  }

  async #start(number: number): Promise<void> {
    await this.#insist((inside) => inside.start(number));
    this.started.add(number);
  }

  /** Answers and greets until it is told to end. */
  async attend(): Promise<void> {
    while (!this.#over) {
      try {
        await this.#look();
      } catch {
        // Nobody was there to be asked, or Postgres is away: again in a moment.
      }
      await sleep(lookEvery);
    }
  }

  end(): void {
    this.#over = true;
  }

  async #look(): Promise<void> {
    for (const { run, workflow } of await this.#stage.witness.live()) if (workflow === 'people') void this.#greet(run);
    for (const run of await this.#through((inside) => inside.asking())) void this.#attendTo(run);
  }

  async #greet(run: string): Promise<void> {
    if (this.#greeted.has(run)) return;
    this.#greeted.add(run);
    // D1: a message that was taken is the same message the second time.
    await this.#people.greet(run).catch(() => this.#greeted.delete(run));
  }

  async #attendTo(run: string): Promise<void> {
    if (this.#attending.has(run)) return;
    this.#attending.add(run);
    try {
      await this.#people.attend(run);
    } catch (error) {
      this.#refused(error);
    } finally {
      this.#attending.delete(run);
    }
  }

  /** Lets the runs go on that were left waiting. */
  async release(): Promise<void> {
    const ids = [...this.started].filter(isParked).map(parkedId);
    for (const run of ids) {
      const message = {
        id: `${run}:word`,
        run,
        command: JSON.stringify({ type: 'signal', name: 'word', data: { value: run } }),
        at: Date.now(),
      };
      await this.#insist((inside) => inside.send(message));
      this.#provider.write(nobody, { is: 'sent', message: message.id });
    }
  }

  /** Asks until somebody has done it. */
  async #insist<T>(ask: (inside: Inside) => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#over) throw new Error('the driver has ended');
      try {
        return await this.#through(ask);
      } catch (error) {
        this.#refused(error);
        await sleep(between);
      }
    }
  }

  #refused(error: unknown): void {
    const code = error instanceof ContinuoError ? error.code : 'nobody answered';
    const times = (this.refusals.get(code) ?? 0) + 1;
    this.refusals.set(code, times);
    if (times === 1) this.#log.add(`a node refused: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** Asks one engine that is there. */
  async #through<T>(ask: (inside: Inside) => Promise<T>): Promise<T> {
    const there = this.#stage.ids.engines.flatMap((id) => this.#stage.nodes.get(id)?.inside ?? []);
    if (there.length === 0) throw new Error('no engine is there');
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('no answer')), patience);
    try {
      return await Promise.race([ask(this.#chance.pick(there)), promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
