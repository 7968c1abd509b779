/**
 * A model behind an endpoint of chat completions: OpenAI's protocol, which most providers and servers speak.
 *
 * It has the shape of the provider packages' models, and fails as they do. It does what the gateway asks for and nothing
 * else: of a call that waits for its model, this is what there is to work on.
 */
import type { EmbeddingModelV4Result } from '@ai-sdk/provider';
import type { Connection, Embedding, Language } from '../connection.ts';
import { fieldsOf } from '../named-fields.ts';
import type { Post } from '../post.ts';
import { chatUsage } from '../usage.ts';
import { ask, noAnswer, read, type Asking } from './asking.ts';
import { answerIn } from './chat-answer.ts';
import { asStream, bodyOf, type Dialect } from './chat-request.ts';
import { partsOf } from './chat-stream.ts';

export interface Endpoint {
  readonly base: string;
  readonly model: string;
  readonly key: string | undefined;
  readonly dialect: Dialect;
  readonly post: Post;
}

export function chatConnection(endpoint: Endpoint): Connection {
  const embedding = embeddingModel(endpoint);
  return { language: chatModel(endpoint), embedding: () => embedding };
}

type Options = { readonly abortSignal?: AbortSignal; readonly headers?: Readonly<Record<string, string | undefined>> };

function asker({ base, key, post }: Endpoint, path: string): (options: Options) => Asking {
  const to = new URL(base + path);
  // Some who stand before providers let nobody in who does not say what he is.
  const own = {
    'content-type': 'application/json',
    'user-agent': 'continuo',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  return ({ abortSignal: signal, headers = {} }) => ({ post, to, signal, headers: { ...own, ...small(headers) } });
}

/** So that what is said later counts, however it is spelled. */
function small(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])));
}

function chatModel(endpoint: Endpoint): Language {
  const { model, dialect } = endpoint;
  const asking = asker(endpoint, '/chat/completions');
  return {
    doGenerate: async (options) => {
      const got = await ask(asking(options), bodyOf(model, options, dialect));
      const { text, body } = await read(got);
      const answer = answerIn(body);
      if (answer === undefined) throw noAnswer(got, 'it has no message', text);
      const { model: by, usage } = fieldsOf(body);
      return { ...answer, usage: chatUsage(usage), response: { body, ...(typeof by === 'string' ? { modelId: by } : {}) } };
    },
    doStream: async (options) => {
      const { reply } = await ask(asking(options), asStream(bodyOf(model, options, dialect), dialect));
      // Nothing is read before it is asked for.
      return { stream: ReadableStream.from(partsOf(reply.bytes(), options.includeRawChunks === true)) };
    },
  };
}

function embeddingModel(endpoint: Endpoint): Embedding {
  const asking = asker(endpoint, '/embeddings');
  return {
    doEmbed: async (options) => {
      const got = await ask(asking(options), { model: endpoint.model, input: options.values, encoding_format: 'float' });
      const { text, body } = await read(got);
      const { data, usage } = fieldsOf(body);
      const embeddings = vectorsIn(data);
      if (embeddings === undefined) throw noAnswer(got, 'it has no vectors', text);
      const tokens = fieldsOf(usage)['prompt_tokens'];
      return { embeddings, response: { body }, ...(typeof tokens === 'number' ? { usage: { tokens } } : {}) };
    },
  };
}

function vectorsIn(data: unknown): EmbeddingModelV4Result['embeddings'] | undefined {
  if (!Array.isArray(data)) return undefined;
  const vectors = data.map((one) => fieldsOf(one)['embedding']);
  return vectors.every(isVector) ? vectors : undefined;
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}
