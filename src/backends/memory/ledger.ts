/**
 * L1. `write` copies everything first and keeps it then, without a pause in between: it
 *     is there whole or not at all.
 */
import type {
  CachedAnswer,
  Example,
  ExampleQuery,
  FeedbackRecord,
  InferenceQuery,
  InferenceRecord,
  Ledger,
  LedgerEntry,
  LedgerView,
  Observation,
  VariantUse,
} from '../../ports/ledger.ts';
import { pair } from './data.ts';
import type { MemoryData } from './data.ts';
import { compare, mean, sum } from './figures.ts';
import { view } from './ledger-views.ts';
import { demonstrated, isAnswer, latestFeedback, scores, valued, wholeCosts } from './scores.ts';

export class MemoryLedger implements Ledger {
  readonly #data: MemoryData;
  readonly #mustBeOpen: () => void;

  constructor(data: MemoryData, mustBeOpen: () => void) {
    this.#data = data;
    this.#mustBeOpen = mustBeOpen;
  }

  async write(entries: readonly LedgerEntry[]): Promise<void> {
    this.#mustBeOpen();
    // The text is an entry's.
    const copies = entries.map((entry) => JSON.parse(JSON.stringify(entry)) as LedgerEntry);
    for (const { is, record } of copies) {
      if (is === 'inference') keep(this.#data.inferences, record);
      else if (is === 'feedback') keep(this.#data.feedback, record);
      else this.#keepAnswer(record);
    }
  }

  async inference(id: string): Promise<InferenceRecord | undefined> {
    return structuredClone(this.#data.inferences.get(id));
  }

  async inferences(query: InferenceQuery): Promise<readonly InferenceRecord[]> {
    const found = [...this.#data.inferences.values()].filter((record) => fits(record, query));
    return structuredClone(newestFirst(found).slice(0, query.limit ?? 100));
  }

  async feedback(of: { readonly inference?: string; readonly episode?: string }): Promise<readonly FeedbackRecord[]> {
    const { inference, episode } = of;
    const found = [...this.#data.feedback.values()].filter(
      (record) => (inference !== undefined && record.inference === inference) || (episode !== undefined && record.episode === episode),
    );
    return structuredClone(found.sort((a, b) => a.at - b.at));
  }

  async observations(fn: string, metric: string, since = 0): Promise<readonly Observation[]> {
    return scores(this.#data)
      .filter((score) => score.function === fn && score.metric === metric && score.at >= since)
      .sort((a, b) => a.at - b.at || a.place - b.place || compare(a.variant, b.variant))
      .map(({ variant, value, at }) => ({ variant, value, at }));
  }

  async uses(fn: string, since = 0): Promise<readonly VariantUse[]> {
    const own = [...this.#data.inferences.values()].filter((i) => i.function === fn && i.at >= since && i.parent === undefined);
    const costs = wholeCosts(this.#data);
    return [...Map.groupBy(own, (record) => record.variant)]
      .map(([variant, records]) => useOf(variant, records, costs))
      .sort((a, b) => compare(a.variant, b.variant));
  }

  async examples({ project, function: fn, metric, best, limit }: ExampleQuery): Promise<readonly Example[]> {
    const latest = latestFeedback(this.#data);
    const examples = [...this.#data.inferences.values()].flatMap((record): Example[] => {
      const { id, input, at } = record;
      if (record.project !== project || record.function !== fn || record.parent !== undefined || input === undefined) return [];
      if (metric === 'demonstration') {
        const output = demonstrated(latest, record);
        return output === undefined ? [] : [{ inference: id, input, output, value: 1, at }];
      }
      const value = isAnswer(record) ? valued(latest, metric, record) : undefined;
      return value === undefined || record.output === undefined ? [] : [{ inference: id, input, output: record.output, value, at }];
    });
    const sign = best === 'max' ? -1 : 1;
    // Stable, so that of equal values the newest stays first.
    return newestFirst(examples)
      .sort((a, b) => sign * (a.value - b.value))
      .slice(0, limit);
  }

  async assigned(episode: string, fn: string): Promise<string | undefined> {
    const answers = [...this.#data.inferences.values()].filter((i) => i.episode === episode && i.function === fn && isAnswer(i));
    return answers.sort((a, b) => a.at - b.at)[0]?.variant;
  }

  async answer(project: string, key: string, now: number): Promise<string | undefined> {
    const found = this.#data.answers.get(pair(project, key));
    return found !== undefined && found.expiresAt > now ? found.answer : undefined;
  }

  async view(name: LedgerView, now: number): Promise<readonly Readonly<Record<string, string | number | null>>[]> {
    return view(this.#data, name, now);
  }

  #keepAnswer(record: CachedAnswer): void {
    const key = pair(record.project, record.key);
    const before = this.#data.answers.get(key);
    if (before === undefined || before.expiresAt <= record.at) this.#data.answers.set(key, record);
    for (const [other, { expiresAt }] of this.#data.answers) if (expiresAt <= record.at) this.#data.answers.delete(other);
  }
}

function keep<T extends { readonly id: string }>(records: Map<string, T>, record: T): void {
  if (!records.has(record.id)) records.set(record.id, record);
}

function fits(record: InferenceRecord, query: InferenceQuery): boolean {
  const same = (['project', 'function', 'variant', 'run', 'episode', 'status'] as const).every(
    (key) => query[key] === undefined || record[key] === query[key],
  );
  return same && (query.topLevel !== true || record.parent === undefined) && record.at >= (query.from ?? 0);
}

/** Of those of one instant, the last that came is the newest. */
function newestFirst<T extends { readonly at: number }>(inOrderOfArrival: readonly T[]): T[] {
  return inOrderOfArrival.toReversed().sort((a, b) => b.at - a.at);
}

function useOf(variant: string, records: readonly InferenceRecord[], costs: (record: InferenceRecord) => number): VariantUse {
  const latencies = records.filter(isAnswer).map(({ latency }) => latency);
  const rank = Math.ceil(latencies.length * 0.95);
  return {
    variant,
    inferences: records.length,
    failures: records.filter(({ status }) => status === 'failed').length,
    cost: sum(records.map(costs)),
    meanLatency: mean(latencies) ?? 0,
    p95Latency: latencies.sort((a, b) => a - b)[rank - 1] ?? 0,
    fromRules: records.filter(({ source }) => source === 'rules').length,
    fromCache: records.filter(({ source }) => source === 'cache').length,
  };
}
