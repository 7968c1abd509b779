/**
 * A run's journal as messages, page by page: for those who come late.
 *
 * P1. A page is whole entries; together the pages are the whole journal, as far as it was told.
 * P2. A page that is full never changes. It may be forgotten, and is then told again from where it begins.
 * P3. What is kept has a limit in bytes; what every page costs besides is its beginning, which shares the run's state.
 */
import type { Following, Place } from '../../engine/following.ts';
import { Batch } from './batch.ts';
import type { Written } from './message.ts';
import type { Teller } from './teller.ts';

export interface PageLimits {
  /** Events and bytes after which a page is full. */
  readonly events: number;
  readonly bytes: number;
  /** Full pages that are kept. */
  readonly kept: number;
}

interface Start {
  /** Events before the page. */
  readonly before: number;
  readonly place: Place | undefined;
}

const beginning: Start = { before: 0, place: undefined };

export class Pages {
  readonly #limits: PageLimits;
  readonly #retell: (from: Place | undefined) => Teller;
  /** Of all pages; the last is open. */
  readonly #starts: [Start, ...Start[]] = [beginning];
  /** Full ones, the longest unused first. */
  readonly #kept = new Map<number, Promise<Batch>>();
  #open: Written[] = [];
  #bytes = 0;
  #told = 0;

  constructor(limits: PageLimits, retell: (from: Place | undefined) => Teller) {
    this.#limits = limits;
    this.#retell = retell;
  }

  /** How many events of the journal were told. */
  get told(): number {
    return this.#told;
  }

  add(messages: readonly Written[], { events, place }: Pick<Following, 'events' | 'place'>): void {
    for (const message of messages) {
      this.#open.push(message);
      this.#bytes += message.text.length;
    }
    this.#told = events;
    if (events - this.#openStart.before < this.#limits.events && this.#bytes < this.#limits.bytes) return;
    this.#keep(this.#starts.length - 1, Promise.resolve(new Batch(this.#open)));
    this.#starts.push({ before: events, place });
    this.#open = [];
    this.#bytes = 0;
  }

  /** What comes next after a cursor, and how many events were told with it. */
  async after(cursor: number): Promise<{ readonly batch: Batch; readonly events: number }> {
    const page = this.#starts.findLastIndex(({ before }) => before <= cursor);
    const next = this.#starts[page + 1];
    if (next === undefined) return { batch: new Batch(this.#open.slice()).after(cursor), events: this.#told };
    return { batch: (await this.#full(page, next.before)).after(cursor), events: next.before };
  }

  get #openStart(): Start {
    return this.#starts.at(-1) ?? beginning;
  }

  #full(page: number, end: number): Promise<Batch> {
    const kept = this.#kept.get(page);
    this.#kept.delete(page);
    const batch = kept ?? this.#toldAgain(this.#starts[page] ?? beginning, end);
    this.#keep(page, batch);
    return batch;
  }

  #keep(page: number, batch: Promise<Batch>): void {
    this.#kept.set(page, batch);
    const forget = (): void => void (this.#kept.get(page) === batch && this.#kept.delete(page));
    batch.catch(forget);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#limits.kept && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #toldAgain({ place }: Start, end: number): Promise<Batch> {
    const teller = this.#retell(place);
    const messages: Written[] = [];
    const few = 64;
    while (teller.following.events < end) {
      const entries = await teller.following.news(few);
      for (const entry of entries) if (teller.following.events < end) messages.push(...(await teller.tell(entry)));
      // It was removed meanwhile: then there is nothing more to tell.
      if (entries.length === 0) break;
    }
    return new Batch(messages);
  }
}
