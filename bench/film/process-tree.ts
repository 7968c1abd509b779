/** What this process and its children use, as Linux tells it. Elsewhere there are no such files, and nothing is known. */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** CPU seconds of this process with its threads, and of its children that have ended. */
export function cpuSeconds(): { readonly own: number; readonly children: number } {
  const { user, system } = process.cpuUsage();
  const stat = statOf('self');
  return { own: (user + system) / 1e6, children: (Number(stat[13] ?? 0) + Number(stat[14] ?? 0)) / ticksPerSecond };
}

/** Megabytes that this process and its children hold now. */
export function memoryOfTree(): number {
  const children = entries('/proc').filter((id) => /^\d+$/.test(id) && Number(statOf(id)[1]) === process.pid);
  return [String(process.pid), ...children].reduce((sum, id) => sum + megabytes(id), 0);
}

/** The fields behind the name, which stands in parentheses and may contain anything: state, parent, … */
const statOf = (id: string): readonly string[] => read(`/proc/${id}/stat`).split(') ').at(-1)?.split(' ') ?? [];

const megabytes = (id: string): number => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? 0) / 1024;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A process that has ended meanwhile, or another system.
    return '';
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
