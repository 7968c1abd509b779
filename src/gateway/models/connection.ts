/**
 * The models that are asked, made once: the provider packages' at OpenAI, Anthropic and Google, our own everywhere else.
 *
 * Chat completions are used everywhere but at Anthropic and Google, at OpenAI too: its newer Responses endpoint has no
 * `seed`, no stop sequences and no penalties, which variants may configure, and configured cost pointers and extra body
 * fields are written for chat.
 */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import type {
  EmbeddingModelV4CallOptions,
  EmbeddingModelV4Result,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import { ContinuoError } from '../../core/errors.ts';
import type { ProviderConfig } from '../config/model.ts';
import { baseUrlOf, requestedModel } from './base-url.ts';
import { chatConnection } from './chat/chat-model.ts';
import type { Dialect } from './chat/chat-request.ts';
import { placeholder } from './exchange.ts';
import type { Exchange } from './exchange.ts';

/** What is used of a provider package's model. */
export interface Language {
  doGenerate(
    options: LanguageModelV4CallOptions,
  ): PromiseLike<Pick<LanguageModelV4GenerateResult, 'content' | 'finishReason' | 'usage' | 'response' | 'structuredOutputText'>>;
  doStream(options: LanguageModelV4CallOptions): PromiseLike<Pick<LanguageModelV4StreamResult, 'stream'>>;
}

export interface Embedding {
  doEmbed(options: EmbeddingModelV4CallOptions): PromiseLike<Pick<EmbeddingModelV4Result, 'embeddings' | 'usage' | 'response'>>;
}

export interface Connection {
  readonly language: Language;
  /** Throws for a provider that has no embeddings. */
  embedding(): Embedding;
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
    default:
      return chatConnection({ base: settings.baseURL, model: name, key, post: exchange.post, dialect: dialectOf(provider) });
  }
}

/** Mistral refuses fields that it does not know; it sends the usage of a stream unasked. */
function dialectOf({ type }: ProviderConfig): Dialect {
  return type === 'mistral' ? { seed: 'random_seed', asksForUsage: false } : { seed: 'seed', asksForUsage: true };
}

function withoutEmbeddings(provider: ProviderConfig): never {
  throw new ContinuoError(
    'GATEWAY_CONFIG_INVALID',
    `provider ${provider.name} of type ${provider.type} makes no embeddings: name another one under [embedding_models]`,
  );
}
