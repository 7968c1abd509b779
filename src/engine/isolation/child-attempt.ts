/**
 * One attempt in a process of its own, seen from the engine.
 *
 * A1. `answer` settles once: with the action's answer after the process has gone and its output has been read, with
 *     AGENT_CRASHED when it went without one, or at once when the attempt is given up.
 * A2. `gone` always comes: the timers that lead to SIGKILL run here, so that nothing depends on the agent's goodwill.
 * A3. After `gone` nothing of the attempt is left: no listener, no timer, no stream.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext } from '../../ports/agent.ts';
import { childArguments } from './child-arguments.ts';
import { childFile } from './layout.ts';
import { eachLine } from './lines.ts';
import { parentSide } from './parent-side.ts';
import { Peer } from './peer.ts';
import type { ChildSide, Task } from './protocol.ts';
import { toWire } from './wire-error.ts';

export interface ChildAttempt {
  readonly answer: Promise<unknown>;
  readonly gone: Promise<void>;
  /** Gives the attempt up: `answer` rejects with `reason`, the process is killed. */
  stop(reason: Error): void;
}

const rememberedLines = 20;
const windows = process.platform === 'win32';

export function startAttempt(task: Task, ctx: AgentContext, grace: number): ChildAttempt {
  const child = start();
  const lastWords: string[] = [];
  const peer: Peer<ChildSide> = new Peer(
    // Whether the child still is there, its end will tell.
    (message) => child.send(message, () => undefined),
    parentSide(ctx, (callback, args) => peer.call('invoke', callback, args)),
  );
  child.on('message', (message) => peer.receive(message));
  if (child.stdout !== null) eachLine(child.stdout, (line) => note(ctx, line, 'stdout'));
  if (child.stderr !== null) {
    eachLine(child.stderr, (line) => {
      note(ctx, line, 'stderr');
      lastWords.push(line);
      if (lastWords.length > rememberedLines) lastWords.shift();
    });
  }

  let killing: NodeJS.Timeout | undefined;
  const killSoon = (): void => {
    if (isRunning(child)) killing ??= setTimeout(kill, grace, child);
  };
  let giveUp: (reason: Error) => void = () => undefined;
  const givenUp = new Promise<never>((_, reject) => (giveUp = reject));
  const aborted = (): void => {
    giveUp(stale(task, ctx));
    killSoon();
    peer.tell('abort', toWire(ctx.signal.reason));
  };
  ctx.signal.addEventListener('abort', aborted, { once: true });

  const gone = ending(child, grace).then((failure) => {
    clearTimeout(killing);
    ctx.signal.removeEventListener('abort', aborted);
    for (const stream of child.stdio) stream?.destroy();
    peer.close(crash(task, child, lastWords, failure));
  });
  const called = peer.call('run', task);
  const finish = (): Promise<void> => {
    killSoon();
    peer.tell('end');
    return gone;
  };
  const finished = called.then(finish, finish).then(() => called);
  return {
    answer: Promise.race([finished, givenUp]),
    gone,
    stop: (reason) => {
      giveUp(reason);
      kill(child);
    },
  };
}

function start(): ChildProcess {
  const file = fileURLToPath(childFile('child'));
  return spawn(process.execPath, [...childArguments(process.execArgv, file.endsWith('.ts')), file], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    serialization: 'advanced',
    // The leader of a group of its own, so that what the agent starts (ffmpeg, a browser) is killed with it.
    detached: !windows,
    windowsHide: true,
  });
}

function isRunning(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function kill(child: ChildProcess): void {
  // Once it has been reaped, its number may be another's.
  if (!isRunning(child)) return;
  try {
    process.kill(windows ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Resolves when the process has ended and what it said has been read; with the error, when it could not start. */
function ending(child: ChildProcess, grace: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    let lingering: NodeJS.Timeout | undefined;
    child.once('close', () => {
      clearTimeout(lingering);
      resolve(undefined);
    });
    // Something that the agent started and left running may hold its output open for ever.
    child.once('exit', () => (lingering = setTimeout(resolve, grace, undefined)));
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(error);
    });
    // A reset when the process is killed tells nothing that its end does not.
    for (const stream of child.stdio) stream?.on('error', () => undefined);
    child.stdio[4]?.on('data', () => undefined);
  });
}

function note(ctx: AgentContext, line: string, from: 'stdout' | 'stderr'): void {
  try {
    ctx.log(line, { from });
  } catch {
    // The attempt may be over; its last lines are no reason to fail.
  }
}

function stale({ agent }: Task, { stepId, attempt }: AgentContext): ContinuoError {
  return new ContinuoError(
    'ATTEMPT_STALE',
    `attempt ${attempt} of step ${stepId} no longer counts: the process of agent ${agent} is ended`,
  );
}

/** Retryable, so that it is not a ContinuoError: those never are. */
function crash({ agent, action }: Task, child: ChildProcess, lastWords: readonly string[], failure: Error | undefined): Error {
  const { exitCode, signalCode: signal } = child;
  const how =
    failure !== undefined ? `could not start: ${failure.message}` : `ended by ${signal ?? `exit code ${exitCode}`} before it answered`;
  const words = lastWords.length === 0 ? '' : `; its last words:\n${lastWords.join('\n')}`;
  const details = { exitCode, signal, stderr: [...lastWords] };
  return Object.assign(new Error(`the process of ${agent}.${action} ${how}${words}`), { code: 'AGENT_CRASHED', retryable: true, details });
}
