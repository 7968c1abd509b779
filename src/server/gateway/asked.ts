/** What both protocols say alike, in the gateway's terms. */
import type { FastifyRequest } from 'fastify';
import { ContinuoError } from '../../core/errors.ts';
import type { InferOptions } from '../../gateway/inference.ts';
import type { CacheOptions, Sampling } from './bounds.ts';
import { headerOf } from './caller.ts';

type Asked<Name extends keyof InferOptions> = NonNullable<InferOptions[Name]>;

export interface AskedSampling extends Sampling {
  readonly max_tokens?: number | undefined;
  readonly stop_sequences?: readonly string[] | undefined;
}

export function samplingOf(asked: AskedSampling): Asked<'sampling'> {
  return {
    ...(asked.temperature === undefined ? {} : { temperature: asked.temperature }),
    ...(asked.top_p === undefined ? {} : { topP: asked.top_p }),
    ...(asked.max_tokens === undefined ? {} : { maxTokens: asked.max_tokens }),
    ...(asked.presence_penalty === undefined ? {} : { presencePenalty: asked.presence_penalty }),
    ...(asked.frequency_penalty === undefined ? {} : { frequencyPenalty: asked.frequency_penalty }),
    ...(asked.seed === undefined ? {} : { seed: asked.seed }),
    ...(asked.stop_sequences === undefined ? {} : { stop: asked.stop_sequences }),
  };
}

export function cacheOf({ enabled: mode, ttl_s: seconds }: CacheOptions): Asked<'cache'> {
  return { ...(mode === undefined ? {} : { mode }), ...(seconds === undefined ? {} : { ttl: seconds * 1000 }) };
}

const longestKey = 255;

/** The header `Idempotency-Key`: the same key is the same inference, which is paid for once. */
export function idempotency(request: Pick<FastifyRequest, 'headers'>): Pick<InferOptions, 'idempotencyKey'> {
  const key = headerOf(request, 'idempotency-key');
  if (key === undefined) return {};
  if (key.length > longestKey)
    throw new ContinuoError('REQUEST_INVALID', `headers/idempotency-key: it has more than ${longestKey} characters`);
  // Runs name their inferences too: nobody outside names one of theirs.
  return { idempotencyKey: `http/${key}` };
}
