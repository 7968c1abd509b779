/**
 * A few processes that draw, speak and render, so that the engine's own thread stays free, and so that what a package
 * takes of memory, or breaks, is not the engine's.
 *
 * W1. A process does one task at a time, and tasks of one kind alone: what it has loaded for them goes with it. Tasks of
 *     one kind begin in the order in which they were asked for.
 * W2. A promise settles exactly once: with the task's result, its error, or the reason of its signal.
 * W3. A task whose signal is aborted is told; if it has not ended within the grace, its process is ended and replaced.
 *     One that still waits for its turn is given up at once.
 * W4. A process that ends by itself fails the task that it had, and no other.
 * W5. One that has had nothing to do for a while is let go.
 * W6. They keep this process alive exactly while a task is under way, and end when it does. After `close` nothing begins.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContinuoError, type ErrorCode } from '../../core/errors.ts';
import { taskFiles, type TaskName } from './tasks.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

export interface TaskOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (share: number, message?: string) => void;
}

export interface StudioWorkers {
  run<O>(task: TaskName, input: unknown, options?: TaskOptions): Promise<O>;
  close(): Promise<void>;
}

export interface StudioWorkersOptions {
  /** As many as there are cores, four at most, when absent. */
  readonly workers?: number;
  /** Milliseconds that a cancelled task has to end by itself. */
  readonly grace?: number;
  /** Where a task is done. */
  readonly fileOf?: (task: TaskName) => URL;
}

interface Job {
  readonly task: TaskName;
  readonly input: unknown;
  readonly options: TaskOptions;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
  /** Takes back what is set up for it now: a listener, and maybe a timer. */
  release: () => void;
}

interface Worker {
  readonly process: ChildProcess;
  readonly task: TaskName;
  job: Job | undefined;
  /** Lets it go when it has had nothing to do for a while. */
  tired: NodeJS.Timeout | undefined;
}

const script = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/** Beside this file, as source or as built. */
const taskFile = (task: TaskName): URL => new URL(`${taskFiles[task]}${extname(import.meta.url)}`, import.meta.url);

export function openStudioWorkers({
  workers: most = defaultWorkers(),
  grace = 1000,
  fileOf = taskFile,
}: StudioWorkersOptions = {}): StudioWorkers {
  const workers = new Set<Worker>();
  const waiting: Job[] = [];
  let closed = false;

  const begin = (): void => {
    // Whoever knows the work goes on with it, before somebody is dismissed for another kind.
    for (const worker of idle()) {
      const at = waiting.findIndex(({ task }) => task === worker.task);
      const [job] = at < 0 ? [] : waiting.splice(at, 1);
      if (job !== undefined) give(worker, job);
    }
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      try {
        const worker = newcomer(next.task);
        if (worker === undefined) return;
        give(worker, next);
      } catch (error) {
        next.release();
        next.reject(crashed(next, `could not be started: ${error instanceof Error ? error.message : String(error)}`));
      }
      waiting.shift();
    }
  };

  const idle = (): readonly Worker[] => [...workers].filter(({ job }) => job === undefined);

  const newcomer = (task: TaskName): Worker | undefined => {
    if (workers.size < most) return hire(task);
    const [other] = idle();
    if (other === undefined) return undefined;
    dismiss(other);
    return hire(task);
  };

  const dismiss = (worker: Worker): void => {
    clearTimeout(worker.tired);
    workers.delete(worker);
    worker.process.kill('SIGKILL');
  };

  const hire = (task: TaskName): Worker => {
    // Without our flags: they may be made for this process alone (--eval, --inspect).
    const child = fork(fileURLToPath(script), { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const worker: Worker = { process: child, task, job: undefined, tired: undefined };
    rest(child);
    let said = '';
    child.stderr?.on('data', (piece: Buffer) => (said = `${said}${piece.toString()}`.slice(-keptOfStderr)));
    child.on('message', (message: FromWorker) => hear(worker, message));
    child.on('error', (error) => lose(worker, `could not be started: ${error.message}`));
    child.on('exit', (code, signal) => lose(worker, whyEnded(code, signal, said)));
    workers.add(worker);
    return worker;
  };

  /** Until its turn comes. */
  const queue = (job: Job): void => {
    const { signal } = job.options;
    const leave = (): void => {
      waiting.splice(waiting.indexOf(job), 1);
      job.reject(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    job.release = () => signal?.removeEventListener('abort', leave);
    waiting.push(job);
  };

  const give = (worker: Worker, job: Job): void => {
    job.release();
    clearTimeout(worker.tired);
    const { signal } = job.options;
    let timer: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      tell(worker, { is: 'cancel' });
      timer = setTimeout(() => worker.process.kill('SIGKILL'), grace);
    };
    worker.job = job;
    job.release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
    wake(worker.process);
    tell(worker, { is: 'task', file: fileOf(job.task).href, input: job.input });
    signal?.addEventListener('abort', cancel, { once: true });
  };

  const hear = (worker: Worker, message: FromWorker): void => {
    const { job } = worker;
    if (job === undefined) return;
    if (message.is === 'progress') {
      job.options.progress?.(message.share, message.message);
      return;
    }
    free(worker, job);
    if (job.options.signal?.aborted === true) job.reject(job.options.signal.reason);
    else if (message.is === 'done') job.resolve(message.output);
    else job.reject(errorFrom(message.error));
    begin();
  };

  const free = (worker: Worker, job: Job): void => {
    job.release();
    worker.job = undefined;
    worker.tired = setTimeout(() => dismiss(worker), patience).unref();
    rest(worker.process);
  };

  const lose = (worker: Worker, why: string): void => {
    if (!workers.delete(worker)) return;
    const { job } = worker;
    clearTimeout(worker.tired);
    if (job !== undefined) {
      job.release();
      worker.job = undefined;
      const { signal } = job.options;
      if (signal?.aborted === true) job.reject(signal.reason);
      else if (closed) job.reject(closing(job));
      else job.reject(crashed(job, why));
    }
    if (!closed) begin();
  };

  return {
    run: <O>(task: TaskName, input: unknown, options: TaskOptions = {}): Promise<O> =>
      new Promise<O>((resolve, reject) => {
        if (closed) {
          reject(closing({ task }));
          return;
        }
        if (options.signal?.aborted === true) {
          reject(options.signal.reason as Error);
          return;
        }
        // What comes back is what the task's own file says that it gives.
        queue({ task, input, options, resolve: resolve as (value: unknown) => void, reject, release: () => undefined });
        begin();
      }),
    close: async () => {
      closed = true;
      for (const job of waiting.splice(0)) {
        job.release();
        job.reject(closing(job));
      }
      await Promise.all([...workers].map(({ process: child }) => ended(child)));
    },
  };
}

/** It may have ended meanwhile: then its end is told by its own event. */
function tell({ process: child }: Worker, message: ToWorker): void {
  if (child.connected) child.send(message, () => undefined);
}

const crashed = ({ task }: Pick<Job, 'task'>, why: string): ContinuoError =>
  new ContinuoError('AGENT_CRASHED', `${task}: the process that does it ${why}`, undefined, true);

const closing = ({ task }: Pick<Job, 'task'>): ContinuoError => new ContinuoError('ENGINE_CLOSED', `${task}: the studio was closed`);

/** The process, its channel and what it says: each of them alone would keep this process alive. */
function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  stderrOf(child)?.unref();
}

function wake(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
  stderrOf(child)?.ref();
}

/** A pipe of a child process is a socket, whatever its type says. */
const stderrOf = ({ stderr }: ChildProcess): Socket | undefined => (stderr instanceof Socket ? stderr : undefined);

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  wake(child);
  child.kill('SIGKILL');
  await gone;
}

const keptOfStderr = 2000;
/** Milliseconds that a process waits for the next task. */
const patience = 3000;

function whyEnded(code: number | null, signal: NodeJS.Signals | null, said: string): string {
  const last = said.trim().split('\n').at(-1) ?? '';
  const words = last === '' ? '' : ` (${last})`;
  if (signal === 'SIGKILL') return `was killed: there may not be memory enough${words}`;
  return `ended ${signal === null ? `with ${code}` : `by ${signal}`}${words}`;
}

const defaultWorkers = (): number => Math.max(1, Math.min(4, availableParallelism()));

function errorFrom({ code, message, details, retryable }: Extract<FromWorker, { is: 'failed' }>['error']): Error {
  if (code === undefined) return new Error(message);
  // The code was taken off an error of the same catalogue on the other side.
  return new ContinuoError(code as ErrorCode, message, details, retryable);
}
