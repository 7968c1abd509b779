/**
 * From a model's words to an output that fits.
 *
 * L1. The cheap rungs (extract, syntax, coerce) cost nothing and come first; then the model is asked again, once, with
 *     what is wrong; then the next provider of the routing gets its turn.
 * L2. What was streamed cannot be taken back: a text that was heard is the answer, or the inference fails.
 */
import type { LanguageModelV4Message } from '@ai-sdk/provider';
import { ContinuoError } from '../../core/errors.ts';
import type { Rung } from '../../ports/ledger.ts';
import type { FunctionConfig } from '../config/model.ts';
import type { Ear } from '../ear.ts';
import type { Tried } from '../inference.ts';
import type { ModelAnswer, ModelCall } from '../models/model-call.ts';
import type { Mended, VariantParts } from './parts.ts';
import type { VariantAnswer, VariantCall } from './variant-call.ts';

export interface Climb {
  readonly variant: string;
  readonly fn: FunctionConfig;
  readonly request: ModelCall;
  readonly call: VariantCall;
}

export type FromModel = VariantAnswer & { readonly model: string; readonly provider: string };

export async function climb(parts: VariantParts, ascent: Climb): Promise<FromModel> {
  const { variant, fn, call } = ascent;
  const { model } = ascent.request;
  const tried: Tried[] = [];
  const spent: string[] = [];
  let problems: readonly string[] = [];
  for (;;) {
    const asked = await ask(parts, ascent, spent.length === 0 ? ascent.request : { ...ascent.request, without: spent }).catch(
      (error: unknown) => {
        // That nobody else can be asked is not what is wrong.
        throw spent.length > 0 && isOfProviders(error) ? unusable(ascent, problems) : error;
      },
    );
    const { request, answer } = asked;
    tried.push(...answer.tried.map((one) => ({ variant, ...one })));
    const found = (mended: Mended & { is: 'good' }, { toolCalls, finish }: ModelAnswer, rung: Rung): FromModel => ({
      output: mended.value,
      toolCalls,
      // What a provider gave up is no answer, and does not come here.
      finish: finish === 'error' ? 'other' : finish,
      rung: spent.length > 0 ? 'next_provider' : rung,
      source: 'model',
      model,
      provider: answer.provider,
      tried,
    });
    const first = read(parts, fn, answer);
    if (first.is === 'good') return found(first, answer, first.rung);
    if (call.ear?.heard === true) throw unusable(ascent, first.problems);
    const second = await askAgain(parts, { ...ascent, request }, answer, first.problems);
    if (second.mended.is === 'good') return found(second.mended, second.answer, 'asked_again');
    ({ problems } = second.mended);
    tried.push({ variant, model, provider: answer.provider, code: 'OUTPUT_UNUSABLE', message: problems.join('; ') });
    spent.push(answer.provider);
    if (parts.providers(model).every(({ name }) => spent.includes(name))) throw unusable(ascent, problems);
  }
}

interface Asked {
  /** As it was made in the end. */
  readonly request: ModelCall;
  readonly answer: ModelAnswer;
}

/** A provider that does not take the schema may take the wish for JSON. */
async function ask(parts: VariantParts, { fn, call }: Climb, request: ModelCall): Promise<Asked> {
  const say = async (how: ModelCall): Promise<Asked> => {
    const answer = await (call.ear === undefined || fn.type === 'json' ? parts.models.call(how) : heard(parts, how, call.ear));
    call.spending.used(answer.usage);
    return { request: how, answer };
  };
  try {
    return await say(request);
  } catch (error) {
    if (request.json?.mode !== 'strict' || !refusesSchema(error)) throw error;
    const { name } = request.json;
    return say({ ...request, json: { mode: 'on', name } });
  }
}

/** One that was asked on the way did so: the error speaks of all of them. */
function refusesSchema(error: unknown): boolean {
  return error instanceof ContinuoError && error.code.startsWith('PROVIDER_') && /schema|response_?format/i.test(error.message);
}

function isOfProviders(error: unknown): boolean {
  return error instanceof ContinuoError && /^(PROVIDER|KEY)_/.test(error.code);
}

async function heard(parts: VariantParts, request: ModelCall, ear: Ear): Promise<ModelAnswer> {
  for await (const event of parts.models.stream(request)) {
    if (event.is === 'text') await ear.hear(event.text);
    else if (event.is === 'answer') return event.answer;
    else throw new ContinuoError('STREAM_CUT', event.message);
  }
  throw new ContinuoError('STREAM_CUT', `the stream of ${request.model} ended without an answer`);
}

function read(parts: VariantParts, fn: FunctionConfig, { text, toolCalls, finish }: ModelAnswer): Mended {
  if (fn.type === 'chat') {
    if (text.trim() === '' && toolCalls.length === 0) return { is: 'bad', problems: ['the answer is empty'] };
    return { is: 'good', value: text, rung: 'none' };
  }
  const mended = parts.mend(text, fn.output);
  // Brackets closed at the end of a text that was cut off would pass half an answer for a whole one.
  if (mended.is === 'good' && finish === 'length' && mended.rung !== 'none')
    return { is: 'bad', problems: ['the answer was cut off at the limit of tokens: answer more briefly'] };
  return mended;
}

interface Again {
  readonly mended: Mended;
  readonly answer: ModelAnswer;
}

async function askAgain(
  parts: VariantParts,
  { fn, request, call }: Climb,
  answer: ModelAnswer,
  problems: readonly string[],
): Promise<Again> {
  const more: LanguageModelV4Message[] = [{ role: 'user', content: [{ type: 'text', text: parts.askAgain(problems) }] }];
  // Providers refuse an empty turn.
  if (answer.text.trim() !== '') more.unshift({ role: 'assistant', content: [{ type: 'text', text: answer.text }] });
  try {
    const again = await parts.models.call({
      ...request,
      prompt: [...request.prompt, ...more],
      only: [answer.provider],
      retries: { max: 0, maxDelay: 0 },
    });
    call.spending.used(again.usage);
    return { mended: read(parts, fn, again), answer: again };
  } catch (error) {
    if (!(error instanceof ContinuoError) || !isOfProviders(error)) throw error;
    return { mended: { is: 'bad', problems: [error.message] }, answer };
  }
}

function unusable({ variant, fn, request }: Climb, problems: readonly string[]): ContinuoError {
  return new ContinuoError(
    'OUTPUT_UNUSABLE',
    `function ${fn.name}, variant ${variant}, model ${request.model}: the output does not fit: ${problems.join('; ')}`,
    [...problems],
    true,
  );
}
