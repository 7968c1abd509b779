/**
 * A process that takes part in a measurement.
 *
 * P1. It is over when the measurement is, whether that went well or not; and when this process is.
 * P2. What it was asked for and did not say in time is an error.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Taking {
  /** A file of this folder. */
  readonly script: string;
  /** What it is told at its beginning, as JSON. */
  readonly words: object;
  readonly limitSeconds: number;
  /** Where a CPU profile of it is put. */
  readonly profile?: string | undefined;
}

export class Part {
  readonly #child: ChildProcess;
  readonly #limit: number;
  readonly #said: unknown[] = [];
  #heard: (() => void) | undefined;

  constructor({ script, words, limitSeconds, profile }: Taking) {
    this.#limit = limitSeconds * 1000;
    this.#child = fork(join(import.meta.dirname, script), [JSON.stringify(words)], {
      execArgv: [
        '--conditions=@continuo/source',
        '--disable-warning=ExperimentalWarning',
        ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      ],
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    this.#child.on('message', (message) => {
      this.#said.push(message);
      this.#heard?.();
    });
    this.#child.on('exit', () => this.#heard?.());
  }

  tell(message: object): void {
    this.#child.send(message);
  }

  /** The next thing that it says. Only scripts of this folder are at the other end: they say what they are asked for. */
  async says<T>(): Promise<T> {
    const late = AbortSignal.timeout(this.#limit);
    while (this.#said.length === 0) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error('a process ended before it was done');
      if (late.aborted) throw new Error(`not done in ${this.#limit / 1000} s`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        late.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    return this.#said.shift() as T;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }
}

/** Has the parts while the work lasts. */
export async function withParts<T>(taking: readonly Taking[], work: (...parts: readonly Part[]) => Promise<T>): Promise<T> {
  const parts = taking.map((one) => new Part(one));
  try {
    return await work(...parts);
  } finally {
    await Promise.all(parts.map((part) => part.end()));
  }
}
