/** What a request came to, in dollars. */
import { ContinuoError } from '../../core/errors.ts';
import type { CostPointer, Price, Rates } from '../config/model.ts';
import type { Usage } from '../inference.ts';

const million = 1_000_000;

/** Where a price names none of its own, tokens read from a cache or written to it cost what other input does. */
export function costOf(usage: Usage, price: Price): number {
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens } = usage;
  const rates = ratesFor(price, inputTokens);
  const fresh = Math.max(0, inputTokens - cachedTokens - cacheWriteTokens);
  return (
    (fresh * rates.input +
      cachedTokens * (rates.cachedInput ?? rates.input) +
      cacheWriteTokens * (rates.cacheWrite ?? rates.input) +
      outputTokens * rates.output) /
    million
  );
}

export function ratesFor(price: Price, inputTokens: number): Rates {
  return price.long !== undefined && inputTokens > price.long.above ? price.long : price;
}

/** By what the provider says itself. A pointer that is not required may lead nowhere; discounts are amounts below 0. */
export function costByPointers(cost: readonly CostPointer[], raw: unknown): number {
  let sum = 0;
  for (const { pointer, perUnit, required } of cost) {
    const found = at(raw, pointer);
    const missing = found === undefined || found === null;
    if (missing && !required) continue;
    if (typeof found !== 'number' || !Number.isFinite(found))
      throw new ContinuoError(
        'GATEWAY_CONFIG_INVALID',
        `the cost pointer ${JSON.stringify(pointer)} leads to ${missing ? 'nothing' : 'no number'} in the provider's response, so that nobody knows what it cost`,
        { pointer },
      );
    sum += found * perUnit;
  }
  return Math.max(0, sum);
}

/** A JSON Pointer (RFC 6901). */
function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  if (!pointer.startsWith('/')) return undefined;
  let here = value;
  for (const token of pointer.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    // Its own property of that name was just found.
    here = (here as Readonly<Record<string, unknown>>)[key];
  }
  return here;
}
