/**
 * The runs that are loaded.
 *
 * L1. A run has one actor at most: who asks for it gets that one, also while it is being
 *     loaded or is about to begin. What one that was forgotten is told, the one after it does.
 * L2. Actors that have nothing to do are kept for the next command, as many as the limit;
 *     the rest, and those whose runs have ended, are forgotten, never in the turn in which
 *     somebody was given one.
 * L3. After everything was let go, nothing is here that was looked for before: whoever waits for it gets what is looked
 *     for anew.
 */
import { Roster } from '../core/data/roster.ts';
import { ContinuoError } from '../core/errors.ts';
import { hasEnded } from '../core/run/phases.ts';
import type { RunActor } from './run-actor.ts';

const restingLimit = 64;

export class Residents {
  readonly #load: (id: string) => Promise<RunActor>;
  readonly #came: (actor: RunActor) => void;
  readonly #forgotten: (actor: RunActor) => void;
  readonly #actors = new Roster<RunActor>();
  readonly #loading = new Roster<Promise<RunActor>>();
  readonly #beginning = new Roster<Promise<void>>();
  /** Those that came to rest last are at the end. */
  readonly #resting = new Roster<RunActor>();
  /** Their runs have ended. */
  readonly #over: RunActor[] = [];
  #evicting = false;
  #era = 0;

  /** `came` is told of each that was loaded, `forgotten` of each that is not kept any longer. */
  constructor(load: (id: string) => Promise<RunActor>, came: (actor: RunActor) => void, forgotten: (actor: RunActor) => void) {
    this.#load = load;
    this.#came = came;
    this.#forgotten = forgotten;
  }

  get loading(): boolean {
    return this.#loading.size > 0;
  }

  all(): Iterable<RunActor> {
    return this.#actors.values();
  }

  holds(id: string): boolean {
    return this.#actors.has(id) || this.#underWay(id) !== undefined;
  }

  /** The run's actor, where it is loaded. */
  here(id: string): RunActor | undefined {
    return this.#actors.get(id);
  }

  async get(id: string): Promise<RunActor> {
    const beginning = this.#beginning.get(id);
    if (beginning !== undefined) await beginning;
    const known = this.#actors.get(id);
    if (known !== undefined) return known;
    const loading = this.#loading.get(id) ?? this.#bring(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  async #bring(id: string): Promise<RunActor> {
    const era = this.#era;
    const actor = await this.#load(id);
    if (era !== this.#era) return this.#bring(id);
    this.add(actor);
    this.rest(actor);
    this.#came(actor);
    return actor;
  }

  /** What is being loaded, or begins, does not count any more either. */
  letGo(): void {
    this.#era++;
  }

  /** Another one after everything was let go. */
  get era(): number {
    return this.#era;
  }

  /** A run begins: whoever asks for it meanwhile waits until it has, or has not. */
  async begin(id: string, how: () => Promise<void>): Promise<void> {
    for (let other = this.#underWay(id); other !== undefined; other = this.#underWay(id)) await other;
    if (this.#actors.has(id)) throw new ContinuoError('JOURNAL_CONFLICT', `run ${id} has begun already`);
    const begun = how();
    this.#beginning.set(id, settled(begun));
    try {
      await begun;
    } finally {
      this.#beginning.delete(id);
    }
  }

  /** Settles when nobody loads or begins the run any more. */
  #underWay(id: string): Promise<void> | undefined {
    const loading = this.#loading.get(id);
    return this.#beginning.get(id) ?? (loading === undefined ? undefined : settled(loading));
  }

  add(actor: RunActor): void {
    this.#actors.set(actor.id, actor);
  }

  /** It is not worked here any more. */
  drop(actor: RunActor): void {
    this.stir(actor);
    if (this.#actors.get(actor.id) === actor) this.#actors.delete(actor.id);
  }

  /** It has something to do. */
  stir(actor: RunActor): void {
    if (this.#resting.get(actor.id) === actor) this.#resting.delete(actor.id);
  }

  rest(actor: RunActor): void {
    this.stir(actor);
    if (hasEnded(actor.run)) this.#over.push(actor);
    else this.#resting.set(actor.id, actor);
    if (this.#evicting || (this.#over.length === 0 && this.#resting.size <= restingLimit)) return;
    this.#evicting = true;
    setImmediate(() => this.#evict());
  }

  #evict(): void {
    this.#evicting = false;
    for (const actor of this.#over.splice(0)) this.#forget(actor);
    for (let oldest = this.#resting.first; oldest !== undefined; oldest = this.#resting.first) {
      if (this.#resting.size <= restingLimit) return;
      this.#forget(oldest.value);
    }
  }

  #forget(actor: RunActor): void {
    this.stir(actor);
    if (actor.busy || this.#actors.get(actor.id) !== actor) return;
    this.#actors.delete(actor.id);
    actor.forget();
    this.#forgotten(actor);
  }
}

async function settled(promise: Promise<unknown>): Promise<void> {
  try {
    await promise;
  } catch {
    // Whoever began it hears of it.
  }
}
