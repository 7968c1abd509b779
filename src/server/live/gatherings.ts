/** The gatherings of this process: one for each project that somebody reads, one for all of them. */
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { Backend } from '../../ports/backend.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Feeds } from './feeds.ts';
import { Gathering, type Choice } from './gathering.ts';
import type { Outlet, Patience } from './reader.ts';

export class Gatherings {
  readonly #make: (project: string | undefined) => Gathering;
  readonly #open = new Map<string | undefined, Gathering>();

  constructor(
    feeds: Feeds,
    orchestrator: Pick<Orchestrator, 'on'>,
    backend: Pick<Backend, 'runs' | 'live'>,
    clock: Clock,
    patience: Patience,
  ) {
    this.#make = (project) => new Gathering(project, feeds, orchestrator, backend, clock, patience);
  }

  /** Of one project, or of all; whoever asks has seen to it that they may be read. Answers with the leaving. */
  subscribe(project: string | undefined, outlet: Outlet, chosen: Choice): () => void {
    const gathering = this.#open.get(project) ?? this.#make(project);
    this.#open.set(project, gathering);
    const leave = gathering.subscribe(outlet, chosen);
    return () => {
      leave();
      if (gathering.readers > 0 || this.#open.get(project) !== gathering) return;
      this.#open.delete(project);
      gathering.close();
    };
  }

  close(): void {
    for (const gathering of this.#open.values()) gathering.close();
    this.#open.clear();
  }
}
