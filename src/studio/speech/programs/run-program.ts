/** Runs a program of this machine that speaks. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ContinuoError } from '../../../core/errors.ts';

const keptOfStderr = 2000;

export async function runProgram(program: string, words: readonly string[], text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(program, words, { stdio: ['pipe', 'ignore', 'pipe'] });
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  let stderr = '';
  child.stderr.on('data', (piece: Buffer) => (stderr = `${stderr}${piece.toString()}`.slice(-keptOfStderr)));
  // A program that does not read to the end says why by how it ends.
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    signal.throwIfAborted();
    const last = stderr
      .trim()
      .split(/[\r\n]+/)
      .slice(-2)
      .join(' | ');
    if (code !== 0) throw failed(program, `it ended with ${code ?? killedBy ?? 'a signal'}${last === '' ? '' : `: ${last}`}`);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ContinuoError) throw error;
    throw failed(program, error instanceof Error ? error.message : String(error));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export const failed = (program: string, why: string): ContinuoError =>
  new ContinuoError('MEDIA_MODEL_FAILED', `${program} could not speak: ${why}`, undefined, true);
