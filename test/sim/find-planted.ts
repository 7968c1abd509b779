/** Plays seeds against a planted bug until one of them fails. */
import { spawn } from 'node:child_process';
import { planted, type Planted } from './planted.ts';

export interface Found {
  readonly seed: number;
  readonly check: string;
}

const here = (name: string): string => new URL(name, import.meta.url).href;

export async function* findPlanted(seeds: number): AsyncGenerator<{ readonly bug: Planted; readonly found: Found | undefined }> {
  for (const bug of planted) yield { bug, found: await find(bug, seeds) };
}

export function find(bug: Planted, seeds: number): Promise<Found | undefined> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@continuo/source',
      `--import=${here('plant.ts')}`,
      new URL('until-failure.ts', import.meta.url).pathname,
      String(seeds),
      bug.nodes === true ? 'nodes' : 'one',
    ],
    {
      env: { ...process.env, CONTINUO_PLANT: bug.name },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) reject(new Error(`the search for ${JSON.stringify(bug.name)} ended with code ${code}`));
      // until-failure.ts prints what it found, or null.
      else resolve((JSON.parse(said) as Found | null) ?? undefined);
    });
  });
}
