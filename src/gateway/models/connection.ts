/**
 * The provider packages' objects, made once.
 *
 * Chat completions are used everywhere but at Anthropic and Google, at OpenAI too: its newer Responses endpoint has no
 * `seed`, no stop sequences and no penalties, which variants may configure, and configured cost pointers and extra body
 * fields are written for chat.
 */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import { ContinuoError } from '../../core/errors.ts';
import type { ProviderConfig } from '../config/model.ts';
import { baseUrlOf, requestedModel } from './base-url.ts';
import { placeholder } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { chatUsage } from './usage.ts';

export interface Connection {
  readonly language: LanguageModelV4;
  /** Throws for a provider that has no embeddings. */
  embedding(): EmbeddingModelV4;
}

export function connect(provider: ProviderConfig, key: string | undefined, exchange: Exchange): Connection {
  const name = requestedModel(provider);
  const settings = {
    baseURL: baseUrlOf(provider),
    apiKey: key ?? placeholder,
    fetch: key === undefined ? exchange.sendWithoutKey : exchange.send,
  };
  switch (provider.type) {
    case 'openai': {
      const openai = createOpenAI(settings);
      return { language: openai.chat(name), embedding: () => openai.embeddingModel(name) };
    }
    case 'anthropic':
      return { language: createAnthropic(settings).chat(name), embedding: () => withoutEmbeddings(provider) };
    case 'google': {
      const google = createGoogle(settings);
      return { language: google.chat(name), embedding: () => google.embeddingModel(name) };
    }
    default: {
      const compatible = createOpenAICompatible({
        baseURL: settings.baseURL,
        ...(key === undefined ? {} : { apiKey: key }),
        fetch: exchange.send,
        name: 'compatible',
        supportsStructuredOutputs: true,
        convertUsage: chatUsage,
        // Mistral refuses fields that it does not know; it sends the usage of a stream unasked.
        includeUsage: provider.type !== 'mistral',
        ...(provider.type === 'mistral' ? { transformRequestBody: forMistral } : {}),
      });
      return { language: compatible.chatModel(name), embedding: () => compatible.embeddingModel(name) };
    }
  }
}

function forMistral({ seed, ...body }: Record<string, unknown>): Record<string, unknown> {
  return seed === undefined ? body : { ...body, random_seed: seed };
}

function withoutEmbeddings(provider: ProviderConfig): never {
  throw new ContinuoError(
    'GATEWAY_CONFIG_INVALID',
    `provider ${provider.name} of type ${provider.type} makes no embeddings: name another one under [embedding_models]`,
  );
}
