/** What was looked at in a film, and what came out. */
import { z } from 'zod';

export type Severity = 'ok' | 'warn' | 'fail';

/** The part of the work that has to be done again to mend it. */
export type Fix = 'picture' | 'narration' | 'timing' | 'captions' | 'audio';

export interface Check {
  readonly id: string;
  /** False where the film should not go out like this. */
  readonly passed: boolean;
  readonly severity: Severity;
  /** With its unit. */
  readonly measured: string;
  readonly threshold: string;
  /** Points that a failure costs. */
  readonly weight: number;
  /** For people: what it means, and how to mend it. */
  readonly sentence: string;
  /** Positions of the scenes that are affected, from 0; empty where it is the film as a whole. */
  readonly scenes: readonly number[];
  /** Null where joining the film again is what mends it. */
  readonly fix: Fix | null;
}

export const checkSchema: z.ZodType<Check> = z.object({
  id: z.string(),
  passed: z.boolean(),
  severity: z.enum(['ok', 'warn', 'fail']),
  measured: z.string(),
  threshold: z.string(),
  weight: z.number(),
  sentence: z.string(),
  scenes: z.array(z.number().int().min(0)),
  fix: z.enum(['picture', 'narration', 'timing', 'captions', 'audio']).nullable(),
});

/** What a look at one thing gives. */
export interface Finding {
  readonly severity: Severity;
  readonly measured: string;
  readonly threshold: string;
  readonly sentence: string;
  readonly scenes?: readonly number[];
  /** Where this one is worse than failures of its kind are. */
  readonly weight?: number;
}

export interface FilmCheck<Evidence> {
  readonly id: string;
  readonly weight: number;
  readonly fix: Fix | null;
  /** Undefined where the film has nothing that could be looked at. */
  readonly look: (film: Evidence) => Finding | undefined;
}

export function checked<Evidence>({ id, weight, fix, look }: FilmCheck<Evidence>, film: Evidence): readonly Check[] {
  const finding = look(film);
  if (finding === undefined) return [];
  return [{ id, weight, fix, scenes: [], ...finding, passed: finding.severity !== 'fail' }];
}

/** `ok` up to the first limit, `warn` up to the second. */
export function upTo(value: number, ok: number, warn: number): Severity {
  // What is on the limit by its figures is not to fail for the last bit of a sum.
  const slack = 1e-6;
  return value <= ok + slack ? 'ok' : value <= warn + slack ? 'warn' : 'fail';
}

export const rounded = (value: number, digits: number): string => {
  const text = value.toFixed(digits).replace('-', '−');
  return /^−[0.]+$/.test(text) ? text.slice(1) : text;
};

/** Never rounded up to what it falls short of. */
export const inPercent = (share: number): string => `${Math.floor(share * 100 + 1e-6)} %`;

export const inSeconds = (value: number): string => `${rounded(value, Math.abs(value) < 1 ? 2 : 1)} s`;
