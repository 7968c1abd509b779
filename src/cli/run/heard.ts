/**
 * A run as it is shown where several nodes share its store: what its engine tells, and what agents on other nodes say
 * while they are at it.
 *
 * H1. What the engine told itself is not told again when it comes back from the stream that all nodes share.
 * H2. What is late is left out: of an attempt that is over, nothing is told as if it went on.
 */
import { Bus, type Events } from '../../engine/bus.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView } from '../../engine/view.ts';
import type { Backend } from '../serving/watch-parts.ts';

/** What only whoever makes an attempt knows. */
const ofMakers: ReadonlySet<string> = new Set(['step:started', 'step:progress', 'step:log']);
/** What is older is not heard of any more. */
const remembered = 2000;

export class Heard {
  readonly #root: string;
  readonly #live: Backend['live'];
  readonly #bus = new Bus();
  readonly #own = new Recent();
  readonly #over = new Recent();
  readonly #followed = new Set<string>();
  readonly #stops: (() => void)[];
  #closed = false;

  /** `known`: as the run was left, if it goes on. */
  constructor(orchestrator: Pick<Orchestrator, 'on'>, live: Backend['live'], root: string, known: RunView | undefined) {
    this.#root = root;
    this.#live = live;
    for (const [step, { status }] of Object.entries(known?.steps ?? {})) if (status === 'done') this.#over.add(nameOf(root, step));
    // What is told to all is an object.
    this.#stops = [orchestrator.on('*', (event, name) => this.#told(name, event))];
    this.#follow(root);
  }

  on: Bus['on'] = this.#bus.on.bind(this.#bus);

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops.splice(0)) stop();
  }

  #told(name: string, event: object): void {
    if (ofMakers.has(name)) this.#own.add(JSON.stringify([name, event]));
    if ('runId' in event && typeof event.runId === 'string') this.#note(name, event.runId, event);
    if (name.startsWith('queue:') && 'jobId' in event && typeof event.jobId === 'string') this.#over.add(event.jobId);
    this.#bus.tell(name, event);
  }

  #note(name: string, runId: string, event: object): void {
    if (name === 'run:started' && runId.startsWith(`${this.#root}~`)) this.#follow(runId);
    if (!('stepId' in event) || typeof event.stepId !== 'string') return;
    const step = nameOf(runId, event.stepId);
    if (name === 'step:completed' || name === 'step:failed') this.#over.add(step);
    else if (name === 'step:reopened' || name === 'map:opened') this.#over.delete(step);
  }

  #follow(run: string): void {
    if (this.#live === undefined || this.#followed.has(run)) return;
    this.#followed.add(run);
    this.#live
      .follow(run, undefined, ({ name, event }) => {
        if (ofMakers.has(name) && typeof event === 'object' && event !== null) this.#hear(name, event);
      })
      .then(
        (stop) => (this.#closed ? stop() : this.#stops.push(stop)),
        // The journal tells the rest.
        () => undefined,
      );
  }

  #hear(name: string, event: object): void {
    if (this.#closed || this.#own.has(JSON.stringify([name, event]))) return;
    // As `ofMakers` says, it is one of an attempt.
    const { runId, stepId, jobId } = event as Partial<Events['step:started']>;
    if (runId === undefined || stepId === undefined || this.#over.has(nameOf(runId, stepId))) return;
    if (jobId !== undefined && this.#over.has(jobId)) return;
    this.#bus.tell(name, event);
  }
}

const nameOf = (run: string, step: string): string => JSON.stringify([run, step]);

class Recent {
  readonly #all = new Set<string>();

  add(one: string): void {
    this.#all.delete(one);
    this.#all.add(one);
    if (this.#all.size <= remembered) return;
    const [oldest] = this.#all;
    if (oldest !== undefined) this.#all.delete(oldest);
  }

  delete(one: string): void {
    this.#all.delete(one);
  }

  has(one: string): boolean {
    return this.#all.has(one);
  }
}
