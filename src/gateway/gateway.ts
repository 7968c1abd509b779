/**
 * The model gateway: a function is called by its name, and somebody answers.
 *
 * G1. The variants of an experiment are tried in the order of its assignment, then its fallbacks, then the function's
 *     rules. A variant that was asked for by name is tried alone.
 * G2. Nobody takes the place of an answer that has begun to be heard, that was cancelled, or that a budget or a rate
 *     limit forbids.
 * G3. Every inference, good or not, is in the ledger once, with what all of its parts have cost.
 * G4. With an idempotency key, an answer that is in the ledger with its contents is not paid for again, and one that was
 *     paid for is durable before it is given.
 * G5. `close` waits for what is under way; nothing begins afterwards.
 */
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { askedFunction, type AskedFunction, type CheckSchema } from './asked-function.ts';
import { cacheUse } from './cache.ts';
import { modelsOf } from './config/missing-keys.ts';
import type { FunctionConfig, GatewayConfig, VariantConfig } from './config/model.ts';
import { inputOf, readDialogue, type Judge } from './conversation.ts';
import { Ear } from './ear.ts';
import { projectOfEpisode, saveFeedback, type Feedback } from './feedback.ts';
import { functionNamed, variantNamed } from './named.ts';
import type { Inference, InferInput, InferOptions, Speaker, Target, Tried } from './inference.ts';
import { InferenceSpans } from './inference-spans.ts';
import { idOf, inferenceOf, recalled, recordOf, type Asked } from './inference-record.ts';
import type { Guard } from './models/model-call.ts';
import { newId } from './new-id.ts';
import type { Recorder } from './recorder.ts';
import { Spending } from './spending.ts';
import { UnderWay } from './under-way.ts';
import { degrades, stops } from './variants/candidates.ts';
import type { VariantParts } from './variants/parts.ts';
import { runVariant, whyUnusable } from './variants/run-variant.ts';
import type { VariantAnswer, VariantCall } from './variants/variant-call.ts';

export interface GatewayParts extends VariantParts {
  readonly config: GatewayConfig;
  readonly ledger: Ledger;
  readonly recorder: Recorder;
  readonly judge: Judge;
  readonly checkSchema: CheckSchema;
  /** Variants in the order in which they are tried. */
  readonly order: (
    fn: FunctionConfig,
    episode: string,
    usable: (variant: string) => boolean,
  ) => Promise<readonly string[]> | readonly string[];
  /** Absent where nothing limits a call. */
  readonly guard: (tags: Readonly<Record<string, string>>, options: InferOptions) => Guard | undefined;
  readonly newId?: () => string;
  /** Is told of what was asked; with its words only where `traceContents` says so. */
  readonly telemetry?: Telemetry;
  readonly traceContents?: boolean;
  /** Called when everything is written down. */
  readonly release?: () => Promise<void>;
}

export class Gateway {
  readonly config: GatewayConfig;
  readonly #parts: GatewayParts;
  readonly #newId: () => string;
  readonly #spans: InferenceSpans | undefined;
  readonly #underWay = new UnderWay();

  constructor(parts: GatewayParts) {
    this.config = parts.config;
    this.#parts = parts;
    this.#newId = parts.newId ?? newId;
    this.#spans = parts.telemetry === undefined ? undefined : new InferenceSpans(parts.telemetry, parts);
  }

  /**
   * Calls a function, or a model as it is.
   *
   * ```ts
   * const { output, source } = await gateway.infer('script_generator', { topic: 'kites' });
   * const { output: text } = await gateway.infer({ model: 'fast_llm' }, 'Say something about kites.');
   * ```
   */
  async infer(target: Target, input: InferInput, options: InferOptions = {}): Promise<Inference> {
    const asked = askedFunction(this.config, target, options, this.#parts.checkSchema);
    const said = inputOf(asked.fn, input);
    const { idempotencyKey } = options;
    if (idempotencyKey === undefined) return this.#underWay.run(() => this.#infer(asked, said, options, this.#newId()));
    const name = typeof target === 'string' ? [target] : [asked.fn.name, target.model];
    const id = idOf(projectOf(options), ...name, idempotencyKey);
    return this.#underWay.inTurn(id, () => this.#inferOnce(asked, said, options, id));
  }

  /** G4 */
  async #inferOnce(asked: AskedFunction, input: Json, options: InferOptions, id: string): Promise<Inference> {
    const known = await this.#parts.recorder.inference(id);
    const again = known === undefined ? undefined : recalled(known);
    if (again === undefined) return this.#infer(asked, input, options, known === undefined ? id : this.#newId());
    await options.onText?.(textOf(again), again);
    return again;
  }

  async #infer({ fn, variant }: AskedFunction, input: Json, options: InferOptions, id: string): Promise<Inference> {
    const { judge, config, clock, guard } = this.#parts;
    const only = variant === undefined ? undefined : variantNamed(fn, variant);
    const dialogue = readDialogue(fn, input, judge);
    const project = projectOf(options);
    const episode = options.episode ?? this.#newId();
    const variants: string[] = [];
    const speaker = (): Speaker => ({ inferenceId: id, episodeId: episode, variant: variants.at(-1) ?? '' });
    const span = this.#spans?.begin(id, options.traceparent);
    const call: VariantCall = {
      id,
      fn,
      input,
      dialogue,
      project,
      cache: cacheUse(config.cache, project, options),
      sampling: options.sampling ?? {},
      tools: options.tools ?? [],
      toolChoice: options.toolChoice,
      keys: options.keys,
      signal: options.signal,
      spending: new Spending(guard({ ...options.tags, project, function: fn.name }, options)),
      place: undefined,
      ear: options.onText === undefined ? undefined : new Ear(options.onText, speaker),
      watch: this.#spans?.watching(span),
    };
    const asked: Asked = { call, episode, options, at: clock.now(), began: performance.now(), variants, records: [], span };
    let answered: Answered;
    try {
      answered = await this.#answer(asked, only);
    } catch (error) {
      this.#spans?.tell(asked, only, error);
      await this.#record(asked, undefined, error);
      throw error;
    }
    const inference = inferenceOf(asked, answered.variant, answered.answer, answered.tried);
    this.#spans?.tell(asked, answered.variant, inference);
    await this.#record(asked, inference, undefined);
    return inference;
  }

  /** Says how an inference, or an episode, has done. */
  feedback(feedback: Feedback): Promise<{ readonly feedbackId: string }> {
    return this.#underWay.run(() => saveFeedback({ ...this.#parts, newId: this.#newId }, feedback));
  }

  /** The project of an inference, or of what was inferred first in an episode; undefined where there is none. */
  async whose(of: { readonly inference: string } | { readonly episode: string }): Promise<string | undefined> {
    const { recorder } = this.#parts;
    return 'inference' in of ? (await recorder.inference(of.inference))?.project : projectOfEpisode(this.#parts, of.episode);
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

  /** Waits for what is under way, and writes down what is to be written down. */
  async close(): Promise<void> {
    const { recorder } = this.#parts;
    // Before anything else: what is under way may wait for a store that is down.
    recorder.giveUp();
    await this.#underWay.close();
    try {
      await recorder.close();
    } finally {
      await this.#parts.release?.();
    }
  }

  async #answer(asked: Asked, only: VariantConfig | undefined): Promise<Answered> {
    const { call } = asked;
    const variants = only === undefined ? await this.#variants(asked) : [only];
    const tried: Tried[] = [];
    const failures: ContinuoError[] = [];
    for (const variant of variants) {
      call.signal?.throwIfAborted();
      asked.variants.push(variant.name);
      try {
        const answer = await this.#run(asked, variant, call);
        if (call.ear?.heard === false) await call.ear.hear(textOf(answer));
        return { variant, answer, tried };
      } catch (error) {
        call.signal?.throwIfAborted();
        if (call.ear?.heard === true || !(error instanceof ContinuoError) || stops(error)) throw error;
        tried.push({ variant: variant.name, code: error.code, message: error.message });
        failures.push(error);
      }
    }
    throw nobody(call.fn, tried, failures);
  }

  #run(asked: Asked, variant: VariantConfig, call: VariantCall): Promise<VariantAnswer> {
    return runVariant(this.#parts, variant, call, (part, partCall) => this.#part(asked, part, partCall));
  }

  /** A candidate is an inference of its own in the ledger, under the one that it was made for. */
  async #part(asked: Asked, variant: VariantConfig, call: VariantCall): Promise<VariantAnswer> {
    const span = this.#spans?.part(asked.span);
    const part: Asked = {
      ...asked,
      span,
      call: { ...call, id: this.#newId(), spending: call.spending.part(), watch: this.#spans?.watching(span) },
      at: this.#parts.clock.now(),
      began: performance.now(),
      variants: [variant.name],
    };
    const keep = (inference: Inference | undefined, error: unknown): void => {
      this.#spans?.tell(part, variant, inference ?? error);
      asked.records.push(recordOf(part, inference, error, this.config.keepContents));
    };
    try {
      const answer = await this.#run(part, variant, part.call);
      keep(inferenceOf(part, variant, answer, []), undefined);
      return answer;
    } catch (error) {
      keep(undefined, error);
      throw error;
    }
  }

  async #variants({ call, episode, options }: Asked): Promise<readonly VariantConfig[]> {
    const { fn } = call;
    const usable = (name: string): boolean => {
      const variant = fn.variants[name];
      return variant !== undefined && whyUnusable(this.#parts, fn, variant, options.keys) === undefined;
    };
    const order = await this.#parts.order(fn, episode, usable);
    const variants = order.flatMap((name) => fn.variants[name] ?? []);
    for (const variant of Object.values(fn.variants)) if (variant.type === 'rules' && !order.includes(variant.name)) variants.push(variant);
    if (variants.length > 0) return variants;
    const whys = Object.values(fn.variants).map(
      (variant) => whyUnusable(this.#parts, fn, variant, options.keys) ?? `${variant.name} is not a candidate`,
    );
    throw new ContinuoError('KEY_MISSING', `function ${fn.name} has no variant that can answer here: ${[...new Set(whys)].join('; ')}`);
  }

  async #record(asked: Asked, inference: Inference | undefined, error: unknown): Promise<void> {
    const { call, options, records } = asked;
    if (options.dryrun === true) return;
    const { recorder } = this.#parts;
    const record = recordOf(asked, inference, error, this.config.keepContents);
    const isNamed = options.idempotencyKey !== undefined;
    // The name is for the answer that is still to come.
    const id = isNamed && inference === undefined ? this.#newId() : record.id;
    const parts = records.map((part) => ({ ...part, parent: id }));
    const entries: LedgerEntry[] = [{ ...record, id }, ...parts].map((one) => ({ is: 'inference', record: one }));
    await (isNamed && inference !== undefined && call.spending.hasAsked ? recorder.write(entries) : recorder.note(entries));
  }
}

interface Answered {
  readonly variant: VariantConfig;
  readonly answer: VariantAnswer;
  readonly tried: readonly Tried[];
}

function projectOf({ project = 'default' }: InferOptions): string {
  return project;
}

function textOf({ output }: { readonly output: Json }): string {
  return typeof output === 'string' ? output : JSON.stringify(output);
}

function nobody(fn: FunctionConfig, tried: readonly Tried[], failures: readonly ContinuoError[]): ContinuoError {
  const last = failures.at(-1);
  if (last !== undefined && failures.length === 1) return last;
  const said = tried.map(({ variant, code, message }) => `${variant}: ${code}: ${message}`).join('\n  ');
  return new ContinuoError(
    last !== undefined && degrades(last) ? 'BUDGET_EXCEEDED' : 'INFERENCE_FAILED',
    `no variant of function ${fn.name} gave an answer:\n  ${said}`,
    tried.map(({ variant, code, message }) => ({ variant, code, message })),
    failures.some(({ retryable }) => retryable),
  );
}
