/** One workload on one engine, in a process and a directory that are new and do not stay. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Told } from './child.ts';
import type { Contender } from './engines.ts';

const child = join(import.meta.dirname, 'child.ts');

/** What its documents offer to keep an engine from calling home. */
const quiet = { MASTRA_TELEMETRY_DISABLED: '1', LANGSMITH_TRACING: 'false', LANGCHAIN_TRACING_V2: 'false', NO_COLOR: '1' };

export async function measurement(
  contender: Contender,
  workload: string,
  { dir, limitSeconds }: { readonly dir: string; readonly limitSeconds: number },
): Promise<Told> {
  const own = mkdtempSync(join(dir, 'continuo-bench-'));
  try {
    return await tell(contender, workload, own, limitSeconds);
  } finally {
    rmSync(own, { recursive: true, force: true, maxRetries: 5 });
  }
}

function tell(contender: Contender, workload: string, dir: string, limitSeconds: number): Promise<Told> {
  return new Promise((resolve) => {
    let told: Told | undefined;
    let late = false;
    const running = spawn(
      process.execPath,
      ['--expose-gc', '--disable-warning=ExperimentalWarning', child, contender.module, workload, dir],
      {
        // stdout is for figures alone: what an engine prints goes to stderr.
        stdio: ['ignore', 2, 2, 'ipc'],
        env: { ...process.env, ...quiet },
      },
    );
    const limit = setTimeout(() => {
      late = true;
      running.kill('SIGKILL');
    }, limitSeconds * 1000);
    // Only child.ts is at the other end, and it sends one Told.
    running.on('message', (message) => (told = message as Told));
    running.on('error', (error) => {
      clearTimeout(limit);
      resolve({ cannot: `did not start: ${error.message}` });
    });
    running.on('exit', (code, signal) => {
      clearTimeout(limit);
      resolve(told ?? { cannot: late ? `not done in ${limitSeconds} s` : `ended with ${signal ?? code} before it was done` });
    });
  });
}
