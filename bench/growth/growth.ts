/** How figures grow: as data and as pictures, in `bench/results/`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from '../engines.ts';
import { median } from '../measure.ts';
import { heard, inDirectory, measurement, type Where } from '../measurement.ts';
import type { Figures } from '../workloads.ts';
import { svgOf, type Series } from './chart.ts';
import { planFigures, type PlanFigures } from './plans.ts';
import type { RecoveryFigures, StoredFigures } from './stored.ts';

export interface GrowthOptions extends Where {
  readonly engines: readonly Contender[];
  readonly repeat: number;
}

type Figure = 'ms' | 'cpu_ms' | keyof PlanFigures | keyof StoredFigures | keyof RecoveryFigures;
type Point = {
  readonly growth: 'plan' | 'chain' | 'fan' | 'stored';
  readonly engine: string;
  readonly n: number;
  readonly cannot?: string;
} & Readonly<Partial<Record<Figure, number>>>;
type Tell = (point: Point) => void;

const results = join(import.meta.dirname, '../results');
const storedScript = join(import.meta.dirname, 'stored.ts');
const sizes = [10, 30, 100, 300, 1000, 3000, 10_000];
const storedRuns = [1000, 3000, 10_000, 30_000, 100_000];

export async function growth(options: GrowthOptions, note: string): Promise<void> {
  const points: Point[] = [];
  const tell = (point: Point): void => {
    process.stdout.write(`${JSON.stringify(point)}\n`);
    points.push(point);
  };
  for (const n of sizes) tell({ growth: 'plan', engine: 'continuo', n, ...planFigures(n) });
  await curve('chain', options, tell);
  await curve('fan', options, tell);
  await stores(options, tell);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'growth.jsonl'), points.map((point) => `${JSON.stringify(point)}\n`).join(''));
  draw(points, note);
}

/** A line for each engine, as far as it gets within the limit. */
async function curve(kind: 'chain' | 'fan', options: GrowthOptions, tell: Tell): Promise<void> {
  // The bare loop has neither.
  const engines = options.engines.filter(({ name }) => name !== 'bare');
  const gaveUp = new Map<Contender, { readonly at: number; readonly why: string }>();
  const all = await rounds(options.repeat, sizes, async (n) => {
    const taken = new Map<Contender, Figures>();
    for (const engine of engines) {
      if (n >= (gaveUp.get(engine)?.at ?? Infinity)) continue;
      const told = await measurement(engine, `${kind}-${n}`, options);
      if ('cannot' in told) gaveUp.set(engine, { at: n, why: told.cannot });
      else taken.set(engine, told.figures);
    }
    return taken;
  });
  for (const [n, measured] of all) {
    for (const engine of engines) {
      const { at = Infinity, why = '' } = gaveUp.get(engine) ?? {};
      if (n > at) continue;
      if (n === at) tell({ growth: kind, engine: engine.name, n, cannot: why });
      else {
        const figures = measured.flatMap((taken) => taken.get(engine) ?? []);
        const ms = typical(figures.map((one) => one.ms_step ?? Number.NaN));
        const cpu_ms = typical(figures.map((one) => one.cpu_ms_step ?? Number.NaN));
        tell({ growth: kind, engine: engine.name, n, ms, cpu_ms });
      }
    }
  }
}

async function stores(options: GrowthOptions, tell: Tell): Promise<void> {
  const all = await rounds(options.repeat, storedRuns, (n) =>
    inDirectory(options.dir, async (own) => {
      const said = async (...words: readonly string[]): Promise<unknown> => {
        const one = await heard(storedScript, words, options.limitSeconds, 'kill it');
        if (typeof one === 'string') throw new Error(`a store of ${n} runs: ${one}`);
        return one.message;
      };
      // Only stored.ts is at the other end, and this is what it sends.
      const filled = (await said('fill', own, String(n))) as StoredFigures;
      return { ...filled, ...((await said('recover', own)) as RecoveryFigures) };
    }),
  );
  for (const [n, measured] of all) {
    tell({
      growth: 'stored',
      engine: 'continuo',
      n,
      start_ms: typical(measured.map((one) => one.start_ms)),
      status_ms: typical(measured.map((one) => one.status_ms)),
      list_ms: typical(measured.map((one) => one.list_ms)),
      recovery_ms: typical(measured.map((one) => one.recovery_ms)),
    });
  }
}

/** Whole curves in turn: a machine that is busy for a minute bends one of them, and not the end of each. */
async function rounds<T>(
  repeat: number,
  all: readonly number[],
  measure: (n: number) => Promise<T>,
): Promise<ReadonlyMap<number, readonly T[]>> {
  const found = new Map<number, T[]>(all.map((n) => [n, []]));
  for (let round = 1; round <= repeat; round++) {
    for (const [n, before] of found) {
      process.stderr.write(`${n.toLocaleString('en')}  ${round}/${repeat}\n`);
      before.push(await measure(n));
    }
  }
  return found;
}

function typical(values: readonly number[]): number {
  return Number(median(values).toPrecision(3));
}

function draw(points: readonly Point[], note: string): void {
  const stored = points.filter((point) => point.growth === 'stored');
  picture('steps', {
    title: `Continuo: a step in a run of ${firstAndLast(seriesOf(points, 'chain', 'continuo', 'ms'))}`,
    x: 'steps in the run, one after another',
    y: 'ms a step',
    lines: enginesIn(points, 'chain').map((name) => seriesOf(points, 'chain', name, 'ms')),
    note,
  });
  picture('width', {
    title: `Continuo: an item in a map of ${firstAndLast(seriesOf(points, 'fan', 'continuo', 'ms'))}`,
    x: 'items in the map',
    y: 'ms an item',
    lines: enginesIn(points, 'fan').map((name) => seriesOf(points, 'fan', name, 'ms')),
    note,
  });
  const lines = (['recovery_ms', 'start_ms', 'list_ms', 'status_ms'] as const).map((figure) =>
    seriesOf(stored, 'stored', 'continuo', figure),
  );
  const [recovery = '', start = '', , status = ''] = lines.map(ofTheFirst);
  picture('stored', {
    title: `${shown(storedRuns[0])} → ${shown(storedRuns.at(-1))} runs in the store: start ×${start}, status ×${status}, recovery ×${recovery}`,
    x: 'runs in the store, a tenth of them parked',
    y: 'ms',
    lines: lines.map((line, place) => ({ ...line, name: ['recovery', 'start', 'list of 50', 'status'][place] ?? '' })),
    note,
  });
}

function picture(name: string, chart: Parameters<typeof svgOf>[0]): void {
  writeFileSync(join(results, `${name}.svg`), svgOf(chart));
}

function enginesIn(points: readonly Point[], kind: Point['growth']): readonly string[] {
  return [...new Set(points.filter((point) => point.growth === kind && point.ms !== undefined).map(({ engine }) => engine))];
}

function seriesOf(points: readonly Point[], kind: Point['growth'], engine: string, figure: Figure): Series {
  const own = points.filter((point) => point.growth === kind && point.engine === engine);
  return { name: engine, points: own.flatMap(({ n, [figure]: value }) => (value === undefined ? [] : [[n, value] as const])) };
}

function firstAndLast(series: Series): string {
  const [first, last] = [series.points[0]?.[0], series.points.at(-1)?.[0]];
  return `${shown(last)} takes ${ofTheFirst(series)} times as long as in one of ${shown(first)}`;
}

function shown(value = Number.NaN): string {
  return value.toLocaleString('en');
}

/** How many times the first value the last one is. */
function ofTheFirst({ points }: Series): string {
  const ratio = (points.at(-1)?.[1] ?? Number.NaN) / (points[0]?.[1] ?? Number.NaN);
  return String(Number(ratio.toPrecision(2)));
}
