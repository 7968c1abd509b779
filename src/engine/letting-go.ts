/**
 * Whether an attempt still counts, and how its agent hears of it.
 *
 * H1. An attempt that was let go never reports: its result is nobody's business any more.
 * H2. An attempt that has ended counts no more, also before its run has heard of the end: what an agent still does that
 *     did not stop when it was told to might meet what the next attempt has done.
 */
export class LettingGo {
  #controller: AbortController | undefined;
  #released = false;
  #finished = false;

  get released(): boolean {
    return this.#released;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get counts(): boolean {
    return !this.#released && !this.#finished;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#released) this.#controller.abort(new Error('this attempt no longer counts'));
    }
    return this.#controller.signal;
  }

  finish(): void {
    this.#finished = true;
  }

  abort(reason: string): void {
    this.#controller?.abort(new Error(reason));
  }

  release(reason: string): void {
    this.#released = true;
    if (!this.#finished) this.#controller?.abort(new Error(reason));
  }
}
