/**
 * The model gateway: a function is called by its name, and somebody answers.
 *
 * G1. The variants of an experiment are tried in the order of its assignment, then its fallbacks, then the function's
 *     rules. A variant that was asked for by name is tried alone.
 * G2. Nobody takes the place of an answer that has begun to be heard, that was cancelled, or that a budget or a rate
 *     limit forbids.
 * G3. Every inference, good or not, is in the ledger once, with what all of its parts have cost.
 * G4. With an idempotency key, an answer that is in the ledger is not paid for again, and one that was paid for is
 *     durable before it is given.
 */
import { randomUUIDv7 } from 'node:crypto';
import { ContinuoError } from '../core/errors.ts';
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import { cacheUse } from './cache.ts';
import { modelsOf } from './config/missing-keys.ts';
import type { FunctionConfig, GatewayConfig, VariantConfig } from './config/model.ts';
import { readDialogue, type Judge } from './conversation.ts';
import { saveFeedback, type Feedback } from './feedback.ts';
import { functionNamed, variantNamed } from './named.ts';
import type { Inference, InferInput, InferOptions, Tried } from './inference.ts';
import { idOf, inferenceOf, recalled, recordOf, type Asked } from './inference-record.ts';
import type { Guard } from './models/model-call.ts';
import type { Recorder } from './recorder.ts';
import { Spending } from './spending.ts';
import { degrades, stops } from './variants/candidates.ts';
import type { VariantParts } from './variants/parts.ts';
import { runVariant, whyUnusable } from './variants/run-variant.ts';
import type { VariantAnswer, VariantCall } from './variants/variant-call.ts';

export interface GatewayParts extends VariantParts {
  readonly config: GatewayConfig;
  readonly ledger: Ledger;
  readonly recorder: Recorder;
  readonly judge: Judge;
  /** Variants in the order in which they are tried. */
  readonly order: (
    fn: FunctionConfig,
    episode: string,
    usable: (variant: string) => boolean,
  ) => Promise<readonly string[]> | readonly string[];
  readonly guard: (tags: Readonly<Record<string, string>>, options: InferOptions) => Guard;
  readonly newId?: () => string;
  /** Called when everything is written down. */
  readonly release?: () => Promise<void>;
}

export class Gateway {
  readonly config: GatewayConfig;
  readonly #parts: GatewayParts;
  readonly #newId: () => string;

  constructor(parts: GatewayParts) {
    this.config = parts.config;
    this.#parts = parts;
    this.#newId = parts.newId ?? randomUUIDv7;
  }

  /**
   * Calls a function.
   *
   * ```ts
   * const { output, source } = await gateway.infer('script_generator', { topic: 'kites' });
   * ```
   */
  async infer(name: string, input: InferInput, options: InferOptions = {}): Promise<Inference> {
    const fn = functionNamed(this.config, name);
    if (options.variant !== undefined) variantNamed(fn, options.variant);
    const { recorder, judge, config, clock } = this.#parts;
    const id = options.idempotencyKey === undefined ? this.#newId() : idOf(options.idempotencyKey);
    const known = options.idempotencyKey === undefined ? undefined : await recorder.inference(id);
    const again = known === undefined ? undefined : recalled(known);
    if (again !== undefined) return again;
    const dialogue = readDialogue(fn, input, judge);
    const episode = options.episode ?? this.#newId();
    const project = options.project ?? 'default';
    const tags = { ...options.tags, project, function: name };
    const call: VariantCall = {
      id,
      fn,
      input,
      dialogue,
      project,
      cache: cacheUse(config.cache, project, options.cache),
      sampling: options.sampling ?? {},
      keys: options.keys,
      signal: options.signal,
      spending: new Spending(this.#parts.guard(tags, options)),
      place: undefined,
      onText: undefined,
    };
    const asked: Asked = { call, episode, options, at: clock.now(), began: performance.now(), records: [] };
    try {
      const { variant, answer, tried } = await this.#answer(asked);
      const inference = inferenceOf(asked, variant, answer, tried);
      await this.#record(asked, inference, undefined);
      return inference;
    } catch (error) {
      await this.#record(asked, undefined, error);
      throw error;
    }
  }

  /** Says how an inference, or an episode, has done. */
  feedback(feedback: Feedback): Promise<{ readonly feedbackId: string }> {
    return saveFeedback({ ...this.#parts, newId: this.#newId }, feedback);
  }

  /** Environment variables, any of which would let a model answer; undefined where one can, or none could. */
  keysThatHelp(name: string): readonly string[] | undefined {
    const fn = functionNamed(this.config, name);
    const variants = Object.values(fn.variants).filter(({ type }) => type !== 'rules');
    if (variants.some((variant) => whyUnusable(this.#parts, fn, variant, undefined) === undefined)) return undefined;
    const models = new Set(variants.flatMap(modelsOf).flatMap((model) => this.config.models[model] ?? []));
    const keys = [...models].flatMap(({ providers }) =>
      Object.values(providers).flatMap(({ key }) => (key.is === 'env' ? key.names.slice(0, 1) : [])),
    );
    return keys.length === 0 ? undefined : [...new Set(keys)].toSorted();
  }

  /** Everything that was inferred or said so far is written down. */
  settled(): Promise<void> {
    return this.#parts.recorder.settled();
  }

  /** Writes down what is to be written down. */
  async close(): Promise<void> {
    try {
      await this.#parts.recorder.close();
    } finally {
      await this.#parts.release?.();
    }
  }

  async #answer(asked: Asked): Promise<Answered> {
    const { call, options } = asked;
    const variants = await this.#variants(asked);
    const tried: Tried[] = [];
    let last: unknown;
    for (const variant of variants) {
      let heard = false;
      const onText = options.onText;
      const listening = onText === undefined ? undefined : (text: string): void => ((heard = true), onText(text));
      try {
        const answer = await this.#run(asked, variant, { ...call, onText: listening });
        if (!heard) onText?.(typeof answer.output === 'string' ? answer.output : JSON.stringify(answer.output));
        return { variant, answer, tried };
      } catch (error) {
        if (call.signal?.aborted === true || heard || !(error instanceof ContinuoError) || stops(error)) throw error;
        tried.push({ variant: variant.name, code: error.code, message: error.message });
        last = error;
      }
    }
    if (tried.length === 1) throw last;
    throw nobody(call.fn, tried, last);
  }

  async #run(asked: Asked, variant: VariantConfig, call: VariantCall): Promise<VariantAnswer> {
    return runVariant(this.#parts, variant, call, (part, partCall) => this.#part(asked, part, partCall));
  }

  /** A candidate is an inference of its own in the ledger, under the one that it was made for. */
  async #part(asked: Asked, variant: VariantConfig, call: VariantCall): Promise<VariantAnswer> {
    const spending = call.spending.part();
    const part: Asked = { ...asked, call: { ...call, id: this.#newId(), spending }, at: this.#parts.clock.now(), began: performance.now() };
    const keep = (answer: VariantAnswer | undefined, error: unknown): void => {
      const inference = answer === undefined ? undefined : inferenceOf(part, variant, answer, []);
      asked.records.push({ ...recordOf(part, inference, error, this.config.keepContents), variant: variant.name, parent: asked.call.id });
    };
    try {
      const answer = await this.#run(part, variant, part.call);
      keep(answer, undefined);
      return answer;
    } catch (error) {
      keep(undefined, error);
      throw error;
    }
  }

  async #variants({ call, episode, options }: Asked): Promise<readonly VariantConfig[]> {
    const { fn } = call;
    if (options.variant !== undefined) return [variantNamed(fn, options.variant)];
    const usable = (name: string): boolean => {
      const variant = fn.variants[name];
      return variant !== undefined && whyUnusable(this.#parts, fn, variant, options.keys) === undefined;
    };
    const order = await this.#parts.order(fn, episode, usable);
    const rules = Object.values(fn.variants).filter(({ type, name }) => type === 'rules' && !order.includes(name));
    const variants = [...order.flatMap((name) => fn.variants[name] ?? []), ...rules];
    if (variants.length > 0) return variants;
    const whys = Object.values(fn.variants).map(
      (variant) => whyUnusable(this.#parts, fn, variant, options.keys) ?? `${variant.name} is not a candidate`,
    );
    throw new ContinuoError('KEY_MISSING', `function ${fn.name} has no variant that can answer here: ${[...new Set(whys)].join('; ')}`);
  }

  async #record(asked: Asked, inference: Inference | undefined, error: unknown): Promise<void> {
    const { options, records } = asked;
    if (options.dryrun === true) return;
    const record = recordOf(asked, inference, error, this.config.keepContents);
    const entries: LedgerEntry[] = [record, ...records].map((one) => ({ is: 'inference', record: one }));
    const { recorder } = this.#parts;
    await (options.idempotencyKey !== undefined && inference?.source === 'model' ? recorder.write(entries) : recorder.note(entries));
  }
}

interface Answered {
  readonly variant: VariantConfig;
  readonly answer: VariantAnswer;
  readonly tried: readonly Tried[];
}

function nobody(fn: FunctionConfig, tried: readonly Tried[], last: unknown): ContinuoError {
  const said = tried.map(({ variant, code, message }) => `${variant}: ${code}: ${message}`).join('\n  ');
  const isBudget = last instanceof ContinuoError && degrades(last);
  return new ContinuoError(
    isBudget ? 'BUDGET_EXCEEDED' : 'INFERENCE_FAILED',
    `no variant of function ${fn.name} gave an answer:\n  ${said}`,
    tried.map(({ variant, code, message }) => ({ variant, code, message })),
    last instanceof ContinuoError && last.retryable,
  );
}
