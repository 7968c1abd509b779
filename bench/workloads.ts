/** The work that is measured. The same for every engine. */
import type { Can, Engine, Payload } from './engine.ts';
import { inFlight, median, milliseconds, percentile, restingBytes, spent } from './measure.ts';

/** What one workload gives. Figures that make no sense for it are absent. */
export type Figure =
  | 'steps_s'
  | 'runs_s'
  | 'ms_step'
  | 'p50_ms'
  | 'p99_ms'
  | 'status_p50_ms'
  | 'status_p99_ms'
  | 'rss_mb'
  | 'rss_run_bytes'
  | 'cpu_s'
  | 'cpu_ms_step'
  | 'db_bytes'
  | 'db_run_bytes'
  | 'payload_bytes';
export type Figures = Readonly<Partial<Record<Figure, number>>>;

export interface Workload {
  readonly title: string;
  /** The part of the engine that it needs. */
  readonly needs: 'five' | 'fan' | 'chain' | 'park';
  /** Not counted, and in a store of its own. */
  readonly warmUp: (engine: Engine) => Promise<void>;
  readonly measure: (engine: Engine) => Promise<Figures>;
  /** How many runs lie in the store afterwards, where the bytes of one are asked for. */
  readonly parked?: number;
}

const width = 100;

export function workloadNamed(name: string): Workload | undefined {
  return workloads[name] ?? growing(name);
}

/** `chain-300` and `fan-300`: points of a curve, for any number. */
function growing(name: string): Workload | undefined {
  const [, kind, digits] = /^(chain|fan)-(\d+)$/.exec(name) ?? [];
  const size = Number(digits);
  // About as many steps for each point, so that the small ones are not one glance.
  const times = Math.max(3, Math.round(3000 / size));
  return kind === 'chain' ? chain(size, times) : kind === 'fan' ? wide(size, times) : undefined;
}

export const workloads: Readonly<Record<string, Workload>> = {
  w1: fiveSteps('1,000 runs of five steps, 100 in flight', 1000, width, ''),
  'w1-1k': fiveSteps('the same with 1 KB passed from step to step', 1000, width, 'x'.repeat(1000)),
  w2: fans(20, 100),
  w3: fiveSteps('200 runs of five steps, one at a time', 200, 1, ''),
  'w4-50': chain(50, 40),
  'w4-200': chain(200, 10),
  'w4-1000': chain(1000, 3),
  'w4-10000': chain(10_000, 3),
  w5: parked(10_000, 2000),
};

export function isMissing<F>(can: Can<F>): can is string {
  return typeof can === 'string';
}

/** `needs` has been looked at before anything is measured. */
function able<F>(can: Can<F>): F {
  if (isMissing(can)) throw new Error(can);
  return can;
}

function fiveSteps(title: string, runs: number, atATime: number, text: string): Workload {
  // Six digits always, so that every run has the same number of bytes.
  const payload = (place: number): Payload => ({ n: 100_000 + place, text });
  return {
    title,
    needs: 'five',
    warmUp: async (engine) => {
      const five = able(engine.five);
      await briefly(async (round) => void (await inFlight(atATime, atATime, () => five(payload(round)))));
    },
    measure: async (engine) => {
      const five = able(engine.five);
      const times: number[] = [];
      const { seconds, cpuSeconds } = await spent(() =>
        enough(async () => void times.push(...(await inFlight(atATime, runs, (place) => five(payload(place)))))),
      );
      const steps = times.length * 5;
      return {
        steps_s: steps / seconds,
        runs_s: times.length / seconds,
        p50_ms: percentile(times, 0.5),
        p99_ms: percentile(times, 0.99),
        cpu_s: cpuSeconds,
        cpu_ms_step: (cpuSeconds * 1000) / steps,
        payload_bytes: steps * 2 * bytes(payload(0)),
      };
    },
  };
}

function fans(runs: number, items: number): Workload {
  return {
    title: `${runs} runs of 1 → ${items} → 1, all in flight`,
    needs: 'fan',
    warmUp: async (engine) => {
      const fan = able(engine.fan);
      await briefly(() => fan(items));
    },
    measure: async (engine) => {
      const fan = able(engine.fan);
      const times: number[] = [];
      const { seconds, cpuSeconds } = await spent(() =>
        enough(async () => void times.push(...(await inFlight(runs, runs, () => fan(items))))),
      );
      const steps = times.length * (items + 2);
      return {
        steps_s: steps / seconds,
        runs_s: times.length / seconds,
        p50_ms: percentile(times, 0.5),
        p99_ms: percentile(times, 0.99),
        cpu_s: cpuSeconds,
        cpu_ms_step: (cpuSeconds * 1000) / steps,
      };
    },
  };
}

function chain(steps: number, times: number): Workload {
  return {
    title: `one run of ${steps.toLocaleString('en')} steps in a row`,
    needs: 'chain',
    warmUp: async (engine) => {
      const start = await able(engine.chain)(50);
      await briefly(() => start());
    },
    measure: async (engine) => {
      const start = await able(engine.chain)(steps);
      const taken: number[] = [];
      const { cpuSeconds } = await spent(async () => {
        for (let time = 0; time < times; time++) taken.push(await milliseconds(start));
      });
      const each = median(taken);
      return {
        steps_s: (steps * 1000) / each,
        ms_step: each / steps,
        cpu_s: cpuSeconds,
        cpu_ms_step: (cpuSeconds * 1000) / (steps * times),
      };
    },
  };
}

function wide(items: number, times: number): Workload {
  return {
    title: `one run of 1 → ${items.toLocaleString('en')} → 1`,
    needs: 'fan',
    warmUp: async (engine) => {
      const fan = able(engine.fan);
      await briefly(() => fan(100));
    },
    measure: async (engine) => {
      const fan = able(engine.fan);
      let taken: readonly number[] = [];
      const { cpuSeconds } = await spent(async () => {
        taken = await inFlight(1, times, () => fan(items));
      });
      return { ms_step: median(taken) / items, cpu_ms_step: (cpuSeconds * 1000) / (items * times) };
    },
  };
}

function parked(runs: number, queries: number): Workload {
  return {
    title: `${runs.toLocaleString('en')} runs parked for an hour, then ${queries.toLocaleString('en')} status queries`,
    needs: 'park',
    parked: runs,
    warmUp: async (engine) => {
      const park = able(engine.park);
      const status = able(engine.status);
      await briefly(async () => {
        const ids: string[] = [];
        await inFlight(width, width, async () => void ids.push(await park()));
        for (const id of ids) await status(id);
      });
    },
    measure: async (engine) => {
      const park = able(engine.park);
      const status = able(engine.status);
      const ids: string[] = [];
      const before = restingBytes();
      const { seconds, cpuSeconds } = await spent(async () => void (await inFlight(width, runs, async () => void ids.push(await park()))));
      const after = restingBytes();
      const asked = await inFlight(1, queries, () => status(ids[Math.floor(Math.random() * ids.length)] ?? ''));
      return {
        runs_s: runs / seconds,
        status_p50_ms: percentile(asked, 0.5),
        status_p99_ms: percentile(asked, 0.99),
        rss_run_bytes: (after - before) / runs,
        cpu_s: cpuSeconds,
      };
    },
  };
}

/** For a second, and three times at least, so that slow engines do not warm up for minutes. */
async function briefly(work: (round: number) => Promise<void>): Promise<void> {
  const until = performance.now() + 1000;
  for (let round = 0; round < 3 || performance.now() < until; round++) await work(round);
}

/** Once, and again until a second is over: less than that tells little of an engine that is quick. */
async function enough(work: () => Promise<void>): Promise<void> {
  const until = performance.now() + 1000;
  do await work();
  while (performance.now() < until);
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
