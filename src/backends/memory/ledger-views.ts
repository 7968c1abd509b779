/** The views of the ledger. Days are UTC's. */
import type { InferenceRecord, LedgerView } from '../../ports/ledger.ts';
import { alerts } from './alerts.ts';
import type { MemoryData } from './data.ts';
import { compare, mean, sum } from './figures.ts';
import { given, isAnswer, scores, wholeCosts } from './scores.ts';

export type ViewRow = Readonly<Record<string, string | number | null>>;

const day = 86_400_000;

export function view(data: MemoryData, name: LedgerView, now: number): readonly ViewRow[] {
  switch (name) {
    case 'quality_per_day':
      return qualityPerDay(data);
    case 'variant_quality':
      return variantQuality(data);
    case 'component_cost':
      return componentCost(data);
    case 'alerts':
      return alerts(data, now);
  }
}

/** `change` is in parts of the mean of the 7 days before: 0.1 is a tenth more. */
function qualityPerDay(data: MemoryData): readonly ViewRow[] {
  const values = given(data).map((one) => ({ ...one, day: Math.floor(one.at / day) }));
  const groups = grouped(values, (one) => [one.day, one.project, one.metric]);
  const rows = groups.map((group) => {
    const { project, metric, day: number } = group[0];
    const before = values.filter((one) => one.project === project && one.metric === metric && one.day < number && one.day >= number - 7);
    const now = mean(group.map(({ value }) => value)) ?? 0;
    const then = mean(before.map(({ value }) => value)) ?? 0;
    return {
      number,
      row: { day: dateOf(number), project, metric, n: group.length, mean: now, change: then === 0 ? null : (now - then) / Math.abs(then) },
    };
  });
  return rows
    .sort((a, b) => b.number - a.number || compare(a.row.project, b.row.project) || compare(a.row.metric, b.row.metric))
    .map(({ row }) => row);
}

/** `cost` is that of one answer: with what was made for it, and with the failures on the way to it. */
function variantQuality(data: MemoryData): readonly ViewRow[] {
  const costs = wholeCosts(data);
  const whole = [...data.inferences.values()].filter(({ parent }) => parent === undefined);
  return grouped(scores(data), (score) => [score.function, score.variant, score.metric])
    .map((group) => {
      const { function: fn, variant, metric } = group[0];
      const own = whole.filter((record) => record.function === fn && record.variant === variant);
      const answers = own.filter(isAnswer);
      const quality = mean(group.map(({ value }) => value)) ?? 0;
      const cost = sum(own.map(costs)) / answers.length;
      const latency = mean(answers.map((record) => record.latency)) ?? null;
      return {
        function: fn,
        variant,
        metric,
        n: group.length,
        mean: quality,
        cost,
        mean_latency: latency,
        quality_per_dollar: cost === 0 ? null : quality / cost,
      };
    })
    .sort((a, b) => compare(a.function, b.function) || compare(a.metric, b.metric) || compare(a.variant, b.variant));
}

function componentCost(data: MemoryData): readonly ViewRow[] {
  const dayOf = ({ at }: InferenceRecord): number => Math.floor(at / day);
  return grouped([...data.inferences.values()], (record) => [dayOf(record), record.project, record.function, record.step ?? null])
    .map((group) => {
      const { project, function: fn, step } = group[0];
      return {
        number: dayOf(group[0]),
        row: {
          day: dateOf(dayOf(group[0])),
          project,
          function: fn,
          step: step ?? null,
          inferences: group.length,
          input_tokens: sum(group.map(({ inputTokens }) => inputTokens)),
          output_tokens: sum(group.map(({ outputTokens }) => outputTokens)),
          cost: sum(group.map(({ cost }) => cost)),
        },
      };
    })
    .sort(
      (a, b) =>
        b.number - a.number ||
        compare(a.row.project, b.row.project) ||
        compare(a.row.function, b.row.function) ||
        compare(a.row.step, b.row.step),
    )
    .map(({ row }) => row);
}

/** Those that agree in the key, each group with at least one. */
function grouped<T>(values: readonly T[], key: (value: T) => readonly (string | number | null)[]): (readonly [T, ...T[]])[] {
  // A group is there because of its first value.
  return [...Map.groupBy(values, (value) => JSON.stringify(key(value))).values()] as unknown as [T, ...T[]][];
}

function dateOf(number: number): string {
  return new Date(number * day).toISOString().slice(0, 10);
}
