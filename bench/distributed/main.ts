/**
 * How fast several processes are on one Postgres and one Redis, and whether that is what
 * it should be.
 *
 *   npm run bench:distributed -- --help
 *
 * Figures are JSON lines on stdout; progress and a table for people go to stderr. The
 * servers are started for each measurement, and sync as they would where nothing may be lost.
 */
import type { Told } from '../child.ts';
import { contenders, install, type Contender } from '../engines.ts';
import { measurement, removeWhenStopped } from '../measurement.ts';
import { tellScenes } from '../telling.ts';
import { atLeast, atMost, type Row } from './goals.ts';
import { readOptions, usage, type Options, type Scene } from './options.ts';
import { fivesAcross, fivesOn, productions, type Together } from './scenes.ts';

const measure: Readonly<Record<Scene, (options: Options) => Promise<readonly Row[]>>> = {
  workloads: async (options) => [
    await workload(options, 'w1', 'w1, steps', 'steps_s', '/s', atLeast(5000)),
    await workload(options, 'w2', 'w2, steps', 'steps_s', '/s', atLeast(5000)),
    await workload(options, 'w3', 'w3, a run (p50)', 'p50_ms', 'ms', atMost(6)),
    await workload(options, 'w5', 'w5, runs parked', 'runs_s', '/s', atLeast(3000)),
  ],
  processes: async ({ dir }) => {
    const one = await fivesOn(dir, 1);
    const four = await fivesOn(dir, 4);
    return [...rowsOf('in one process', one), ...rowsOf('in each of four processes', four, one.steps_s)];
  },
  across: async ({ dir }) => rowsOf('of an engine without agents, made by two workers', await fivesAcross(dir, 2), 2000),
  productions: async ({ dir }) => {
    const [count, steps] = [200, 50];
    const done = await productions(dir, count, steps);
    const what = `${count} productions of ${steps} steps of 100 ms, 5 % of attempts fail`;
    return [
      { what: `${what}: succeeded`, figure: done.succeeded, unit: '', goal: atLeast(count) },
      { what: `${what}: steps`, figure: done.steps_s, unit: '/s' },
      { what: 'meanwhile, how a run stands (p50)', figure: done.statusP50, unit: 'ms' },
      { what: 'meanwhile, how a run stands (p99)', figure: done.statusP99, unit: 'ms', goal: atMost(20) },
      { what: `meanwhile, ${done.events} events to another node (p50)`, figure: done.eventP50, unit: 'ms' },
      { what: `meanwhile, ${done.events} events to another node (p99)`, figure: done.eventP99, unit: 'ms', goal: atMost(100) },
    ];
  },
  peers: async (options) => {
    const peers = ['dbos', 'langgraph-postgres', 'bullmq'].map(known);
    install(peers);
    const rows: Row[] = [];
    for (const peer of peers) rows.push(rowOf(await measurement(peer, 'w1', options), `w1 with ${peer.name}, steps`, 'steps_s', '/s'));
    return rows;
  },
};

async function workload(
  options: Options,
  name: string,
  what: string,
  figure: 'steps_s' | 'runs_s' | 'p50_ms',
  unit: string,
  goal: Row['goal'],
) {
  return { ...rowOf(await measurement(known('continuo-distributed'), name, options), what, figure, unit), ...(goal && { goal }) };
}

function rowOf(told: Told, what: string, figure: 'steps_s' | 'runs_s' | 'p50_ms', unit: string): Row {
  return { what, figure: 'cannot' in told ? told.cannot : (told.figures[figure] ?? Number.NaN), unit };
}

function rowsOf(how: string, { steps_s, cpu_ms_step, p99_ms }: Together, goal?: number): readonly Row[] {
  return [
    { what: `w1 ${how}, steps`, figure: steps_s, unit: '/s', ...(goal === undefined ? {} : { goal: atLeast(goal) }) },
    { what: `w1 ${how}, CPU of the nodes a step`, figure: cpu_ms_step, unit: 'ms' },
    { what: `w1 ${how}, a run (p99)`, figure: p99_ms, unit: 'ms' },
  ];
}

function known(name: string): Contender {
  const contender = contenders.get(name);
  if (contender === undefined) throw new Error(`there is no engine ${name}`);
  return contender;
}

try {
  removeWhenStopped();
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else await tellScenes(options, (scene) => measure[scene](options), 'distributed');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
