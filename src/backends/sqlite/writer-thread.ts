/**
 * The engine's side of the writer.
 *
 * W1. A thread that has nothing to do gets a task at once; otherwise those of one turn
 *     of the event loop are posted together, or as many as are worth a transaction.
 * W2. A task's promise settles when its transaction has, in the order of posting.
 * W3. The thread keeps the process alive exactly while a task is under way.
 * W4. Of a large transaction some hear at a time, and others have a turn in between: what
 *     follows from a commit is decided by whoever hears of it, and that takes its time.
 * W5. Once closing has begun nothing more is accepted; what was accepted is finished.
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Line } from '../../core/data/line.ts';
import { ContinuoError } from '../../core/errors.ts';
import { isFailure } from './protocol.ts';
import type { Answer, AnswerTo, Failure, FromWriter, Outcome, Task, ToWriter, Writer, WriterOptions } from './protocol.ts';

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: ContinuoError) => void;
}

type State = { readonly is: 'open' } | { readonly is: 'closing' | 'broken'; readonly why: Failure };

/** Posted without waiting for the end of the turn. */
const atOnce = 25;

/** W4. */
const toldAtOnce = 2;

/** Beside this file, as source or as built. */
const script = new URL(`./writer${extname(import.meta.url)}`, import.meta.url);

export class WriterThread implements Writer {
  readonly #path: string;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  /** Whoever waits, in the order of posting. */
  readonly #pending = new Line<Pending>();
  /** Outcomes of the first of them that are known and not told yet. */
  readonly #known = new Line<Outcome>();
  #turn: Task[] = [];
  #state: State = { is: 'open' };

  private constructor(path: string, worker: Worker) {
    this.#path = path;
    this.#worker = worker;
    worker.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) => this.#break(error instanceof Error ? error.message : String(error)));
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#break('its thread ended');
        resolve();
      });
    });
    worker.unref();
  }

  static async start(options: WriterOptions): Promise<WriterThread> {
    // Without our flags: they may be made for the main thread alone (--eval, --input-type).
    const worker = new Worker(script, { workerData: options, execArgv: [], name: 'continuo-writer' });
    await new Promise<void>((resolve, reject) => {
      worker.once('error', (error) =>
        reject(new ContinuoError('STORE_FAILED', `the writer of ${options.path} did not start: ${String(error)}`)),
      );
      worker.once('message', (message: FromWriter) => {
        if (message.is === 'failed') reject(errorOf(message.failure));
        else resolve();
      });
    });
    worker.removeAllListeners('error');
    return new WriterThread(options.path, worker);
  }

  write<T extends Task>(task: T): Promise<AnswerTo<T>> {
    const state = this.#state;
    if (state.is !== 'open') return Promise.reject(errorOf(state.why));
    const idle = this.#isIdle;
    if (idle) this.#worker.ref();
    if (this.#turn.length === 0) setImmediate(() => this.#post());
    this.#turn.push(task);
    // The thread need not wait for a turn to end: it writes while more is decided.
    if (idle || this.#turn.length >= atOnce) this.#post();
    const answered = new Promise<Answer>((resolve, reject) => void this.#pending.add({ resolve, reject }));
    // Each task is answered as its kind is: transactions.ts.
    return answered as Promise<AnswerTo<T>>;
  }

  /** Nothing is with the thread. */
  get #isIdle(): boolean {
    return this.#pending.size === this.#known.size;
  }

  async close(): Promise<void> {
    if (this.#state.is === 'open') {
      this.#state = { is: 'closing', why: { code: 'ENGINE_CLOSED', message: `${this.#path} is closed` } };
      this.#post();
      this.#worker.ref();
      this.#tell('close');
    }
    await this.#exited;
  }

  #post(): void {
    if (this.#turn.length === 0) return;
    this.#tell(this.#turn);
    this.#turn = [];
  }

  #tell(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWriter): void {
    if (message.is !== 'committed') return;
    const isTelling = this.#known.size > 0;
    for (const outcome of message.outcomes) this.#known.add(outcome);
    if (this.#isIdle && this.#state.is === 'open') this.#worker.unref();
    if (!isTelling) this.#settle();
  }

  #settle(): void {
    this.#tellOf(toldAtOnce);
    if (this.#known.size > 0) setImmediate(() => this.#settle());
  }

  #tellOf(most: number): void {
    for (let told = 0; told < most; told++) {
      const outcome = this.#known.shift();
      if (outcome === undefined) return;
      settle(this.#pending.shift(), outcome);
    }
  }

  /** The thread is gone. After `close` that is as it should be, and nothing is pending. */
  #break(why: string): void {
    const failure: Failure = {
      code: 'STORE_FAILED',
      message: `the writer of ${this.#path} stopped (${why}); what it had in hand may have been written`,
    };
    if (this.#state.is === 'open') this.#state = { is: 'broken', why: failure };
    this.#tellOf(this.#known.size);
    for (let pending = this.#pending.shift(); pending !== undefined; pending = this.#pending.shift()) pending.reject(errorOf(failure));
  }
}

function settle(pending: Pending | undefined, outcome: Outcome): void {
  if (isFailure(outcome)) pending?.reject(errorOf(outcome));
  else pending?.resolve(outcome);
}

function errorOf({ code, message, details }: Failure): ContinuoError {
  return new ContinuoError(code, message, details);
}
