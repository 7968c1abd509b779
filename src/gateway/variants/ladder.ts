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
  const { variant, fn, request, call } = ascent;
  const model = request.model;
  const tried: Tried[] = [];
  const spent: string[] = [];
  for (;;) {
    const answer = await ask(parts, ascent, { ...request, without: spent });
    tried.push(...answer.tried.map((one) => ({ variant, ...one })));
    const found = (mended: Mended & { is: 'good' }, rung: Rung): FromModel => ({
      output: mended.value,
      toolCalls: answer.toolCalls,
      rung: spent.length > 0 ? 'next_provider' : rung,
      source: 'model',
      model,
      provider: answer.provider,
      tried,
    });
    const first = read(parts, fn, answer);
    if (first.is === 'good') return found(first, first.rung);
    if (call.onText !== undefined && fn.type === 'chat') throw unusable(ascent, first.problems);
    const second = await askAgain(parts, ascent, answer, first.problems);
    if (second.is === 'good') return found(second, 'asked_again');
    tried.push({ variant, model, provider: answer.provider, code: 'OUTPUT_UNUSABLE', message: second.problems.join('; ') });
    spent.push(answer.provider);
    if (parts.routing(model).every((provider) => spent.includes(provider))) throw unusable(ascent, second.problems);
  }
}

/** A provider that does not take the schema may take the wish for JSON. */
async function ask(parts: VariantParts, { fn, call }: Climb, request: ModelCall): Promise<ModelAnswer> {
  try {
    const answer = await (call.onText === undefined || fn.type === 'json'
      ? parts.models.call(request)
      : heard(parts, request, call.onText));
    call.spending.used(answer.usage);
    return answer;
  } catch (error) {
    if (request.json?.mode !== 'strict' || !refusesSchema(error)) throw error;
    const { name } = request.json;
    return ask(parts, { variant: '', fn, request, call }, { ...request, json: { mode: 'on', name } });
  }
}

function refusesSchema(error: unknown): boolean {
  return error instanceof ContinuoError && error.code === 'PROVIDER_REFUSED' && /schema|response_?format/i.test(error.message);
}

async function heard(parts: VariantParts, request: ModelCall, onText: (text: string) => void): Promise<ModelAnswer> {
  for await (const event of parts.models.stream(request)) {
    if (event.is === 'text') onText(event.text);
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

async function askAgain(
  parts: VariantParts,
  { fn, request, call }: Climb,
  answer: ModelAnswer,
  problems: readonly string[],
): Promise<Mended> {
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
    return read(parts, fn, again);
  } catch (error) {
    if (!(error instanceof ContinuoError) || !error.code.startsWith('PROVIDER_')) throw error;
    return { is: 'bad', problems: [error.message] };
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
