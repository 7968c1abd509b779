/** Who is measured. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Contender {
  readonly name: string;
  readonly module: string;
  /** Told beside its figures. */
  readonly note?: string;
}

const here = import.meta.dirname;
const ours = (name: string): Contender => ({ name, module: join(here, `engines/${name}.ts`) });
const peer = (name: string, note?: string): Contender => ({
  name,
  module: join(here, `peers/${name}.ts`),
  ...(note === undefined ? {} : { note }),
});

const driver = 'with better-sqlite3 13: the 12 that it asks for does not work on this Node';
const peers: readonly Contender[] = [
  peer('mastra'),
  peer('mastra-synced', 'its connection set to synchronous=FULL by hand'),
  peer('langgraph', driver),
  peer('langgraph-synced', `${driver}; set to synchronous=FULL by hand`),
  peer('langgraph-postgres'),
  peer('dbos'),
];

export const contenders: ReadonlyMap<string, Contender> = new Map(
  [ours('continuo'), ours('continuo-distributed'), ours('bare'), ours('bullmq'), ...peers].map((contender) => [contender.name, contender]),
);

/** Peers are installed when they are first wanted: nothing else of the project needs them. */
export function install(wanted: readonly Contender[]): void {
  if (!wanted.some((one) => peers.includes(one)) || existsSync(join(here, 'node_modules/.package-lock.json'))) return;
  process.stderr.write('installing the peers into bench/node_modules (npm ci), once\n');
  const { status } = spawnSync('npm', ['ci'], { cwd: here, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('the peers could not be installed: run `npm ci` in bench/, or leave them out of --vs');
}
