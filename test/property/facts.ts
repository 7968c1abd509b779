/** What can happen to a run from outside, and what can be seen of it: the language that the model and the skeleton share. */
import type { Json } from '../../src/core/data/json.ts';

/** One attempt, by the names that everybody uses: `draft`, `pictures[2]`, `undo:draft`. */
export interface Attempt {
  readonly key: string;
  readonly visit: number;
  readonly attempt: number;
}

export type Outcome = { readonly output: Json } | { readonly code: string; readonly retryable?: boolean };

export type Fact =
  | ({ readonly is: 'result'; readonly of: Attempt } & Outcome)
  /** Whoever made it is gone, and nobody will hear of it again. */
  | { readonly is: 'lost'; readonly of: Attempt }
  | { readonly is: 'time'; readonly passes: number }
  | { readonly is: 'answer'; readonly step: string; readonly by: string; readonly choice: string }
  | { readonly is: 'signal' | 'event'; readonly name: string; readonly data: Json }
  | { readonly is: 'pause' | 'resume' | 'cancel' }
  | { readonly is: 'retry'; readonly step?: string }
  | { readonly is: 'skip'; readonly step: string; readonly value: Json }
  | ({ readonly is: 'fallback' } & Outcome);

export type StepView = 'open' | 'skipped' | { readonly done: Json; readonly undone?: true } | { readonly failed: string };

/** How a run stands. Everything in here can be seen by an engine, a person or an agent. */
export interface View {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly steps: Readonly<Record<string, StepView>>;
  /** Attempts in hand, by name, with what each is given. */
  readonly inHand: readonly (Attempt & { readonly input: Json })[];
  readonly fallback: boolean;
  /** The next instant at which time alone brings something about, in wall time. */
  readonly wake?: number;
  readonly questions: readonly { readonly step: string; readonly votes: number }[];
  readonly awaited: readonly string[];
  /** Names of all events that the run has told the bus. */
  readonly told: readonly string[];
  /** Why the last fact was refused. */
  readonly refused?: string;
}

export const begin = 1_000_000;
