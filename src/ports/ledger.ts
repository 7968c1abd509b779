/**
 * What the model gateway keeps: inferences, feedback, cached answers, and meters that count
 * money and rates.
 */
import type { Json } from '../core/data/json.ts';

export interface InferenceRecord {
  readonly id: string;
  readonly at: number;
  readonly project: string;
  readonly function: string;
  readonly variant: string;
  /** As it is named in the configuration; absent for rules. */
  readonly model?: string;
  readonly provider?: string;
  readonly source: 'model' | 'rules' | 'cache';
  /** A run is an episode. */
  readonly episode: string;
  readonly run?: string;
  readonly step?: string;
  readonly status: 'ok' | 'failed';
  /** Code and sentence of what went wrong, without secrets. */
  readonly error?: { readonly code: string; readonly message: string };
  /** What made the output valid: `none` when it was so as it came. */
  readonly rung?: Rung;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** In dollars; its own: inferences that were made for it have theirs, and so do tokens. */
  readonly cost: number;
  /** Milliseconds. */
  readonly latency: number;
  readonly tags: Readonly<Record<string, string>>;
  /** JSON texts; absent when contents are not to be kept. */
  readonly input?: string;
  readonly output?: string;
  /** The inference that this one was made for: candidates, judges and fusers have one. */
  readonly parent?: string;
}

/** The rungs of the ladder that mends an output, from the cheapest to the dearest. */
export type Rung = 'none' | 'extracted' | 'syntax' | 'coerced' | 'asked_again' | 'next_provider';

export interface FeedbackRecord {
  readonly id: string;
  readonly at: number;
  readonly project: string;
  /** A metric of the configuration, `comment`, or `demonstration`. */
  readonly metric: string;
  /** A number or a boolean; a text for a comment; any JSON for a demonstration. */
  readonly value: Json;
  /** Exactly one of both is there. */
  readonly inference?: string;
  readonly episode?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface CachedAnswer {
  readonly project: string;
  /** Hash of the canonical request. */
  readonly key: string;
  /** JSON text. */
  readonly answer: string;
  readonly at: number;
  readonly expiresAt: number;
}

export type LedgerEntry =
  | { readonly is: 'inference'; readonly record: InferenceRecord }
  | { readonly is: 'feedback'; readonly record: FeedbackRecord }
  | { readonly is: 'answer'; readonly record: CachedAnswer };

export interface InferenceQuery {
  readonly project?: string;
  readonly function?: string;
  readonly variant?: string;
  readonly run?: string;
  readonly episode?: string;
  readonly status?: 'ok' | 'failed';
  /** Without candidates, judges and fusers. */
  readonly topLevel?: true;
  readonly from?: number;
  /** Newest first; 100 when absent. */
  readonly limit?: number;
}

/** One value of a metric, given to what one variant did. */
export interface Observation {
  readonly variant: string;
  readonly value: number;
  readonly at: number;
}

/** How one variant of a function has done, feedback apart: over top-level inferences. */
export interface VariantUse {
  readonly variant: string;
  readonly inferences: number;
  readonly failures: number;
  /** With that of the inferences that were made for them. */
  readonly cost: number;
  /** 0 where none succeeded. Over the inferences that succeeded, in milliseconds. */
  readonly meanLatency: number;
  readonly p95Latency: number;
  readonly fromRules: number;
  readonly fromCache: number;
}

/** An answer that was found good, with what it answered. */
export interface Example {
  readonly inference: string;
  /** JSON texts. */
  readonly input: string;
  readonly output: string;
  readonly value: number;
  readonly at: number;
}

/** No project is shown what was asked and answered in another. */
export interface ExampleQuery {
  readonly project: string;
  readonly function: string;
  readonly metric: string;
  readonly best: 'max' | 'min';
  readonly limit: number;
}

/**
 * What can be seen day by day; SQL stores have a view of each name. Days are UTC's. All but `alerts` are of all that is
 * there, whatever `now` is.
 */
export const ledgerViews = ['quality_per_day', 'variant_quality', 'component_cost', 'alerts'] as const;
export type LedgerView = (typeof ledgerViews)[number];

/**
 * L1. When `write` resolves, all of its entries survive a power cut; when it rejects, none is there.
 * L2. An entry whose id (key, for an answer) is there is the same entry: writing it again changes nothing; an answer
 *     that has expired is replaced.
 * L3. Feedback for an inference or an episode that gives the same metric again takes the place of what was said
 *     before: the latest counts, in observations and views.
 * L4. What is given for an episode counts for every variant that answered in it, once for each function.
 */
export interface Ledger {
  write(entries: readonly LedgerEntry[]): Promise<void>;
  inference(id: string): Promise<InferenceRecord | undefined>;
  inferences(query: InferenceQuery): Promise<readonly InferenceRecord[]>;
  /** Oldest first. */
  feedback(of: { readonly inference?: string; readonly episode?: string }): Promise<readonly FeedbackRecord[]>;
  /** Values of a metric for the variants of a function, oldest first; top-level inferences that succeeded. */
  observations(fn: string, metric: string, since?: number): Promise<readonly Observation[]>;
  /** By name of the variant. */
  uses(fn: string, since?: number): Promise<readonly VariantUse[]>;
  /**
   * The best answers by a metric, newest first among equals; what was said of an inference goes before what was said of
   * its episode. `demonstration`: what was shown instead counts as the output, also for inferences that failed, and the
   * newest inference comes first.
   */
  examples(query: ExampleQuery): Promise<readonly Example[]>;
  /** The variant that answered first in this episode, for assignments that stick. */
  assigned(episode: string, fn: string): Promise<string | undefined>;
  answer(project: string, key: string, now: number): Promise<string | undefined>;
  view(name: LedgerView, now: number): Promise<readonly Readonly<Record<string, string | number | null>>[]>;
}

/** A counter that money or calls are taken from: a budget, or a bucket that fills up again. */
export interface Meter {
  /** What it counts and for whom: `budget/project=acme/2026-11`. */
  readonly id: string;
  readonly capacity: number;
  /** How much comes back in a millisecond; 0 for a budget. */
  readonly refill: number;
}

export interface Take extends Meter {
  readonly amount: number;
}

export type Taken =
  | { readonly granted: true }
  /** `retryAt` is absent where waiting does not help. */
  | { readonly granted: false; readonly meter: string; readonly left: number; readonly retryAt?: number };

/**
 * N1. `take` takes from every meter or from none, whoever else takes at the same time, in whichever process.
 * N2. When it resolves, what was taken survives a power cut. What is never corrected stays taken.
 * N3. A correction (what was taken less what it came to) is never refused; it may leave a meter below nothing, and
 *     never above its capacity.
 */
export interface Meters {
  take(takes: readonly Take[], now: number): Promise<Taken>;
  /** Gives back `amount` (or takes more, where it is negative). */
  correct(corrections: readonly Take[], now: number): Promise<void>;
  /** What is left in each now; a meter that nobody used is full. */
  left(meters: readonly Meter[], now: number): Promise<readonly number[]>;
}
