/** What a request may come to at worst, before it is made. */
import type { Price, ProviderConfig } from '../config/model.ts';
import { costOf, ratesFor } from './cost.ts';
import type { PriceTable } from './price-table.ts';

export interface Worst {
  readonly tokens: number;
  /** In dollars; 0 where no price is known. */
  readonly cost: number;
  /** False where no price is known: tell `unpriced(provider)`, once. */
  readonly priced: boolean;
}

/** Where neither the call nor the list says how long an answer may get. */
const longAnswer = 16_384;

/** What providers put around messages, schemas and tools on their side. */
const around = 1_000;

/**
 * `promptTokens` by `tokensAtMost`, of everything that is sent: messages, schemas, tools. Output counts in full,
 * since `max_tokens` holds for what a model thinks, too.
 */
export function worstOf(prices: PriceTable, provider: ProviderConfig, promptTokens: number, maxTokens: number | undefined): Worst {
  const price = prices.priceOf(provider);
  const inputTokens = promptTokens + around;
  const outputTokens = maxTokens ?? prices.maxOutputOf(provider) ?? longAnswer;
  const tokens = inputTokens + outputTokens;
  return price === undefined
    ? { tokens, cost: 0, priced: false }
    : { tokens, cost: dearest(price, inputTokens, outputTokens), priced: true };
}

/** Writing into the provider's cache may cost more than plain input. */
function dearest(price: Price, inputTokens: number, outputTokens: number): number {
  const { input, cacheWrite } = ratesFor(price, inputTokens);
  const cacheWriteTokens = cacheWrite !== undefined && cacheWrite > input ? inputTokens : 0;
  return costOf({ inputTokens, cachedTokens: 0, cacheWriteTokens, outputTokens }, price);
}
