/** Tokens as this gateway counts them, whatever the wire said. */
import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { Usage } from '../inference.ts';

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

interface ChatUsage {
  readonly prompt_tokens?: number | null | undefined;
  readonly completion_tokens?: number | null | undefined;
  readonly total_tokens?: number | null | undefined;
  readonly prompt_tokens_details?:
    { readonly cached_tokens?: number | null | undefined; readonly [other: string]: unknown } | null | undefined;
  readonly [other: string]: unknown;
}

/** Whole, whatever a provider says: a ledger that counts in whole numbers would refuse another. */
const count = (value: unknown): number => (typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.round(value) : 0);

/**
 * Chat usage as the compatible servers write it. DeepSeek names its cache differently; xAI leaves the tokens of
 * reasoning out of the completion and has them in the total alone.
 */
export function chatUsage(usage: ChatUsage | null | undefined): LanguageModelV4Usage {
  const unknown = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
  if (usage === null || usage === undefined)
    return { inputTokens: unknown, outputTokens: { total: undefined, text: undefined, reasoning: undefined } };
  const input = count(usage.prompt_tokens);
  const cacheRead = count(usage.prompt_tokens_details?.cached_tokens ?? usage['prompt_cache_hit_tokens']);
  const cacheWrite = count(usage.prompt_tokens_details?.['cache_write_tokens']);
  const output = Math.max(count(usage.completion_tokens), count(usage.total_tokens) - input);
  return {
    inputTokens: { total: input, noCache: input - cacheRead - cacheWrite, cacheRead, cacheWrite },
    outputTokens: { total: output, text: undefined, reasoning: undefined },
  };
}
