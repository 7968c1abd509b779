/**
 * What was asked of models, as spans in OpenTelemetry's words for generative AI.
 *
 * S1. An inference has one span, and so has each of its candidates, its judge and its fuser, under it.
 * S2. What was said is in none of them, unless contents are asked for.
 */
import { hash, randomBytes } from 'node:crypto';
import type { Json } from '../core/data/json.ts';
import { parseTraceparent } from '../core/data/traceparent.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Inference, Usage } from '../ports/inference.ts';
import type { SpanData, Telemetry } from '../ports/telemetry.ts';
import type { Prompting, ProviderConfig, Sampling, VariantConfig } from './config/model.ts';
import type { Asked } from './inference-record.ts';
import type { VariantAnswer, VariantCall, Watch } from './variants/variant-call.ts';

export interface SpanPlace {
  readonly trace: string;
  readonly id: string;
  readonly parent?: string;
  readonly sampled?: boolean;
}

export interface SpanParts {
  readonly clock: Clock;
  readonly providers: (model: string) => readonly ProviderConfig[];
  readonly traceContents?: boolean;
}

type Attributes = SpanData['attributes'];

const fresh = (): string => randomBytes(8).toString('hex');

export class InferenceSpans {
  readonly #telemetry: Telemetry;
  readonly #parts: SpanParts;

  constructor(telemetry: Telemetry, parts: SpanParts) {
    this.#telemetry = telemetry;
    this.#parts = parts;
  }

  begin(inference: string, traceparent: string | undefined): SpanPlace {
    const outer = traceparent === undefined ? undefined : parseTraceparent(traceparent);
    if (outer === undefined) return { trace: hash('sha256', `inference/${inference}`).slice(0, 32), id: fresh() };
    return { trace: outer.trace, id: fresh(), parent: outer.span, sampled: outer.sampled };
  }

  part(of: SpanPlace | undefined): SpanPlace | undefined {
    return of === undefined ? undefined : { ...of, id: fresh(), parent: of.id };
  }

  /** How it came out; `variant` is the one that answered, or that was to answer. */
  tell(asked: Asked, variant: VariantConfig | undefined, outcome: unknown): void {
    const { span, call, at, options, episode } = asked;
    if (span === undefined) return;
    const inference = isInference(outcome) ? outcome : undefined;
    const prompting = variant !== undefined && 'model' in variant ? variant : undefined;
    const model = inference?.model ?? prompting?.model;
    this.#send(span, call, at, {
      name: `chat ${this.#modelOf(model, inference?.provider) ?? call.fn.name}`,
      asksModel: inference === undefined || inference.source === 'model',
      attributes: {
        ...this.#whom(model, inference?.provider),
        ...samplingOf({ ...prompting?.sampling, ...call.sampling }),
        'continuo.function': call.fn.name,
        'continuo.variant': inference?.variant ?? variant?.name ?? asked.variants[0] ?? '',
        'continuo.project': call.project,
        ...(options.run === undefined ? { 'session.id': episode } : { 'continuo.run.id': options.run }),
        ...(options.step === undefined ? {} : { 'continuo.step.id': options.step }),
        ...(options.tags?.['workflow'] === undefined ? {} : { 'gen_ai.workflow.name': options.tags['workflow'] }),
        ...(options.tags?.['user'] === undefined ? {} : { 'user.id': options.tags['user'] }),
        ...this.#spent(call.spending.own.usage, call.spending.own.cost),
        ...(inference === undefined ? {} : answerOf(inference)),
        ...(this.#parts.traceContents === true ? contentsOf(call.input, inference) : {}),
      },
      ...(inference === undefined ? { error: errorOf(outcome, call) } : {}),
    });
  }

  watching(of: SpanPlace | undefined): Watch | undefined {
    if (of === undefined) return undefined;
    return async (name, prompting, call, work) => {
      const at = this.#parts.clock.now();
      const before = call.spending.own;
      const span = { ...of, id: fresh(), parent: of.id };
      try {
        const answer = await work();
        this.#aside(span, name, prompting, call, { at, before, answer });
        return answer;
      } catch (error) {
        this.#aside(span, name, prompting, call, { at, before, error });
        throw error;
      }
    };
  }

  #aside(span: SpanPlace, name: string, prompting: Prompting, call: VariantCall, came: Came): void {
    const { at, before, answer } = came;
    const { usage, cost } = call.spending.own;
    this.#send(span, call, at, {
      name: `chat ${this.#modelOf(prompting.model, answer?.provider) ?? name}`,
      asksModel: answer === undefined || answer.source === 'model',
      attributes: {
        ...this.#whom(prompting.model, answer?.provider),
        ...samplingOf(prompting.sampling),
        'continuo.function': call.fn.name,
        'continuo.variant': name,
        ...this.#spent(
          {
            ...usage,
            inputTokens: usage.inputTokens - before.usage.inputTokens,
            outputTokens: usage.outputTokens - before.usage.outputTokens,
          },
          cost - before.cost,
        ),
        ...(this.#parts.traceContents === true && answer !== undefined
          ? { 'gen_ai.output.messages': said('assistant', answer.output) }
          : {}),
      },
      ...(answer === undefined ? { error: errorOf(came.error, call) } : {}),
    });
  }

  #send(
    { trace, id, parent, sampled }: SpanPlace,
    call: VariantCall,
    from: number,
    { name, asksModel, attributes, error }: Described,
  ): void {
    this.#telemetry.span({
      trace,
      id,
      ...(parent === undefined ? {} : { parent }),
      name,
      kind: asksModel ? 'client' : 'internal',
      from,
      to: Math.max(from, this.#parts.clock.now()),
      attributes: { 'gen_ai.operation.name': 'chat', 'continuo.inference.id': call.id, ...attributes },
      ...(error === undefined ? {} : { error }),
      ...(sampled === undefined ? {} : { sampled }),
    });
  }

  #provider(model: string | undefined, name: string | undefined): ProviderConfig | undefined {
    const providers = model === undefined ? [] : this.#parts.providers(model);
    return providers.find((one) => one.name === name) ?? providers[0];
  }

  #modelOf(model: string | undefined, provider: string | undefined): string | undefined {
    return this.#provider(model, provider)?.modelName ?? model;
  }

  /** Where nobody answered it is the one who would have been asked first. */
  #whom(model: string | undefined, provider: string | undefined): Attributes {
    const config = this.#provider(model, provider);
    return {
      'gen_ai.provider.name': config === undefined ? 'continuo' : (providerNames[config.type] ?? config.type),
      ...(config === undefined ? {} : { 'gen_ai.request.model': config.modelName }),
      ...(model === undefined ? {} : { 'continuo.model': model }),
      ...(provider === undefined ? {} : { 'continuo.provider': provider }),
    };
  }

  #spent({ inputTokens, outputTokens, cachedTokens }: Usage, cost: number): Attributes {
    return {
      'gen_ai.usage.input_tokens': inputTokens,
      'gen_ai.usage.output_tokens': outputTokens,
      ...(cachedTokens === 0 ? {} : { 'gen_ai.usage.cache_read.input_tokens': cachedTokens }),
      'continuo.cost_usd': cost,
    };
  }
}

interface Came {
  readonly at: number;
  readonly before: { readonly usage: Usage; readonly cost: number };
  readonly answer?: VariantAnswer;
  readonly error?: unknown;
}

interface Described {
  readonly name: string;
  readonly asksModel: boolean;
  readonly attributes: Attributes;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Where OpenTelemetry has another name for a type of provider than its configuration. */
const providerNames: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  mistral: 'mistral_ai',
  xai: 'x_ai',
  aws_bedrock: 'aws.bedrock',
  gcp_vertex_gemini: 'gcp.vertex_ai',
  google_ai_studio_gemini: 'gcp.gemini',
};

function isInference(outcome: unknown): outcome is Inference {
  return typeof outcome === 'object' && outcome !== null && 'inferenceId' in outcome;
}

function samplingOf({ temperature, topP, maxTokens, presencePenalty, frequencyPenalty, seed, stop }: Sampling): Attributes {
  return {
    ...(temperature === undefined ? {} : { 'gen_ai.request.temperature': temperature }),
    ...(topP === undefined ? {} : { 'gen_ai.request.top_p': topP }),
    ...(maxTokens === undefined ? {} : { 'gen_ai.request.max_tokens': maxTokens }),
    ...(presencePenalty === undefined ? {} : { 'gen_ai.request.presence_penalty': presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { 'gen_ai.request.frequency_penalty': frequencyPenalty }),
    ...(seed === undefined ? {} : { 'gen_ai.request.seed': seed }),
    ...(stop === undefined ? {} : { 'gen_ai.request.stop_sequences': stop }),
  };
}

function answerOf({ inferenceId, source, rung, tried, toolCalls }: Inference): Attributes {
  return {
    'gen_ai.response.id': inferenceId,
    'gen_ai.response.finish_reasons': [toolCalls.length > 0 ? 'tool_calls' : 'stop'],
    'continuo.source': source,
    'continuo.rung': rung,
    ...(tried.length === 0
      ? {}
      : {
          'continuo.tried': tried.map(({ variant, model, provider, code }) => [variant, model, provider, code].filter(Boolean).join(' ')),
        }),
  };
}

function contentsOf(input: Json, inference: Inference | undefined): Attributes {
  return {
    'gen_ai.input.messages': said('user', input),
    ...(inference === undefined ? {} : { 'gen_ai.output.messages': said('assistant', inference.output) }),
  };
}

function said(role: 'user' | 'assistant', value: Json): string {
  return JSON.stringify([{ role, parts: [{ type: 'text', content: typeof value === 'string' ? value : JSON.stringify(value) }] }]);
}

function errorOf(error: unknown, { signal }: VariantCall): { readonly code: string; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (signal?.aborted === true) return { code: 'CANCELLED', message };
  return { code: error instanceof ContinuoError ? error.code : 'INTERNAL', message };
}
