/** Entries of the ledger for the tests beside this file. */
import assert from 'node:assert/strict';
import type { Json } from '../../../core/data/json.ts';
import type { FeedbackRecord, InferenceRecord, Ledger, LedgerEntry } from '../../../ports/ledger.ts';

export type InferenceEntry = Extract<LedgerEntry, { is: 'inference' }>;
export type FeedbackEntry = Extract<LedgerEntry, { is: 'feedback' }>;

export function inference(id: string, changes: Partial<InferenceRecord> = {}): InferenceEntry {
  const record: InferenceRecord = {
    id,
    at: 1000,
    project: 'default',
    function: 'write',
    variant: 'a',
    source: 'model',
    episode: `episode of ${id}`,
    status: 'ok',
    inputTokens: 100,
    cachedTokens: 0,
    outputTokens: 10,
    cost: 0.5,
    latency: 200,
    tags: {},
    ...changes,
  };
  return { is: 'inference', record };
}

type Target = { readonly inference: string } | { readonly episode: string };

export function feedback(id: string, target: Target, value: Json, changes: Partial<FeedbackRecord> = {}): FeedbackEntry {
  return { is: 'feedback', record: { id, at: 2000, project: 'default', metric: 'quality', value, ...target, tags: {}, ...changes } };
}

export function answer(key: string, text: string, at: number, expiresAt: number, project = 'default'): LedgerEntry {
  return { is: 'answer', record: { project, key, answer: text, at, expiresAt } };
}

/** What was observed, as `variant value`. */
export async function observed(ledger: Ledger, fn: string, metric: string, since?: number): Promise<readonly string[]> {
  return (await ledger.observations(fn, metric, since)).map(({ variant, value }) => `${variant} ${value}`);
}

/** Sums of fractions may differ in their last digits. */
export function near(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}
