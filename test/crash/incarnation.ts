/** One worker process, from its start to its end, however that comes. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { opening, type Orders } from './orders.ts';

export type Exit =
  | { readonly is: 'killed' }
  /** It had nothing left to do before its kill came. */
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly why: string };

const script = join(import.meta.dirname, 'worker.ts');

/** A worker that has not ended after so long waits for something that never comes. */
const patience = 60_000;

export interface Surroundings {
  /** Where compiled code is kept for the next one. */
  readonly cache: string;
  /** Nobody wants to know any more. */
  readonly over: AbortSignal;
}

/** With `killAfter`, it is killed so many milliseconds after it began to open its store. */
export function incarnate(orders: Orders, { cache, over }: Surroundings, killAfter: number | undefined): Promise<Exit> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: over,
    killSignal: 'SIGKILL',
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  let said = '';
  let stalled = false;
  const timers = [
    setTimeout(() => {
      stalled = true;
      child.kill('SIGKILL');
    }, patience),
  ];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (killAfter !== undefined && text.includes(opening)) timers.push(setTimeout(() => child.kill('SIGKILL'), killAfter));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => error.name !== 'AbortError' && reject(error));
    child.on('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      if (stalled) resolve({ is: 'failed', why: `it neither ended nor came to its kill in ${patience / 1000} seconds` });
      else if (signal === 'SIGKILL') resolve({ is: 'killed' });
      else if (code === 0) resolve({ is: 'done' });
      else resolve({ is: 'failed', why: `it ended with ${code ?? signal}:\n${said.trim()}` });
    });
  });
}
