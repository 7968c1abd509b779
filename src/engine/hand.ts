import type { AttemptRef } from '../core/run/events.ts';
import type { TaskWork } from '../core/run/outstanding.ts';
import type { RunActor } from './run-actor.ts';

/**
 * One attempt that the engine has in hand, queued or being made.
 *
 * H1. A hand that was let go never reports: its result is nobody's business any more.
 */
export class Hand {
  readonly actor: RunActor;
  readonly work: TaskWork;
  readonly name: string;
  #controller: AbortController | undefined;
  #released = false;
  #finished = false;

  constructor(actor: RunActor, work: TaskWork, name: string) {
    this.actor = actor;
    this.work = work;
    this.name = name;
  }

  get ref(): AttemptRef {
    return this.work.ref;
  }

  get released(): boolean {
    return this.#released;
  }

  /** Made when somebody asks: most attempts never look. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#released) this.#controller.abort(new Error('this attempt no longer counts'));
    }
    return this.#controller.signal;
  }

  /** The agent has answered: there is nobody left to abort. */
  finish(): void {
    this.#finished = true;
  }

  /** Tells the agent to stop; its attempt still counts, and has this end. */
  abort(reason: string): void {
    this.#controller?.abort(new Error(reason));
  }

  release(reason: string): void {
    this.#released = true;
    if (!this.#finished) this.#controller?.abort(new Error(reason));
  }
}
