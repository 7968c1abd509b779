/**
 * Tells when a run, or one that it called, may have come to rest or to its end.
 *
 * N1. A run that waits for a called one counts as running. While any of them waits, the
 *     end of a step may be what all others were waiting for.
 */
import type { Orchestrator } from '../../engine/orchestrator.ts';

/** Looking takes at most this share of the time. */
const restAfterLook = 3;

export class Nudges {
  readonly #stops: readonly (() => void)[];
  readonly #resting = new Set<string>();
  #count = 0;
  #wake: (() => void) | undefined;

  constructor(orchestrator: Pick<Orchestrator, 'on'>, runId: string) {
    const ours = (id: string): boolean => id === runId || id.startsWith(`${runId}~`);
    const atStep = (event: { readonly runId: string }): void => {
      if (this.#resting.size > 0 && ours(event.runId)) this.nudge();
    };
    this.#stops = [
      orchestrator.on('run:status', ({ runId: id, status }) => {
        if (!ours(id)) return;
        if (status === 'waiting' || status === 'paused') this.#resting.add(id);
        else this.#resting.delete(id);
        if (status !== 'running') this.nudge();
      }),
      orchestrator.on('run:ended', ({ runId: id }) => {
        this.#resting.delete(id);
        if (ours(id)) this.nudge();
      }),
      orchestrator.on('question:answered', (event) => {
        if (ours(event.runId)) this.nudge();
      }),
      orchestrator.on('step:completed', atStep),
      orchestrator.on('step:failed', atStep),
      orchestrator.on('step:retry', atStep),
    ];
  }

  nudge(): void {
    this.#count++;
    this.#wake?.();
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves once there was a nudge after `seen`; a look that took long is not repeated at once. */
  async after(seen: number, lookTook = 0): Promise<void> {
    if (lookTook > 10) await new Promise((resolve) => setTimeout(resolve, lookTook * restAfterLook));
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
