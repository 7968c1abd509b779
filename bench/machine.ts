/** What it was measured on: figures without it mean little. */
import { statfsSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';

/** A file system in memory syncs nothing, and flatters whoever syncs most. */
const memoryFileSystem = 0x01021994;

export function machine(dir: string): string {
  const model = cpus()[0]?.model ?? 'unknown';
  const day = new Date().toISOString().slice(0, 10);
  const memory = statfsSync(dir).type === memoryFileSystem ? `; ${dir} is in memory, so that nothing is really synced` : '';
  // What others do with the same cores and the same disk is in the figures too.
  const load = loadavg()[0] ?? 0;
  const busy = load > 0.5 ? `, ${load.toFixed(1)} processes busy before the first` : '';
  return `${day}, ${availableParallelism()} cores (${model}), ${platform()} ${arch()}, Node ${process.versions.node}${busy}${memory}`;
}
