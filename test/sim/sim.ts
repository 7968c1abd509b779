/**
 * The simulation by hand: many seeds on all processors, or one of them in detail.
 *
 *   npm run sim -- --seeds 10000            seeds 0 … 9999
 *   npm run sim -- --seeds 500 --from 7000
 *   npm run sim -- --seed 42 [--trace]      one; when it fails, as a short story
 *   npm run sim -- --nodes …              several nodes on one store
 *   npm run sim -- --plants                 whether the bugs planted on purpose are found
 */
import { fork } from 'node:child_process';
import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { everyType } from '../event-types.ts';
import { findPlanted } from './find-planted.ts';
import { emptyTally, merge, playSeed, vacuous, vacuousOfNodes, type Tally } from './series.ts';
import { shrink } from './shrink.ts';
import { story, words } from './story.ts';
import { drawFleetScenario } from './world/fleet-scenario.ts';
import { drawScenario } from './world/scenario.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    plants: { type: 'boolean', default: false },
    nodes: { type: 'boolean', default: false },
    worker: { type: 'string' },
  },
});

const draw = values.nodes ? drawFleetScenario : drawScenario;

/** As many failing seeds are enough to go and look. */
const mostFailures = 5;
/** Seeds that a worker takes at a time. */
const share = 50;

function wholeNumber(name: 'seeds' | 'from' | 'seed', text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  process.stderr.write(`--${name} wants a whole number, not ${JSON.stringify(text)}\n`);
  process.exit(2);
}

// What nobody handles is a failure of the seed that is being played; there is one at a time.
if (values.worker !== undefined) work();
else if (values.plants) process.exitCode = await plants();
else if (values.seed !== undefined) process.exitCode = await one(wholeNumber('seed', values.seed));
else process.exitCode = await many(wholeNumber('from', values.from), wholeNumber('seeds', values.seeds));

async function one(seed: number): Promise<number> {
  const tally = emptyTally();
  const outcome = await playSeed(seed, tally, draw);
  if (values.trace) process.stdout.write(`${outcome.trace.lines.map(words).join('\n')}\n`);
  if (outcome.violation === undefined) {
    process.stdout.write(`seed ${seed}: every promise is kept; ${outcome.steps} events, trace ${outcome.trace.hash}\n`);
    return 0;
  }
  process.stdout.write(`${story(seed, await shrink(draw(seed), outcome))}\n`);
  return 1;
}

async function many(from: number, seeds: number): Promise<number> {
  const began = performance.now();
  const total = emptyTally();
  const hashes = new Map<number, readonly string[]>();
  let next = from;
  const worker = async (): Promise<void> => {
    const child = fork(import.meta.filename, ['--worker', 'yes', ...(values.nodes ? ['--nodes'] : [])]);
    try {
      while (next < from + seeds && total.failed.length < mostFailures) {
        const first = next;
        next = Math.min(next + share, from + seeds);
        const tally = await ask(child, { first, last: next });
        merge(total, tally);
        hashes.set(first, tally.hashes);
        progress(total, seeds);
      }
    } finally {
      child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const inOrder = [...hashes].sort(([a], [b]) => a - b).flatMap(([, some]) => some);
  const problems = [
    ...total.unsteady.map((seed) => `seed ${seed} came out otherwise when it was played again`),
    ...(values.nodes ? vacuousOfNodes(total) : vacuous(total, everyType)),
  ];
  process.stdout.write(`${summary(total, hash('sha256', inOrder.join()).slice(0, 16), (performance.now() - began) / 1000)}\n`);
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  const [failed] = total.failed.toSorted((a, b) => a - b);
  if (failed === undefined) return problems.length === 0 ? 0 : 1;
  process.stdout.write(`\nfailing seeds: ${total.failed.join(', ')}\n\n`);
  return one(failed);
}

function ask(child: ReturnType<typeof fork>, range: { readonly first: number; readonly last: number }): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error(`a worker ended while it played seeds ${range.first} to ${range.last - 1}`));
    child.once('exit', gone);
    // A worker sends nothing but tallies.
    child.once('message', (tally) => {
      child.off('exit', gone);
      resolve(tally as Tally);
    });
    child.send(range);
  });
}

function work(): void {
  let seed = 0;
  process.on('unhandledRejection', (error) => {
    process.stderr.write(`seed ${seed}: nobody handles ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
  process.on('message', (range: { readonly first: number; readonly last: number }) => {
    void (async () => {
      const tally = emptyTally();
      for (seed = range.first; seed < range.last; seed++) await playSeed(seed, tally, draw);
      process.send?.(tally);
    })();
  });
}

async function plants(): Promise<number> {
  let missed = 0;
  for await (const { bug, found } of findPlanted(2000)) {
    if (found === undefined) missed++;
    const where = found === undefined ? 'NOT FOUND' : `seed ${found.seed}, ${found.check}`;
    process.stdout.write(`${where.padEnd(40)} ${bug.name}\n`);
  }
  return missed === 0 ? 0 : 1;
}

function progress({ seeds, failed }: Tally, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${seeds} of ${of} seeds, ${failed.length} failing `);
}

function summary({ seeds, events, runs, faults, failed }: Tally, trace: string, seconds: number): string {
  const list = (of: Readonly<Record<string, number>>): string =>
    Object.entries(of)
      .sort(([, a], [, b]) => b - a)
      .map(([name, number]) => `${number} ${name}`)
      .join(', ');
  return [
    `${process.stderr.isTTY ? '\n' : ''}${seeds} seeds, ${failed.length} failing, in ${seconds.toFixed(1)} s (${Math.round(seeds / seconds)} a second)`,
    `  runs    ${list(runs)}`,
    `  faults  ${list(faults)}`,
    `  events of the worlds ${events}; trace of all ${trace}`,
  ].join('\n');
}
