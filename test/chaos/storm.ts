/**
 * The whole of it: servers and nodes, runs and faults, and what came of them.
 *
 * S1. Faults end before judgement begins: from the last of them on, everything has a bounded time to end.
 * S2. The last fault is a loss for good: of the engine with the most runs in hand. Others must hear of it and go on with
 *     them; no process comes that would look anyway.
 * S3. A storm that was none (a kind of fault that did not come, nothing that crossed between nodes) is a failure.
 */
import type { Backend } from '../../src/ports/backend.ts';
import type { Finding } from '../crash/checks.ts';
import { checkEnd } from '../crash/end-checks.ts';
import { gatherFrom, type Evidence } from '../crash/evidence.ts';
import { check } from './checks.ts';
import { Driver } from './driver.ts';
import { planned, type Planned } from './faults.ts';
import { Log } from './log.ts';
import { openVisitor } from './open.ts';
import { Provider } from './provider.ts';
import { isParked, parkedId, runOf, workflows } from './scenarios.ts';
import { Stage } from './stage.ts';
import { storyOf } from './story.ts';
import { tallyOf, vacuous, type Tally } from './tally.ts';

export interface StormOptions {
  /** For how long things go wrong, in milliseconds. */
  readonly time: number;
  readonly runs: number;
  readonly seed: number;
  readonly engines: number;
  readonly workers: number;
  readonly plant?: string;
  /** Says what happens while it happens. */
  readonly aloud?: boolean;
}

export interface StormReport {
  readonly options: StormOptions;
  readonly findings: readonly Finding[];
  readonly tally: Tally;
  readonly stories: readonly string[];
  readonly milliseconds: number;
}

/** How long a node may be silent before others go on with its runs. */
const lease = 2000;
/** After the last fault and the last start, everything must have ended within so long. */
const bound = 60_000;
const lookEvery = 200;
/** Of how many runs with findings the story is told. */
const told = 3;

export async function storm(options: StormOptions): Promise<StormReport> {
  const began = Date.now();
  const log = new Log(options.aloud === true);
  const provider = new Provider(options.seed);
  const deaths: Finding[] = [];
  const died = (node: string, text: string): void => void deaths.push({ check: 'no node dies by itself', text: `${node}: ${text}` });
  const { engines, workers, seed, plant } = options;
  const stage = await Stage.set({ engines, workers, lease, seed, plant, died }, provider, log);
  try {
    await stage.open();
    if (deaths.length > 0) throw new Error(`no node could be opened:\n${deaths[0]?.text}`);
    const { faults, late } = await play(stage, provider, log, options);
    await closeAll(stage);
    const visitor = await openVisitor({
      name: 'judge',
      postgres: stage.postgres.url,
      redis: stage.redis.url,
      blobs: stage.blobs,
      lease,
    });
    try {
      return await judge({ stage, provider, log, visitor, faults, options, began, found: [...deaths, ...late] });
    } finally {
      await visitor.close();
    }
  } finally {
    await stage.clear();
  }
}

interface Played {
  readonly faults: readonly Planned[];
  readonly late: readonly Finding[];
}

async function play(stage: Stage, provider: Provider, log: Log, { time, runs, seed }: StormOptions): Promise<Played> {
  const driver = new Driver(stage, provider, log, seed);
  const attending = driver.attend();
  const faults = planned(stage.ids, lease, time, seed);
  const striking = Promise.all(
    faults.map(async ({ at, fault }) => {
      await sleep(at);
      await stage.strike(fault);
    }),
  );
  const starting = driver.startAll(runs, time);
  // Whatever ends the storm before its time says more than that nothing was started any more.
  starting.catch(() => undefined);
  try {
    await striking;
    await stage.mend();
    await stage.lose(await busiest(stage));
    log.add('the last fault is over');
    const late: Finding[] = [];
    if (!(await within(starting)))
      late.push({ check: 'every run is accepted', text: `${driver.started.size} of ${runs} were, ${refusalsOf(driver)}` });
    late.push(...(await waits(stage, ({ workflow }) => workflow !== 'parked')));
    late.push(...(await notWaiting(stage, driver)));
    await within(driver.release());
    // Those that are late already are late for the same reason.
    if (late.length === 0) late.push(...(await waits(stage, () => true)));
    log.add(`all is still; ${refusalsOf(driver)}`);
    return { faults, late };
  } finally {
    driver.end();
    await attending;
    await starting.catch(() => undefined);
  }
}

/** After an outage of Postgres that was longer than their lease, nodes have to be heard of first. */
async function busiest({ witness }: Stage): Promise<string> {
  for (const until = Date.now() + bound; Date.now() < until; await sleep(lookEvery)) {
    const engine = await witness.busiest();
    if (engine !== undefined) return engine;
  }
  throw new Error(`${bound / 1000} seconds after the last fault no engine is there`);
}

const refusalsOf = ({ refusals }: Driver): string =>
  refusals.size === 0 ? 'nobody was refused' : `refused: ${[...refusals].map(([code, times]) => `${times} × ${code}`).join(', ')}`;

async function within(work: Promise<unknown>): Promise<boolean> {
  const timer = Promise.withResolvers<false>();
  const clock = setTimeout(() => timer.resolve(false), bound);
  const done = await Promise.race([work.then(() => true as const), timer.promise]);
  clearTimeout(clock);
  return done;
}

/** S1: runs that should have ended and have not. */
async function waits(stage: Stage, which: (live: { readonly workflow: string }) => boolean): Promise<readonly Finding[]> {
  const until = Date.now() + bound;
  for (;;) {
    const left = (await stage.witness.live()).filter(which);
    if (left.length === 0) return [];
    if (Date.now() > until)
      return left.map(({ run, status }) => ({
        check: 'every run ends, or says what it waits for',
        run,
        text: `it is still ${status}, ${bound / 1000} seconds after the last fault and the last start`,
      }));
    await sleep(lookEvery);
  }
}

/** Those that nobody has sent their signal yet. */
async function notWaiting(stage: Stage, driver: Driver): Promise<readonly Finding[]> {
  const live = new Map((await stage.witness.live()).map(({ run, status }) => [run, status]));
  const parkedRuns = [...driver.started].filter(isParked).map(parkedId);
  return parkedRuns
    .filter((run) => live.get(run) !== 'waiting')
    .map((run) => ({
      check: 'every run ends, or says what it waits for',
      run,
      text: `it should be waiting, and is ${live.get(run) ?? 'gone'}`,
    }));
}

/** Everybody leaves in order, so that judgement meets a store at rest. */
async function closeAll(stage: Stage): Promise<void> {
  await Promise.all([...stage.nodes.values()].map((node) => node.retire()));
}

interface Judged {
  readonly stage: Stage;
  readonly provider: Provider;
  readonly log: Log;
  readonly visitor: Backend;
  readonly faults: readonly Planned[];
  readonly options: StormOptions;
  readonly began: number;
  readonly found: readonly Finding[];
}

async function judge({ stage, provider, log, visitor, faults, options, began, found }: Judged): Promise<StormReport> {
  const sent = provider.lines.flatMap((line) => (line.is === 'sent' ? [line.message] : []));
  const evidence: Evidence = await gatherFrom(visitor, workflows, { before: undefined, sent });
  const written = await stage.witness.written();
  const runs = Array.from({ length: options.runs }, (_, number) => number).flatMap((number) => (isParked(number) ? [] : [runOf(number)]));
  const tally = await tallyOf({ stage, provider, evidence, written, faults });
  const findings = [
    ...found,
    ...check({ evidence, provider, written }),
    ...(await checkEnd({ evidence, lines: provider.lines, backend: visitor, runs })),
    ...vacuous(tally, options),
  ];
  const sources = { evidence, written, lines: provider.lines, log: log.entries, names: stage.names };
  const named = new Set(findings.flatMap(({ run }) => (run !== undefined && evidence.stories.has(run) ? [run] : [])));
  const stories = [...named].slice(0, told).flatMap((run) => ['', ...storyOf(run, sources)]);
  return { options, findings, tally, stories, milliseconds: Date.now() - began };
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
