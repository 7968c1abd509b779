/** Tells when a run, or one that it called, may have come to rest or to its end. */
import type { Orchestrator } from '../../engine/orchestrator.ts';

export class Nudges {
  readonly #stops: readonly (() => void)[];
  #count = 0;
  #wake: (() => void) | undefined;

  constructor(orchestrator: Pick<Orchestrator, 'on'>, runId: string) {
    const ours = (id: string): boolean => id === runId || id.startsWith(`${runId}~`);
    this.#stops = [
      orchestrator.on('run:status', (event) => {
        if (event.status !== 'running' && ours(event.runId)) this.nudge();
      }),
      orchestrator.on('run:ended', (event) => {
        if (ours(event.runId)) this.nudge();
      }),
      orchestrator.on('question:answered', (event) => {
        if (ours(event.runId)) this.nudge();
      }),
    ];
  }

  nudge(): void {
    this.#count++;
    this.#wake?.();
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves once there was a nudge after `seen`. */
  async after(seen: number): Promise<void> {
    while (this.#count === seen) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.nudge();
  }
}
