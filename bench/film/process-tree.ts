/** What processes use, as Linux tells it. Elsewhere there are no such files, and nothing is known. */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** CPU seconds of this process, and of everything below it that has ended. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  const [, , , , , , , , , , , , , childUser, childSystem] = statOf('self');
  return (user + system) / 1e6 + (Number(childUser ?? 0) + Number(childSystem ?? 0)) / ticksPerSecond;
}

/** Megabytes that a process and everything below it hold now; what several share counts once. */
export function memoryOfTree(root: number = process.pid): number {
  const parents = new Map(entries('/proc').flatMap((id) => (/^\d+$/.test(id) ? [[Number(id), Number(statOf(id)[1])] as const] : [])));
  let sum = 0;
  for (const [id] of parents) if (isBelow(id, root, parents)) sum += megabytes(id);
  return sum;
}

function isBelow(id: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = id; at !== undefined && at > 1; at = parents.get(at)) if (at === root) return true;
  return false;
}

/** The fields behind the name, which stands in parentheses and may contain anything: state, parent, … */
const statOf = (id: string): readonly string[] => read(`/proc/${id}/stat`).split(') ').at(-1)?.split(' ') ?? [];

const megabytes = (id: number): number => Number(/Pss:\s+(\d+)/.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0) / 1024;

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
