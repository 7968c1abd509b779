/**
 * A store with many runs in it: what a start, a look and a list cost there, and how long
 * the next process takes to go on after this one was killed.
 *
 * `fill <dir> <runs>` measures, then holds runs in hand until it is killed;
 * `recover <dir>` is the next process.
 */
import { agent, Orchestrator, workflow } from '../../src/index.ts';
import { inFlight, milliseconds, percentile } from '../measure.ts';

export interface StoredFigures {
  readonly start_ms: number;
  readonly status_ms: number;
  readonly list_ms: number;
}
export interface RecoveryFigures {
  readonly recovery_ms: number;
}

/** Attempts that are being made at the kill. */
const inHand = 100;

let taken = 0;
let allTaken: () => void = () => undefined;
const full = new Promise<void>((resolve) => (allTaken = resolve));

const echo = agent({ id: 'echo', run: (value: { readonly n: number }) => value });
const stuck = agent({
  id: 'stuck',
  run: () => {
    if (++taken === inHand) allTaken();
    return new Promise<never>(() => undefined);
  },
});

const short = workflow<{ readonly n: number }>('short')
  .step('only', echo, ({ input }) => input)
  .output(({ only }) => only);
const parked = workflow<null>('parked').wait('hour', { duration: '1h' }).build();
const hanging = workflow<null>('hanging')
  .step('only', stuck, () => null)
  .build();

const open = (dir: string): Promise<Orchestrator> => Orchestrator.open({ dir, agents: [echo, stuck], workflows: [short, parked, hanging] });

async function fill(dir: string, runs: number): Promise<StoredFigures> {
  const orchestrator = await open(dir);
  const ids: string[] = [];
  await inFlight(100, runs, async (n) => {
    const run = n % 10 === 0 ? await orchestrator.start(parked, null) : await orchestrator.start(short, { n });
    if (n % 10 !== 0) await run.result();
    ids.push(run.id);
  });
  const typical = async (times: number, work: () => Promise<unknown>): Promise<number> =>
    percentile(await inFlight(1, times, async () => void (await work())), 0.5);
  const figures = {
    start_ms: await typical(500, () => orchestrator.start(parked, null)),
    status_ms: await typical(500, () => orchestrator.get(ids[Math.floor(Math.random() * ids.length)] ?? '')),
    list_ms: await typical(200, () => orchestrator.list({ status: ['waiting'], limit: 50 })),
  };
  await orchestrator.startAll(
    hanging,
    Array.from({ length: inHand }, () => null),
  );
  await full;
  return figures;
}

async function recover(dir: string): Promise<RecoveryFigures> {
  const recovery_ms = await milliseconds(async () => {
    await open(dir);
    await full;
  });
  return { recovery_ms };
}

// Nobody is left to tell.
process.once('disconnect', () => process.exit(1));

const [deed, dir = '', runs] = process.argv.slice(2);
process.send?.(deed === 'fill' ? await fill(dir, Number(runs)) : await recover(dir));
// Whoever started this kills it: that is what is being looked at.
setInterval(() => undefined, 1000);
