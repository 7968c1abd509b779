/** Clocks and scales. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Spent {
  readonly seconds: number;
  /** Of all threads, and of child processes that have ended. */
  readonly cpuSeconds: number;
}

export async function spent(work: () => Promise<void>): Promise<Spent> {
  const cpuBefore = cpuSeconds();
  const before = performance.now();
  await work();
  return { seconds: (performance.now() - before) / 1000, cpuSeconds: cpuSeconds() - cpuBefore };
}

export async function milliseconds(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Does it `count` times, at most `width` at a time, and gives the milliseconds of each. */
export async function inFlight(width: number, count: number, work: (place: number) => Promise<void>): Promise<readonly number[]> {
  const times: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const place = next++;
      times.push(await milliseconds(() => work(place)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
  return times;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function bytesIn(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** After two collections, since the first may leave what finalizers hold. Needs --expose-gc. */
export function restingBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childrenSeconds();
}

/** Node does not tell; Linux does, in hundredths of a second. */
function childrenSeconds(): number {
  if (process.platform !== 'linux') return 0;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
