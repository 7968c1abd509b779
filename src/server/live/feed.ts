/**
 * What happens to one run, for all in this process who want to know.
 *
 * F1. Every reader is told every event of the journal after his cursor, in order, each once, and each after it is
 *     durable. What wakes the feed only says that there is something to read: where nothing wakes it, it looks by itself.
 * F2. What is in no journal (progress, logs, what is streamed) is passed on to those who are at the head, while the step
 *     is under way that it is about. Some of it may be lost.
 * F3. What is kept for readers has a limit, however many there are and however far behind: who cannot take what happens
 *     as it happens reads it later, from the journal (pages.ts), and is given up when he takes nothing (reader.ts).
 * F4. A store that stumbles is waited for.
 * F5. When the run has ended, readers are told so once they have read everything. After that the feed is over, for good:
 *     a run that is tried again has another.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import { statusOf } from '../../core/run/phases.ts';
import { Following } from '../../engine/following.ts';
import { mayPass, retryAfter } from '../../engine/patience.ts';
import { Payloads } from '../../engine/payloads.ts';
import type { Backend } from '../../ports/backend.ts';
import type { Clock } from '../../ports/clock.ts';
import { Batch } from './batch.ts';
import { learnerOf } from './learners.ts';
import { written, type Written } from './message.ts';
import { Pages, type PageLimits } from './pages.ts';
import { Reader, type Ending, type Outlet, type Patience } from './reader.ts';
import { Teller } from './teller.ts';

export interface FeedTimes extends Patience {
  readonly pages: PageLimits;
  /** How often it looks where nothing wakes it: soon after something happened, and later. */
  readonly look: { readonly soon: number; readonly late: number };
}

/** Entries that are read at once. */
const readAtOnce = 64;
/** Readers that are told before others get their turn. */
const toldAtOnce = 250;
/** What no journal keeps, and waits to be told. */
const passingAtMost = 1000;

export interface Passing {
  readonly name: string;
  readonly event: Json;
}

export class Feed {
  readonly run: string;
  readonly #backend: Backend;
  readonly #clock: Clock;
  readonly #times: FeedTimes;
  readonly #teller: Teller;
  readonly #pages: Pages;
  /** At the head. */
  readonly #present = new Set<Reader>();
  readonly #all = new Set<Reader>();
  readonly #whenOver: () => void;
  /** Everything was read that was there when it began. */
  readonly #level: PromiseWithResolvers<void> = Promise.withResolvers();
  #learners: readonly string[] = [];
  #passing: Passing[] = [];
  #over: Ending | undefined;
  #nudged = false;
  #wake: () => void = () => undefined;

  constructor(run: string, backend: Backend, clock: Clock, times: FeedTimes, whenOver: () => void) {
    this.run = run;
    this.#backend = backend;
    this.#clock = clock;
    this.#times = times;
    this.#whenOver = whenOver;
    const following = new Following(run, backend);
    const learners = (): readonly string[] => this.#learners;
    this.#teller = new Teller(run, following, learners);
    this.#pages = new Pages(times.pages, (place) => new Teller(run, following.from(place), learners));
    void this.#work();
  }

  get readers(): number {
    return this.#all.size;
  }

  /** From a cursor, 0 is the beginning; or what comes from now on. Answers with his leaving. */
  subscribe(outlet: Outlet, from: number | 'now'): () => void {
    const reader = new Reader(outlet, from === 'now' ? 0 : from, this.#times, this.#clock);
    this.#all.add(reader);
    void this.#bring(reader, from);
    return () => this.#forget(reader);
  }

  /** There is something new, or there may be. */
  nudge(): void {
    this.#nudged = true;
    this.#wake();
  }

  /** What is in no journal. */
  pass(passing: Passing): void {
    if (this.#all.size === 0) return;
    if (this.#passing.length === passingAtMost) this.#passing.shift();
    this.#passing.push(passing);
    this.nudge();
  }

  close(): void {
    this.#finish({ is: 'leaving', cursor: this.#pages.told });
  }

  #forget(reader: Reader): void {
    reader.leave();
    this.#all.delete(reader);
    this.#present.delete(reader);
  }

  /** Tells a reader what is past, until he is at the head. */
  async #bring(reader: Reader, from: number | 'now'): Promise<void> {
    try {
      await this.#level.promise;
      // A cursor that the journal has not come to yet is one of another run: whoever sends it is told what comes.
      const cursor = from === 'now' ? this.#pages.told : Math.min(from, this.#pages.told);
      await reader.ready();
      for (let at = cursor; at < this.#pages.told && !reader.isGone;) {
        const { batch, events } = await this.#patiently(() => this.#pages.after(at));
        reader.write(batch);
        at = events;
        await reader.ready();
      }
      reader.reached(this.#pages.told);
      if (reader.isGone) this.#forget(reader);
      else if (this.#over === undefined) this.#present.add(reader);
      else this.#end(reader, this.#over);
    } catch (error) {
      this.#end(reader, { is: 'failed', error: error instanceof Error ? error : new Error(String(error)), cursor: reader.cursor });
    }
  }

  #end(reader: Reader, ending: Ending): void {
    reader.end({ ...ending, cursor: ending.is === 'ended' ? ending.cursor : reader.cursor });
    this.#forget(reader);
  }

  async #work(): Promise<void> {
    try {
      let quiet = 0;
      while (this.#over === undefined) {
        const news = await this.#patiently(() => this.#teller.following.news(readAtOnce));
        if (this.#over !== undefined) return;
        const messages = await this.#take(news);
        await this.#tell([...messages, ...this.#passed()]);
        quiet = news.length > 0 ? 0 : quiet + 1;
        if (news.length > 0) continue;
        const ending = this.#ended();
        if (ending !== undefined) this.#finish(ending);
        this.#level.resolve();
        await this.#something(quiet);
      }
    } catch (error) {
      this.#finish({ is: 'failed', error: error instanceof Error ? error : new Error(String(error)), cursor: this.#pages.told });
    }
  }

  async #take(news: Awaited<ReturnType<Following['news']>>): Promise<readonly Written[]> {
    const { following } = this.#teller;
    const all: Written[] = [];
    for (const entry of news) {
      const [start] = entry.events;
      if (start?.type === 'run.started') {
        const input = await this.#patiently(() => new Payloads(this.#backend.blobs, () => this.#clock.now()).open(start.input));
        this.#learners = [learnerOf(input)].filter((one) => one !== undefined);
      }
      const messages = await this.#teller.tell(entry);
      this.#pages.add(messages, following);
      all.push(...messages);
    }
    return all;
  }

  /** F2 */
  #passed(): readonly Written[] {
    const at = this.#clock.now();
    return this.#passing.splice(0).flatMap(({ name, event }) => {
      if (typeof event !== 'object' || event === null || !('stepId' in event)) return [];
      if (typeof event.stepId !== 'string' || !this.#teller.following.isAt(event.stepId)) return [];
      return [written({ event: name, at, run: this.run, data: event }, this.#learners)];
    });
  }

  async #tell(messages: readonly Written[]): Promise<void> {
    if (messages.length === 0) return;
    const batch = new Batch(messages);
    const first = messages.find(({ cursor }) => cursor !== undefined)?.cursor ?? Infinity;
    let told = 0;
    // Whoever comes meanwhile reads it from the pages; whoever came while it was made has read some of it there.
    for (const reader of new Set(this.#present)) {
      if (reader.isGone) this.#forget(reader);
      else if (reader.hasRoom) {
        reader.write(reader.cursor < first ? batch : batch.after(reader.cursor));
        reader.reached(this.#pages.told);
      } else this.#leaveBehind(reader);
      if (++told % toldAtOnce === 0) await turn();
    }
    // What was written can go out before more is: who does not take it then is slow by himself.
    await turn();
  }

  /** F3 */
  #leaveBehind(reader: Reader): void {
    this.#present.delete(reader);
    void this.#bring(reader, reader.cursor);
  }

  #ended(): Ending | undefined {
    const { place, ended, events } = this.#teller.following;
    if (place === undefined) {
      const error = new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(this.run)} here`);
      return { is: 'failed', error, cursor: 0 };
    }
    if (!ended) return undefined;
    return { is: 'ended', status: statusOf(place.run), cursor: events, at: place.run.updatedAt, run: this.run };
  }

  #finish(ending: Ending): void {
    if (this.#over !== undefined) return;
    this.#over = ending;
    this.#whenOver();
    // What is past is still to be had where the run has ended.
    for (const reader of ending.is === 'ended' ? this.#present : this.#all) this.#end(reader, ending);
    this.#level.resolve();
    this.#wake();
  }

  /** F4 */
  async #patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (this.#over !== undefined || !mayPass(error)) throw error;
        await new Promise<void>((resolve) => void this.#clock.at(this.#clock.now() + retryAfter, resolve));
      }
    }
  }

  async #something(quiet: number): Promise<void> {
    const { soon, late } = this.#times.look;
    if (!this.#nudged && this.#over === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const disarm = this.#clock.at(this.#clock.now() + Math.min(soon * 2 ** Math.min(quiet, 20), late), resolve);
      await promise;
      disarm();
    }
    this.#nudged = false;
  }
}
