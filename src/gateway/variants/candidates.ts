/** Several answers to the same question, side by side. */
import { ContinuoError } from '../../core/errors.ts';
import type { VariantConfig } from '../config/model.ts';
import type { Tried } from '../inference.ts';
import type { RunVariant, VariantAnswer, VariantCall } from './variant-call.ts';
import { isCancelled } from './within.ts';

export interface Candidate {
  readonly variant: string;
  readonly answer: VariantAnswer;
}

export interface Candidates {
  readonly good: readonly Candidate[];
  readonly tried: readonly Tried[];
}

/** Those that are valid, in the order of the configuration; throws when there is none. */
export async function candidatesOf(names: readonly string[], call: VariantCall, run: RunVariant): Promise<Candidates> {
  const made = await Promise.all(names.map((name, place) => attempt(call.fn.variants[name], name, place, call, run)));
  const good = made.flatMap((one) => ('answer' in one ? [one] : []));
  const failures = made.flatMap((one) => ('error' in one ? [one] : []));
  const stop = failures.find(({ error }) => !(error instanceof ContinuoError) || stops(error));
  if (isCancelled(call)) throw call.signal?.reason;
  if (stop !== undefined && good.length === 0) throw stop.error;
  const tried = [...good.flatMap(({ answer }) => answer.tried), ...failures.map(({ variant, error }) => triedBy(variant, error))];
  if (good.length > 0) return { good, tried };
  const [first, ...others] = failures;
  if (first !== undefined && (others.length === 0 || failures.every(({ error }) => isCheaper(error)))) throw first.error;
  throw new ContinuoError(
    'INFERENCE_FAILED',
    `function ${call.fn.name}: none of the candidates ${names.join(', ')} gave an answer: ${tried.map(({ variant, message }) => `${variant}: ${message}`).join('; ')}`,
    undefined,
    failures.some(({ error }) => error instanceof ContinuoError && error.retryable),
  );
}

function isCheaper(error: unknown): boolean {
  return error instanceof ContinuoError && degrades(error);
}

type Made = Candidate | { readonly variant: string; readonly error: unknown };

async function attempt(variant: VariantConfig | undefined, name: string, place: number, call: VariantCall, run: RunVariant): Promise<Made> {
  if (variant === undefined)
    return { variant: name, error: new ContinuoError('VARIANT_UNKNOWN', `function ${call.fn.name} has no variant ${name}`) };
  try {
    // Nobody hears candidates: which one is the answer is not known yet.
    return { variant: name, answer: await run(variant, { ...call, place, ear: undefined }) };
  } catch (error) {
    return { variant: name, error };
  }
}

export function triedBy(variant: string, error: unknown): Tried {
  if (error instanceof ContinuoError) return { variant, code: error.code, message: error.message };
  return { variant, code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}

/** By a model where one was asked for any of them. */
export function sourceOf(answers: readonly VariantAnswer[]): VariantAnswer['source'] {
  const sources = answers.map(({ source }) => source);
  if (sources.includes('model')) return 'model';
  return sources.includes('cache') ? 'cache' : 'rules';
}

/** One of several, word for word: what rules said stays so. */
export function chosenFrom(answers: readonly VariantAnswer[], place: number, judgedBy: readonly VariantAnswer[]): VariantAnswer {
  const chosen = answers[place];
  if (chosen === undefined) throw new ContinuoError('INTERNAL', `there is no candidate ${place} of ${answers.length}`);
  return { ...chosen, source: chosen.source === 'rules' ? 'rules' : sourceOf([...answers, ...judgedBy]) };
}

/** What ends the whole inference, however many ways to an answer are left. */
export function stops(error: ContinuoError): boolean {
  if (error.code === 'RATE_LIMITED') return true;
  return error.code === 'BUDGET_EXCEEDED' && !degrades(error);
}

/** The budget has too little left for this, and says: then cheaper. */
export function degrades({ code, details }: ContinuoError): boolean {
  return (
    code === 'BUDGET_EXCEEDED' && typeof details === 'object' && details !== null && 'onLimit' in details && details.onLimit === 'degrade'
  );
}
