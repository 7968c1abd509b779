/** One workload on one engine, in a process and a directory that are new and do not stay. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Told } from './child.ts';
import type { Contender } from './engines.ts';

const child = join(import.meta.dirname, 'child.ts');

/** What the documents of peers offer to keep them from calling home. */
const quiet = { MASTRA_TELEMETRY_DISABLED: '1', LANGSMITH_TRACING: 'false', LANGCHAIN_TRACING_V2: 'false', NO_COLOR: '1' };

const directories = new Set<string>();
const running = new Set<ChildProcess>();

export interface Where {
  readonly dir: string;
  readonly limitSeconds: number;
}

export function measurement(contender: Contender, workload: string, { dir, limitSeconds }: Where): Promise<Told> {
  return inDirectory(dir, async (own) => {
    const told = await heard(child, [contender.module, workload, own], limitSeconds);
    // Only child.ts is at the other end, and it sends one Told.
    return typeof told === 'string' ? { cannot: told } : (told.message as Told);
  });
}

export async function inDirectory<T>(parent: string, work: (own: string) => Promise<T>): Promise<T> {
  const own = mkdtempSync(join(parent, 'continuo-bench-'));
  directories.add(own);
  // Postgres does not run as root: its data may be another user's, who must get there.
  chmodSync(own, 0o755);
  try {
    return await work(own);
  } finally {
    remove(own);
  }
}

/** Ctrl-C leaves nothing behind. */
export function removeWhenStopped(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      for (const talker of running) talker.kill('SIGKILL');
      for (const own of directories) remove(own);
      process.exit(code);
    });
  }
}

function remove(own: string): void {
  rmSync(own, { recursive: true, force: true, maxRetries: 5 });
  directories.delete(own);
}

/**
 * What a process says of itself, once it has ended or been killed for it, or why it said
 * nothing.
 */
export function heard(
  script: string,
  words: readonly string[],
  limitSeconds: number,
  then: 'let it end' | 'kill it' = 'let it end',
): Promise<{ readonly message: unknown } | string> {
  return new Promise((resolve) => {
    let said: { readonly message: unknown } | undefined;
    let late = false;
    const talker = spawn(process.execPath, ['--expose-gc', '--disable-warning=ExperimentalWarning', script, ...words], {
      // stdout is for figures alone: what an engine prints goes to stderr.
      stdio: ['ignore', 2, 2, 'ipc'],
      env: { ...process.env, ...quiet },
    });
    running.add(talker);
    const limit = setTimeout(() => {
      late = true;
      talker.kill('SIGKILL');
    }, limitSeconds * 1000);
    talker.on('message', (message) => {
      said = { message };
      if (then === 'kill it') talker.kill('SIGKILL');
    });
    talker.on('exit', (code, signal) => {
      clearTimeout(limit);
      running.delete(talker);
      resolve(said ?? (late ? `not done in ${limitSeconds} s` : `ended with ${signal ?? code} before it was done`));
    });
  });
}
