/**
 * The models of a configuration, and how they are called.
 *
 * M1. Every request that goes out was granted by the guard before and is settled afterwards, once, whatever happens.
 * M2. No key is in anything that comes out of here: not in an answer's `tried`, not in an error.
 * M3. What the caller aborts rejects with the signal's reason, and is no failure of anybody.
 * M4. A text that was handed on is never taken back: after the first one a failure is the stream's last event.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ModelConfig, ProviderConfig } from '../config/model.ts';
import { generate } from './attempt.ts';
import type { Errand, Pricing } from './attempt.ts';
import { embedAll } from './embed.ts';
import type { Vectors } from './embed.ts';
import { Exchange } from './exchange.ts';
import { keyOf, knownKeys } from './keys.ts';
import type { Environment } from './keys.ts';
import { keptConnections } from './kept-connections.ts';
import { Lines } from './lines.ts';
import type { Line } from './lines.ts';
import type { ModelAnswer, ModelCall, ModelCaller, ModelEvent } from './model-call.ts';
import { noAnswer, told } from './no-answer.ts';
import type { Told } from './no-answer.ts';
import { postBy, type Fetch } from './post.ts';
import { requestOf } from './request.ts';
import { ask } from './routing.ts';
import type { Asked, Asking } from './routing.ts';
import { openStream } from './stream.ts';

export interface ModelsOptions extends Pricing {
  readonly models: Readonly<Record<string, ModelConfig>>;
  readonly embeddingModels: Readonly<Record<string, ModelConfig>>;
  readonly clock: Clock;
  readonly env: Environment;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly fetch?: Fetch;
}

type Answer<A> = Extract<Asked<A>, { readonly is: 'answer' }>;

/** A whole answer is settled; there is nothing to end. */
const discard = async (): Promise<void> => {};

const mostLines = 1000;
/** Embeddings have no variant that could say it. */
const embeddingRetries = { max: 2, maxDelay: 10_000 } as const;

export class Models implements ModelCaller {
  readonly #options: ModelsOptions;
  readonly #exchange: Exchange;
  readonly #lines: Lines;

  constructor(options: ModelsOptions) {
    this.#options = options;
    this.#exchange = new Exchange(options.fetch === undefined ? keptConnections() : postBy(options.fetch));
    this.#lines = new Lines(this.#exchange, mostLines);
  }

  async call(call: ModelCall): Promise<ModelAnswer> {
    const model = named(this.#options.models, call.model, 'model');
    const errand = this.#errand(call, model, call.timeouts.total);
    const asked = this.#answered(
      model,
      await this.#ask(errand, { answers: 'whole', attempt: (line, leash) => generate(errand, line, leash), discard }),
    );
    return { ...asked.answer, tried: this.#told(call, asked) };
  }

  async *stream(call: ModelCall): AsyncGenerator<ModelEvent, void, undefined> {
    const model = named(this.#options.models, call.model, 'model');
    const errand = this.#errand(call, model, call.timeouts.streamTotal);
    const asked = this.#answered(
      model,
      await this.#ask(errand, {
        answers: 'begun',
        attempt: (line, leash) => openStream(errand, line, leash),
        discard: (unwanted) => unwanted.close(),
      }),
    );
    const stream = asked.answer;
    try {
      for (let part = stream.first; ; part = await stream.next()) {
        if (part.is === 'text') {
          yield part;
          continue;
        }
        if (part.is === 'answer') {
          stream.line.circuit.answered();
          yield { is: 'answer', answer: { ...part.answer, tried: this.#told(call, asked) } };
        } else if (part.is === 'failure') {
          const { clock } = this.#options;
          stream.line.circuit.failed(part.failure, clock.now());
          const { message } = told(call.model, { line: stream.line, failure: part.failure }, clock.now());
          yield { is: 'error', code: 'STREAM_CUT', message: `model ${call.model}: the stream was cut: ${message}` };
        } else {
          call.signal?.throwIfAborted();
        }
        return;
      }
    } finally {
      await stream.close();
    }
  }

  async embed(name: string, texts: readonly string[], how: Pick<ModelCall, 'keys' | 'signal' | 'guard' | 'spent'>): Promise<Vectors> {
    const model = named(this.#options.embeddingModels, name, 'embedding model');
    if (texts.length === 0) return [];
    const call: ModelCall = { model: name, prompt: [], sampling: {}, retries: embeddingRetries, timeouts: {}, ...how };
    const errand = this.#errand(call, model, undefined);
    const asked = this.#answered(
      model,
      await this.#ask(errand, { answers: 'whole', attempt: (line, leash) => embedAll(errand, texts, line, leash), discard }),
    );
    return asked.answer;
  }

  unusable(name: string, keys: Readonly<Record<string, string>> = {}): string | undefined {
    const { models, embeddingModels, env } = this.#options;
    const model = at(models, name) ?? at(embeddingModels, name);
    if (model === undefined) return `the configuration has no model "${name}"`;
    const mends: string[] = [];
    for (const provider of providersOf(model)) {
      const key = keyOf(provider.key, env, keys);
      if (key.is !== 'missing') return undefined;
      mends.push(key.mend);
    }
    return withoutKey(model, mends);
  }

  #errand(call: ModelCall, model: ModelConfig, total: number | undefined): Errand {
    const { clock, env } = this.#options;
    return {
      call,
      model,
      clock,
      exchange: this.#exchange,
      pricing: this.#options,
      until: total === undefined ? Infinity : clock.now() + total,
      request: requestOf(call),
      keys: () => knownKeys(this.#keyLocations(), env, call.keys),
    };
  }

  #ask<A>({ call, model, until }: Errand, how: Pick<Asking<A>, 'answers' | 'attempt' | 'discard'>): Promise<Asked<A>> {
    const { clock, random } = this.#options;
    const { signal, retries } = call;
    const { hedgeAfter } = model;
    return ask(this.#linesFor(call, model), { ...how, clock, random, signal, retries, hedgeAfter, until });
  }

  #answered<A>(model: ModelConfig, asked: Asked<A>): Answer<A> {
    if (asked.is === 'failure') throw noAnswer(model.name, asked.tried, this.#options.clock.now());
    return asked;
  }

  /** Those that have a key, in the order of the routing. */
  #linesFor(call: ModelCall, model: ModelConfig): readonly Line[] {
    const lines: Line[] = [];
    const missing: Told[] = [];
    const { only, without } = call;
    for (const provider of providersOf(model)) {
      if (without?.includes(provider.name) === true || only?.includes(provider.name) === false) continue;
      const key = keyOf(provider.key, this.#options.env, call.keys);
      if (key.is === 'missing') missing.push({ model: model.name, provider: provider.name, code: 'KEY_MISSING', message: key.mend });
      else lines.push(this.#lines.line(model, provider, key));
    }
    if (lines.length > 0) return lines;
    if (missing.length === 0)
      throw new ContinuoError('PROVIDER_REFUSED', `model ${model.name} has no provider left that has not had its turn`);
    const mends = missing.map((each) => each.message);
    throw new ContinuoError('KEY_MISSING', withoutKey(model, mends), { model: model.name, tried: missing.map((each) => ({ ...each })) });
  }

  #told(call: ModelCall, asked: { readonly tried: Asked<unknown>['tried'] }): readonly Told[] {
    return asked.tried.map((trial) => told(call.model, trial, this.#options.clock.now()));
  }

  *#keyLocations(): Generator<ProviderConfig['key']> {
    const { models, embeddingModels } = this.#options;
    for (const model of [...Object.values(models), ...Object.values(embeddingModels)])
      for (const provider of Object.values(model.providers)) yield provider.key;
  }
}

const routed = new WeakMap<ModelConfig, readonly ProviderConfig[]>();

/** In the order of the routing. */
function providersOf(model: ModelConfig): readonly ProviderConfig[] {
  const known = routed.get(model);
  if (known !== undefined) return known;
  const providers = model.routing.flatMap((name) => at(model.providers, name) ?? []);
  routed.set(model, providers);
  return providers;
}

function withoutKey(model: ModelConfig, mends: readonly string[]): string {
  return `no provider of model ${model.name} (${model.routing.join(', ')}) has a key here: ${[...new Set(mends)].join('; or ')}`;
}

function at<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function named(models: Readonly<Record<string, ModelConfig>>, name: string, kind: string): ModelConfig {
  const model = at(models, name);
  if (model !== undefined) return model;
  const names = Object.keys(models);
  const there = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  throw new ContinuoError('MODEL_UNKNOWN', `the configuration has no ${kind} "${name}": ${there}`);
}
