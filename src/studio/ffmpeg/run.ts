/**
 * Runs ffmpeg or ffprobe once, and says in our words what went wrong.
 *
 * P1. When the promise settles the program has ended: whoever takes its files away takes them from nobody.
 * P2. A program does not outlive a process of ours that exits.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ContinuoError } from '../../core/errors.ts';

export interface RunOptions {
  /** For the message of an error: "joining the segments". */
  readonly what: string;
  readonly signal?: AbortSignal;
  /** Bytes for its stdin, as fast as it takes them. A piece may be used again once the next one is asked for. */
  readonly feed?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Gets its stdout as it comes; without it stdout is collected. */
  readonly onOutput?: (piece: Buffer) => void;
}

export interface Ran {
  readonly stdout: Buffer;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();
const end = (child: ChildProcess): void => void child.kill('SIGKILL');
process.on('exit', () => running.forEach(end));

/** Enough for what the measuring filters say about an hour. */
const keptOfStderr = 1 << 22;

export async function runTool(program: string, words: readonly string[], { what, signal, feed, onOutput }: RunOptions): Promise<Ran> {
  signal?.throwIfAborted();
  // In a group of its own: Ctrl-C in a terminal is for us, and we say what is to end.
  const child = spawn(program, words, {
    stdio: [feed === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const stop = (): void => end(child);
  signal?.addEventListener('abort', stop, { once: true });
  running.add(child);
  // What `close` brings along.
  const ended = (once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>).catch((error: unknown) => {
    throw new ContinuoError('FFMPEG_FAILED', `${what}: ${error instanceof Error ? error.message : String(error)}`, undefined, true);
  });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout?.on('data', onOutput ?? ((piece: Buffer) => stdout.push(piece)));
  child.stderr?.on('data', (piece: Buffer) => (stderr = `${stderr}${piece.toString()}`.slice(-keptOfStderr)));
  try {
    const [[code, killedBy]] = await Promise.all([ended, feed === undefined ? undefined : pour(child.stdin, feed)]);
    signal?.throwIfAborted();
    if (code !== 0) throw failed(what, code, killedBy, stderr);
    return { stdout: Buffer.concat(stdout), stderr };
  } catch (error) {
    stop();
    await ended.catch(() => undefined);
    signal?.throwIfAborted();
    throw error;
  } finally {
    running.delete(child);
    signal?.removeEventListener('abort', stop);
  }
}

/** Ends early, without an error, when the program no longer listens: its exit code says why. */
async function pour(stdin: NodeJS.WritableStream | null, feed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  if (stdin === null) return;
  let gone = false;
  const closed = new Promise<void>((resolve) => {
    const leave = (): void => {
      gone = true;
      resolve();
    };
    stdin.on('error', leave);
    stdin.on('close', leave);
  });
  for await (const piece of feed) {
    if (gone) return;
    // The piece may be used again afterwards, so that it is waited for until it is on its way.
    const sent = new Promise<void>((resolve) => stdin.write(piece, () => resolve()));
    await Promise.race([sent, closed]);
  }
  stdin.end();
}

function failed(what: string, code: number | null, killedBy: NodeJS.Signals | null, stderr: string): ContinuoError {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  if (/No space left on device|Disk quota exceeded/i.test(stderr))
    return new ContinuoError('STORE_FULL', `${what}: there is no room left on the disk`, undefined, true);
  const ending = code === null ? `was ended by ${killedBy ?? 'a signal'}` : `ended with ${code}`;
  const foreign = /Format not on whitelist/i.test(stderr);
  const last = foreign ? 'it is in none of the formats that are read here' : lines.slice(-3).join(' | ').slice(-600);
  return new ContinuoError('FFMPEG_FAILED', `${what}: ffmpeg ${ending}${last === '' ? '' : `: ${last}`}`, { exit: code }, true);
}
