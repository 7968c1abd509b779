/**
 * The feeds of this process, one for each run that somebody reads.
 *
 * D1. Everybody who reads a run here reads the same feed; when nobody does any more it ends soon after.
 * D2. A feed is woken by what happens in this process, and by what other nodes tell of their runs.
 * D3. Where nobody reads anything, nothing is listened to: an engine that nobody hears need not speak.
 */
import type { Json } from '../../core/data/json.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { Backend } from '../../ports/backend.ts';
import type { Clock } from '../../ports/clock.ts';
import { Feed, type FeedTimes } from './feed.ts';
import type { Outlet } from './reader.ts';

/** What only those hear who listen when it is said. */
const passing: ReadonlySet<string> = new Set(['step:progress', 'step:log', 'step:stream']);

export interface FeedsTimes extends FeedTimes {
  /** How long a feed is kept that nobody reads. */
  readonly linger: number;
}

interface Kept {
  readonly feed: Feed;
  readonly deafen: () => void;
  forget?: () => void;
}

export class Feeds {
  readonly #orchestrator: Pick<Orchestrator, 'on'>;
  readonly #backend: Backend;
  readonly #clock: Clock;
  readonly #times: FeedsTimes;
  readonly #kept = new Map<string, Kept>();
  #deafen: (() => void) | undefined;

  constructor(orchestrator: Pick<Orchestrator, 'on'>, backend: Backend, clock: Clock, times: FeedsTimes) {
    this.#orchestrator = orchestrator;
    this.#backend = backend;
    this.#clock = clock;
    this.#times = times;
  }

  /** Whoever asks has seen to it that it may be read. */
  subscribe(run: string, outlet: Outlet, from: number | 'now'): () => void {
    const kept = this.#kept.get(run) ?? this.#open(run);
    kept.forget?.();
    delete kept.forget;
    const leave = kept.feed.subscribe(outlet, from);
    return () => {
      leave();
      // One that is over has gone before its readers.
      if (kept.feed.readers > 0 || kept.forget !== undefined || this.#kept.get(run) !== kept) return;
      kept.forget = this.#clock.at(this.#clock.now() + this.#times.linger, () => this.#close(run, kept));
    };
  }

  close(): void {
    for (const [run, kept] of this.#kept) this.#close(run, kept);
  }

  #open(run: string): Kept {
    this.#deafen ??= this.#orchestrator.on('*', (event, name) => this.#heard(event, name));
    const feed = new Feed(run, this.#backend, this.#clock, this.#times, () => this.#remove(run, kept));
    const kept: Kept = { feed, deafen: this.#listen(run, feed) };
    this.#kept.set(run, kept);
    return kept;
  }

  #close(run: string, kept: Kept): void {
    kept.feed.close();
    this.#remove(run, kept);
  }

  #remove(run: string, kept: Kept): void {
    if (this.#kept.get(run) !== kept) return;
    this.#kept.delete(run);
    kept.forget?.();
    kept.deafen();
    if (this.#kept.size > 0) return;
    this.#deafen?.();
    this.#deafen = undefined;
  }

  #heard(event: { readonly runId?: unknown }, name: string): void {
    const feed = typeof event.runId === 'string' ? this.#kept.get(event.runId)?.feed : undefined;
    if (feed === undefined) return;
    if (!passing.has(name)) feed.nudge();
    // Where nodes hear each other, what this one says comes back with the rest.
    else if (this.#backend.live === undefined) passOn(feed, name, event);
  }

  #listen(run: string, feed: Feed): () => void {
    let ended = false;
    let end = (): void => undefined;
    const hear = ({ name, event }: { readonly name: string; readonly event: Json }): void => {
      if (passing.has(name)) feed.pass({ name, event });
      else feed.nudge();
    };
    // Where it cannot be heard the feed looks by itself.
    const listening = this.#backend.live?.follow(run, undefined, hear).catch(() => undefined);
    void listening?.then((leave) => {
      end = leave ?? end;
      if (ended) end();
    });
    return () => {
      ended = true;
      end();
    };
  }
}

/** What an agent streams is its own affair, and may be no JSON: then nobody elsewhere can be told. */
function passOn(feed: Feed, name: string, event: object): void {
  try {
    feed.pass({ name, event: JSON.parse(JSON.stringify(event)) as Json });
  } catch {
    // Not JSON.
  }
}
