/** Tokens as this gateway counts them, whatever the wire said. */
import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { Usage } from '../inference.ts';
import { fieldsOf } from './named-fields.ts';

/**
 * `inputTokens` is everything that was read, `cachedTokens` and `cacheWriteTokens` are parts of it. Undefined when the
 * provider did not say.
 */
export function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage): Usage | undefined {
  if (inputTokens.total === undefined && outputTokens.total === undefined) return undefined;
  return {
    inputTokens: count(inputTokens.total),
    cachedTokens: count(inputTokens.cacheRead),
    cacheWriteTokens: count(inputTokens.cacheWrite),
    outputTokens: count(outputTokens.total),
  };
}

/** Whole, whatever a provider says: a ledger that counts in whole numbers would refuse another. */
const count = (value: unknown): number => (typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.round(value) : 0);

/**
 * Chat usage as the compatible servers write it. DeepSeek names its cache differently; xAI leaves the tokens of
 * reasoning out of the completion and has them in the total alone.
 */
export function chatUsage(told: unknown): LanguageModelV4Usage {
  const usage = fieldsOf(told);
  const input = count(usage['prompt_tokens']);
  const details = fieldsOf(usage['prompt_tokens_details']);
  const cacheRead = count(details['cached_tokens'] ?? usage['prompt_cache_hit_tokens']);
  const cacheWrite = count(details['cache_write_tokens']);
  const output = Math.max(count(usage['completion_tokens']), count(usage['total_tokens']) - input);
  const isTold = typeof told === 'object' && told !== null;
  return {
    inputTokens: { total: isTold ? input : undefined, noCache: input - cacheRead - cacheWrite, cacheRead, cacheWrite },
    outputTokens: { total: isTold ? output : undefined, text: undefined, reasoning: undefined },
  };
}
