/** Which feedback counts, and for what (ports/ledger.ts L3, L4). */
import type { FeedbackRecord, InferenceRecord } from '../../ports/ledger.ts';
import type { MemoryData } from './data.ts';
import { sum } from './figures.ts';

export interface Score {
  readonly function: string;
  readonly variant: string;
  readonly metric: string;
  readonly value: number;
  readonly at: number;
  /** Of the feedback, in the order of arrival. */
  readonly place: number;
}

/** A number that counts. */
export interface Given {
  readonly project: string;
  readonly metric: string;
  readonly value: number;
  readonly at: number;
}

/** The feedback that counts, by metric and target. */
export type Latest = ReadonlyMap<string, FeedbackRecord>;

export function isAnswer({ status, parent }: InferenceRecord): boolean {
  return status === 'ok' && parent === undefined;
}

export function latestFeedback(data: MemoryData): Latest {
  const latest = new Map<string, FeedbackRecord>();
  for (const record of data.feedback.values()) {
    const target =
      record.inference === undefined ? episodeKey(record.metric, record.episode) : inferenceKey(record.metric, record.inference);
    if ((latest.get(target)?.at ?? -Infinity) <= record.at) latest.set(target, record);
  }
  return latest;
}

export function given(data: MemoryData): readonly Given[] {
  return [...latestFeedback(data).values()].flatMap(({ project, metric, at, ...record }) => {
    const value = numberOf({ metric, ...record });
    return value === undefined ? [] : [{ project, metric, value, at }];
  });
}

export function scores(data: MemoryData): Score[] {
  const places = new Map([...data.feedback.keys()].map((id, place) => [id, place]));
  const answers = [...data.inferences.values()].filter(isAnswer);
  const byEpisode = Map.groupBy(answers, ({ episode }) => episode);
  return [...latestFeedback(data).values()].flatMap((record) => {
    const value = numberOf(record);
    if (value === undefined) return [];
    const own = record.inference === undefined ? undefined : data.inferences.get(record.inference);
    const meant =
      record.inference === undefined ? (byEpisode.get(record.episode ?? '') ?? []) : own !== undefined && isAnswer(own) ? [own] : [];
    const variants = new Map(meant.map((answer) => [JSON.stringify([answer.function, answer.variant]), answer]));
    const { metric, at, id } = record;
    const place = places.get(id) ?? 0;
    return [...variants.values()].map((answer) => ({ function: answer.function, variant: answer.variant, metric, value, at, place }));
  });
}

/** What was said of an inference goes before what was said of its episode. */
export function valued(latest: Latest, metric: string, { id, episode }: InferenceRecord): number | undefined {
  const feedback = latest.get(inferenceKey(metric, id)) ?? latest.get(episodeKey(metric, episode));
  return feedback === undefined ? undefined : numberOf(feedback);
}

/** What was shown instead of this inference's output. */
export function demonstrated(latest: Latest, { id }: InferenceRecord): string | undefined {
  const feedback = latest.get(inferenceKey('demonstration', id));
  return feedback === undefined ? undefined : JSON.stringify(feedback.value);
}

/** What an inference cost together with those that were made for it. */
export function wholeCosts(data: MemoryData): (record: InferenceRecord) => number {
  const made = Map.groupBy(data.inferences.values(), ({ parent }) => parent);
  return ({ id, cost }) => cost + sum((made.get(id) ?? []).map((record) => record.cost));
}

function numberOf({ metric, value }: Pick<FeedbackRecord, 'metric' | 'value'>): number | undefined {
  if (metric === 'demonstration' || metric === 'comment') return undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : undefined;
}

function inferenceKey(metric: string, id: string): string {
  return JSON.stringify(['inference', metric, id]);
}

function episodeKey(metric: string, episode: string | undefined): string {
  return JSON.stringify(['episode', metric, episode]);
}
