/**
 * Shows from another process how a run goes, until it has ended.
 *
 * F1. What happened is read from the journal, and so is whole and in order, wherever the run is worked.
 * F2. Live events only say that there is something to read, and add what no journal keeps: progress and logs of
 *     attempts under way. Where they are missing, nothing is missing but those.
 * F3. Runs that it called are followed too.
 * F4. A store that stumbles is waited for.
 */
import { Bus } from '../../engine/bus.ts';
import { Following } from '../../engine/following.ts';
import { mayPass, retryAfter } from '../../engine/patience.ts';
import type { Visitor } from '../../engine/visitor.ts';

/** How often the journal is read where nobody says that there is something new. */
const readEvery = 250;

const unkept: ReadonlySet<string> = new Set(['step:progress', 'step:log']);

type Heard = Parameters<Parameters<NonNullable<Visitor['backend']['live']>['follow']>[2]>[0];

interface Followed {
  readonly following: Following;
  readonly stop: () => void;
}

export class Follower {
  readonly bus: Bus = new Bus();
  readonly #visitor: Visitor;
  readonly #root: string;
  readonly #at: (instant: number) => void;
  /** Callers before those that they called. */
  readonly #runs = new Map<string, Followed>();
  readonly #heard: Heard[] = [];
  #nudged = false;
  #wake: () => void = () => undefined;

  /** `at` is told when each thing happened, before it is told. */
  constructor(visitor: Visitor, root: string, at: (instant: number) => void) {
    this.#visitor = visitor;
    this.#root = root;
    this.#at = at;
  }

  async toTheEnd(stopped: AbortSignal): Promise<'ended' | 'stopped'> {
    const nudge = (): void => this.#nudge();
    stopped.addEventListener('abort', nudge);
    try {
      const root = await this.#follow(this.#root);
      for (;;) {
        await this.#lookPatiently(stopped);
        if (root.following.ended) return 'ended';
        if (stopped.aborted) return 'stopped';
        await this.#something();
      }
    } finally {
      stopped.removeEventListener('abort', nudge);
      for (const { stop } of this.#runs.values()) stop();
    }
  }

  /** F4 */
  async #lookPatiently(stopped: AbortSignal): Promise<void> {
    for (;;) {
      try {
        return await this.#look();
      } catch (error) {
        if (stopped.aborted || !mayPass(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryAfter));
      }
    }
  }

  async #look(): Promise<void> {
    const news: { readonly following: Following; readonly entry: Awaited<ReturnType<Following['news']>>[number]; readonly at: number }[] =
      [];
    // Grows while it is gone through. A caller is read before those that it called: when it has ended, so have they.
    for (const [run, { following }] of this.#runs) {
      const entries = following.ended ? [] : await following.news();
      // Nodes' clocks may be apart; the order within a run is the journal's.
      let latest = 0;
      for (const entry of entries) news.push({ following, entry, at: (latest = Math.max(latest, entry.at)) });
      if (entries.length > 0)
        for (const called of await this.#visitor.reader.list({ parent: run, oldestFirst: true })) await this.#follow(called.run);
    }
    for (const { following, entry, at } of news.sort((one, other) => one.at - other.at)) {
      this.#at(at);
      await following.take(entry);
    }
    this.#at(Date.now());
    this.#tellUnkept();
  }

  /** What is told of a step that is done is old: a stream keeps it for a while. */
  #tellUnkept(): void {
    for (const { run, name, event } of this.#heard.splice(0)) {
      if (typeof event !== 'object' || event === null || !('stepId' in event)) continue;
      const { stepId } = event;
      if (typeof stepId === 'string' && this.#runs.get(run)?.following.isAt(stepId) === true) this.bus.tell(name, event);
    }
  }

  async #follow(run: string): Promise<Followed> {
    const known = this.#runs.get(run);
    if (known !== undefined) return known;
    const followed = { following: new Following(run, this.#visitor.backend, this.bus), stop: await this.#listen(run) };
    this.#runs.set(run, followed);
    return followed;
  }

  async #listen(run: string): Promise<() => void> {
    const deaf = (): void => undefined;
    try {
      return (await this.#visitor.backend.live?.follow(run, undefined, (heard) => this.#hear(heard))) ?? deaf;
    } catch {
      // F2: the journal is read all the same.
      return deaf;
    }
  }

  #hear(heard: Heard): void {
    if (unkept.has(heard.name)) this.#heard.push(heard);
    this.#nudge();
  }

  #nudge(): void {
    this.#nudged = true;
    this.#wake();
  }

  async #something(): Promise<void> {
    if (!this.#nudged)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, readEvery);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#nudged = false;
  }
}
