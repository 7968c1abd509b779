/** What is measured with several processes on one store. */
import { withCrew, type Member } from './crew.ts';
import type { Worked } from './tasks.ts';
import type { Watched } from './watching.ts';

export interface Together {
  readonly steps_s: number;
  /** CPU of the nodes, without the servers'. */
  readonly cpu_ms_step: number;
  /** The slowest node's. */
  readonly p99_ms: number;
}

const warmUpSeconds = 1;
const seconds = 3;

/** Runs of five steps, a hundred in flight on each of the engines, which make their attempts themselves. */
export function fivesOn(dir: string, engines: number): Promise<Together> {
  return withCrew(dir, async (crew) => {
    const nodes = await several(engines, () => crew.hire({ role: 'engine', agents: true }));
    return fives(nodes, nodes);
  });
}

/** The same, from an engine that has no agents, to workers that have. */
export function fivesAcross(dir: string, workers: number): Promise<Together> {
  return withCrew(dir, async (crew) => {
    const hands = await several(workers, () => crew.hire({ role: 'worker', agents: true }));
    const engine = await crew.hire({ role: 'engine', agents: false });
    return fives([engine], [engine, ...hands]);
  });
}

async function fives(engines: readonly Member[], all: readonly Member[]): Promise<Together> {
  const work = (forSeconds: number): Promise<readonly Worked[]> =>
    Promise.all(engines.map((engine) => engine.ask('fives', { atATime: 100, forSeconds })));
  await work(warmUpSeconds);
  const before = await cpuOf(all);
  const worked = await work(seconds);
  const spent = (await cpuOf(all)) - before;
  const steps = worked.reduce((sum, one) => sum + one.steps, 0);
  return {
    steps_s: worked.reduce((sum, one) => sum + one.steps / one.seconds, 0),
    cpu_ms_step: (spent * 1000) / steps,
    p99_ms: Math.max(...worked.map(({ p99 }) => p99)),
  };
}

export interface Productions extends Watched {
  readonly succeeded: number;
  readonly failed: number;
  readonly seconds: number;
  readonly steps_s: number;
}

/** Two engines, half of the productions each; a third looks on. */
export function productions(dir: string, count: number, steps: number): Promise<Productions> {
  return withCrew(dir, async (crew) => {
    const engines = await several(2, () => crew.hire({ role: 'engine', agents: true }));
    const onlooker = await crew.hire({ role: 'engine', agents: false });
    const ids = Array.from({ length: count }, (_, place) => `production-${place}`);
    await onlooker.ask('watch', { ids });
    const produced = await Promise.all(
      engines.map((engine, which) => engine.ask('produce', { steps, ids: ids.filter((_, place) => place % engines.length === which) })),
    );
    const watched = await onlooker.ask('watched', null);
    const longest = Math.max(...produced.map((one) => one.seconds));
    const succeeded = produced.reduce((sum, one) => sum + one.succeeded, 0);
    const failed = produced.reduce((sum, one) => sum + one.failed, 0);
    return { ...watched, succeeded, failed, seconds: longest, steps_s: (succeeded * steps) / longest };
  });
}

async function cpuOf(members: readonly Member[]): Promise<number> {
  const each = await Promise.all(members.map((member) => member.ask('cpu', null)));
  return each.reduce((sum, one) => sum + one, 0);
}

/** One after another: the first makes the schema. */
async function several(count: number, hire: () => Promise<Member>): Promise<readonly Member[]> {
  const members: Member[] = [];
  while (members.length < count) members.push(await hire());
  return members;
}
