/** From measurements to lines: medians of the figures, and ratios within each repeat. */
import type { Told } from './child.ts';
import type { Contender } from './engines.ts';
import type { Engine } from './engine.ts';
import { median } from './measure.ts';
import type { Figure, Figures } from './workloads.ts';

export type Line = {
  readonly w: string;
  readonly engine: string;
  /** How often it was measured. */
  readonly repeats: number;
  readonly cannot?: string;
  readonly durability?: Engine['durability'];
  readonly note?: string;
  /** Ours to this one's, in work per second: above 1 we are faster. */
  readonly continuo_times?: number;
} & Figures;

/** Of one workload: what each engine told, repeat by repeat. The first is ours. */
export function linesOf(w: string, told: ReadonlyMap<Contender, readonly Told[]>): readonly Line[] {
  const [ours = []] = told.values();
  return [...told].map(([{ name: engine, note: remark }, measured]) => {
    const note = remark === undefined ? {} : { note: remark };
    const good = measured.flatMap((one) => ('figures' in one ? [one] : []));
    const [first] = good;
    if (first === undefined || good.length < measured.length) {
      const why = measured.flatMap((one) => ('cannot' in one ? [one.cannot] : []))[0] ?? 'not measured';
      return { w, engine, repeats: measured.length, cannot: why, ...note };
    }
    const ratios = measured.flatMap((one, repeat) => ratioOf(ours[repeat], one));
    return {
      w,
      engine,
      repeats: good.length,
      ...medians(good.map(({ figures }) => figures)),
      ...(measured === ours || ratios.length === 0 ? {} : { continuo_times: rounded(median(ratios)) }),
      durability: first.durability,
      ...note,
    };
  });
}

function ratioOf(ours: Told | undefined, theirs: Told): readonly number[] {
  if (ours === undefined || !('figures' in ours && 'figures' in theirs)) return [];
  const rate = (figures: Figures): number => figures.steps_s ?? figures.runs_s ?? Number.NaN;
  return [rate(ours.figures) / rate(theirs.figures)];
}

function medians(all: readonly Figures[]): Figures {
  // The keys of Figures are figures.
  const names = Object.keys(all[0] ?? {}) as Figure[];
  return Object.fromEntries(names.map((name) => [name, rounded(median(all.map((figures) => figures[name] ?? Number.NaN)))]));
}

/** Four digits are more than any of it is worth. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}
