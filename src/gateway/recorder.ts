/**
 * Entries on their way into the ledger.
 *
 * R1. What the store refuses is tried again until it is written, or until the recorder gives up: then `close` fails.
 * R2. While some are being written the next gather, and go together; but so few that handing them over holds nobody up.
 *     What nobody waits for lingers, so that it goes in company, and while somebody else is at work: a model, mostly.
 * R3. When `most` wait, whoever brings more waits for room, so that memory stays flat.
 * R4. An inference, and an answer, can be found from the moment at which it was noted.
 * R5. An entry that the store refuses for itself keeps no other from being written.
 */
import { Roster } from '../core/data/roster.ts';
import type { Clock } from '../ports/clock.ts';
import type { CachedAnswer, InferenceRecord, Ledger, LedgerEntry } from '../ports/ledger.ts';

const most = 2000;
const together = 64;
/** Batches under way: one is written while the next, if it is full, is on its way there. */
const lanes = 2;
const pause = 1000;
/** A commit less often beside calls, for what a killed process may lose of what nobody waits for. */
const linger = 25;
/** Entries that are refused one after the other before a recorder that gives up believes that the store is gone. */
const believed = 3;

type Writing = Pick<Ledger, 'write' | 'inference' | 'answer'>;

interface Waiting {
  readonly entry: LedgerEntry;
  readonly resolve?: () => void;
  readonly reject?: (error: unknown) => void;
}

export class Recorder {
  readonly #ledger: Writing;
  readonly #clock: Clock;
  readonly #inferences = new Roster<InferenceRecord>();
  readonly #answers = new Roster<CachedAnswer>();
  readonly #wakes = new Set<() => void>();
  readonly #waiting: Waiting[] = [];
  /** Those that were refused alone. */
  readonly #apart: Waiting[] = [];
  /** Since one that was refused alone had its last turn. */
  #hasAnswered = false;
  #size = together;
  #busy = 0;
  /** Ends what lingers. */
  #stay: (() => void) | undefined;
  #refusals = 0;
  #hasGivenUp = false;
  #failure: { readonly error: unknown } | undefined;
  #forRoom: (() => void)[] = [];
  #forQuiet: (() => void)[] = [];

  constructor(ledger: Writing, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Takes the entries; where there is no room for more, resolves when there is. */
  note(entries: readonly LedgerEntry[]): Promise<void> | undefined {
    this.#take(entries.map((entry) => ({ entry })));
    if (this.#waiting.length >= this.#size) this.#pump();
    else this.#stay ??= this.#clock.at(this.#clock.now() + linger, () => this.#pump());
    return this.#left > most ? new Promise<void>((resolve) => void this.#forRoom.push(resolve)) : undefined;
  }

  /** Takes the entries; resolves when they are durable. */
  async write(entries: readonly LedgerEntry[]): Promise<void> {
    const written = entries.map((entry) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      return { promise, waiting: { entry, resolve, reject } };
    });
    this.#take(written.map(({ waiting }) => waiting));
    this.#pump();
    await Promise.all(written.map(({ promise }) => promise));
  }

  async inference(id: string): Promise<InferenceRecord | undefined> {
    return this.#inferences.get(id) ?? this.#ledger.inference(id);
  }

  /** What was answered to the request of that key, unless it has expired. */
  async answer(project: string, key: string): Promise<string | undefined> {
    const now = this.#clock.now();
    const noted = this.#answers.get(placeOf({ project, key }));
    return noted !== undefined && noted.expiresAt > now ? noted.answer : this.#ledger.answer(project, key, now);
  }

  /** Of those that are not in the ledger yet. */
  inEpisode(episode: string): InferenceRecord | undefined {
    return this.#inferences.values().find((record) => record.episode === episode);
  }

  /** Nothing is on its way any more, and all of it is durable. */
  async settled(): Promise<void> {
    this.#pump();
    if (this.#busy > 0 || this.#left > 0) await new Promise<void>((resolve) => void this.#forQuiet.push(resolve));
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** From now on nothing that is refused is tried again. */
  giveUp(): void {
    this.#hasGivenUp = true;
    for (const wake of this.#wakes) wake();
  }

  async close(): Promise<void> {
    this.giveUp();
    await this.settled();
  }

  get #left(): number {
    return this.#waiting.length + this.#apart.length;
  }

  #take(waiting: readonly Waiting[]): void {
    for (const { entry } of waiting) {
      if (entry.is === 'inference') this.#inferences.set(entry.record.id, entry.record);
      if (entry.is === 'answer') this.#answers.set(placeOf(entry.record), entry.record);
    }
    this.#waiting.push(...waiting);
  }

  #forget(entry: LedgerEntry): void {
    if (entry.is === 'inference') this.#inferences.delete(entry.record.id);
    // A later answer to the same may be on its way, too.
    if (entry.is === 'answer' && this.#answers.get(placeOf(entry.record)) === entry.record) this.#answers.delete(placeOf(entry.record));
  }

  #pump(): void {
    this.#stay?.();
    this.#stay = undefined;
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
      this.#busy++;
      void this.#write(batch).then(() => {
        this.#busy--;
        this.#pump();
        if (this.#left <= most) for (const resolve of this.#forRoom.splice(0)) resolve();
        if (this.#busy === 0 && this.#left === 0) for (const resolve of this.#forQuiet.splice(0)) resolve();
      });
    }
  }

  #next(): readonly Waiting[] {
    if (this.#busy === lanes) return [];
    const isAnybodysTurn = this.#hasAnswered || this.#waiting.length === 0;
    if (this.#apart.length === 0 || this.#wakes.size > 0 || !isAnybodysTurn) {
      const isWorthALane = this.#busy === 0 || this.#wakes.size > 0 || this.#waiting.length >= this.#size;
      return isWorthALane ? this.#waiting.splice(0, this.#size) : [];
    }
    this.#hasAnswered = false;
    return this.#apart.splice(0, 1);
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#ledger.write(batch.map(({ entry }) => entry));
    } catch (error) {
      await this.#refused(batch, error);
      return;
    }
    this.#size = Math.min(together, this.#size * 2);
    this.#hasAnswered = true;
    this.#refusals = 0;
    for (const { entry, resolve } of batch) {
      this.#forget(entry);
      resolve?.();
    }
  }

  /** R5. In smaller and smaller company it comes out whom the store refuses; that one is tried alone from then on. */
  async #refused(batch: readonly Waiting[], error: unknown): Promise<void> {
    this.#size = Math.max(1, Math.floor(batch.length / 2));
    if (batch.length > 1) {
      this.#waiting.unshift(...batch);
    } else if (!this.#hasGivenUp) {
      await this.#rest();
      this.#apart.push(...batch);
    } else {
      this.#lose(batch, error);
      if (++this.#refusals >= believed) this.#lose([...this.#waiting.splice(0), ...this.#apart.splice(0)], error);
    }
  }

  #lose(batch: readonly Waiting[], error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of batch) reject?.(error);
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#wakes.delete(wake);
        resolve();
      };
      const cancel = this.#clock.at(this.#clock.now() + pause, wake);
      this.#wakes.add(wake);
    });
  }
}

function placeOf({ project, key }: Pick<CachedAnswer, 'project' | 'key'>): string {
  return `${project}\0${key}`;
}
