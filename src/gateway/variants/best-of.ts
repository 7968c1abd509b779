/** The best of several candidates, in the eyes of a judge. */
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { BestOfVariant, FunctionConfig, SchemaFile } from '../config/model.ts';
import { judgeWords } from '../prompts/judge.ts';
import { inWords } from '../prompt.ts';
import { candidatesOf, stops, type Candidate, type Candidates } from './candidates.ts';
import { converse } from './chat.ts';
import type { VariantParts } from './parts.ts';
import type { RunVariant, VariantAnswer, VariantCall } from './variant-call.ts';

const choice: SchemaFile = {
  path: 'answer_choice',
  schema: {
    type: 'object',
    properties: { thinking: { type: 'string' }, answer_choice: { type: 'integer' } },
    required: ['thinking', 'answer_choice'],
    additionalProperties: false,
  },
};

export async function bestOf(parts: VariantParts, variant: BestOfVariant, call: VariantCall, run: RunVariant): Promise<VariantAnswer> {
  const { good, tried } = await candidatesOf(variant.candidates, call, run);
  const [first, ...others] = good;
  if (first === undefined) throw new ContinuoError('INFERENCE_FAILED', `function ${call.fn.name}: there is no candidate`);
  if (others.length === 0) return { ...first.answer, tried };
  const judged = await judge(parts, variant, call, { good, tried });
  const chosen = judged.place === undefined ? Math.floor(parts.random() * good.length) : judged.place;
  const { answer } = good[chosen] ?? first;
  return { ...answer, source: sourceOf(good, judged.cached), tried: [...tried, ...judged.tried] };
}

/** From the cache when every part of it is. */
export function sourceOf(good: readonly Candidate[], lastIsCached: boolean): 'model' | 'rules' | 'cache' {
  const sources = new Set(good.map(({ answer }) => answer.source));
  if (sources.has('model') || !lastIsCached) return 'model';
  return 'cache';
}

interface Judged {
  /** Absent when the judge failed. */
  readonly place: number | undefined;
  readonly cached: boolean;
  readonly tried: Candidates['tried'];
}

async function judge(parts: VariantParts, { name, evaluator }: BestOfVariant, call: VariantCall, { good }: Candidates): Promise<Judged> {
  const fn: FunctionConfig = { ...call.fn, name: `${call.fn.name}.${name}.evaluator`, type: 'json', output: choice };
  const words = inWords(call.dialogue, evaluator, parts.render, { function: call.fn.name, variant: `${name}.evaluator` });
  try {
    const said = judgeWords(
      words,
      good.map(({ answer }) => answer.output),
    );
    const { output, source } = await converse(parts, {
      name,
      prompting: evaluator,
      words: said,
      call: { ...call, fn, sampling: {}, ear: undefined, place: undefined },
    });
    const place = placeOf(output);
    if (place >= 0 && place < good.length) return { place, cached: source === 'cache', tried: [] };
    throw new ContinuoError('OUTPUT_UNUSABLE', `the judge chose ${place} of ${good.length} candidates`);
  } catch (error) {
    if (!(error instanceof ContinuoError) || call.signal?.aborted === true || stops(error)) throw error;
    return {
      place: undefined,
      cached: false,
      tried: [{ variant: `${name}.evaluator`, model: evaluator.model, code: error.code, message: error.message }],
    };
  }
}

function placeOf(output: Json): number {
  return typeof output === 'object' && output !== null && 'answer_choice' in output ? Number(output.answer_choice) : -1;
}
