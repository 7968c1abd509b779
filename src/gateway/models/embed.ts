/** Vectors for texts: one provider makes all of them, for those of two models cannot be compared. */
import { ContinuoError } from '../../core/errors.ts';
import { tokensAtMost } from '../money/tokens.ts';
import { billFor, charge, failed, limitOf, neverSent, optionsOf, seenBy } from './attempt.ts';
import type { Errand } from './attempt.ts';
import { failureOf, malformed } from './failure.ts';
import type { Leash } from './leash.ts';
import type { Line } from './lines.ts';
import type { Outcome } from './routing.ts';

export type Vectors = readonly (readonly number[])[];

/** Every provider takes as many at once. */
const batch = 96;

export async function embedAll(errand: Errand, texts: readonly string[], line: Line, leash: Leash): Promise<Outcome<Vectors>> {
  const vectors: (readonly number[])[] = [];
  leash.limit('total', limitOf(errand, line, 'total'));
  try {
    for (let from = 0; from < texts.length; from += batch) {
      const outcome = await embedBatch(errand, texts.slice(from, from + batch), line, leash);
      if (outcome.is !== 'answer') return outcome;
      vectors.push(...outcome.answer);
    }
    return { is: 'answer', answer: vectors };
  } finally {
    leash.end();
  }
}

async function embedBatch(errand: Errand, texts: readonly string[], line: Line, leash: Leash): Promise<Outcome<Vectors>> {
  const { pricing } = errand;
  const tokens = texts.reduce((sum, text) => sum + tokensAtMost(text), 0);
  const bill = await billFor(errand, line.provider, () => pricing.worst(line.provider, tokens, 0));
  if (leash.ended !== undefined) return await neverSent(bill);
  const { abortSignal, headers } = optionsOf(errand, line, leash);
  let result;
  try {
    result = await leash.hold(
      line.connection.embedding().doEmbed({ values: [...texts], abortSignal, ...(headers === undefined ? {} : { headers }) }),
    );
  } catch (error) {
    if (error instanceof ContinuoError) {
      await bill.pay('nothing');
      throw error;
    }
    return await failed(leash, bill, leash.ended === undefined ? failureOf(error, seenBy(errand)) : undefined);
  }
  const inputTokens = result.usage?.tokens;
  const usage = inputTokens === undefined ? undefined : { inputTokens, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
  await charge(errand, line, bill, usage, result.response?.body);
  const flaw = flawIn(result.embeddings, texts.length);
  return flaw === undefined ? { is: 'answer', answer: result.embeddings } : { is: 'failure', failure: malformed(flaw) };
}

function flawIn(vectors: Vectors, expected: number): string | undefined {
  if (vectors.length !== expected) return `it gave ${vectors.length} vectors for ${expected} texts`;
  const size = vectors[0]?.length ?? 0;
  if (size === 0 || vectors.some((vector) => vector.length !== size)) return 'its vectors are empty or differ in length';
  return undefined;
}
