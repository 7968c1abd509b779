/** The best of several candidates, in the eyes of a judge. */
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { BestOfVariant, FunctionConfig, SchemaFile } from '../config/model.ts';
import type { Tried } from '../inference.ts';
import { inWords } from '../prompt.ts';
import { judgeWords } from '../prompts/judge.ts';
import { candidatesOf, chosenFrom, triedBy } from './candidates.ts';
import { watched } from './chat.ts';
import type { VariantParts } from './parts.ts';
import type { RunVariant, VariantAnswer, VariantCall } from './variant-call.ts';
import { isCancelled } from './within.ts';

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
  const answers = good.map(({ answer }) => answer);
  const judged = await judge(parts, variant, call, answers);
  const chosen = chosenFrom(answers, judged.place ?? Math.floor(parts.random() * answers.length), judged.by);
  return { ...chosen, tried: [...tried, ...judged.tried] };
}

interface Judged {
  /** Absent when the judge failed: that costs its judgement, and no answer. */
  readonly place?: number;
  readonly by: readonly VariantAnswer[];
  readonly tried: readonly Tried[];
}

async function judge(
  parts: VariantParts,
  { name, evaluator }: BestOfVariant,
  call: VariantCall,
  answers: readonly VariantAnswer[],
): Promise<Judged> {
  const fn: FunctionConfig = { ...call.fn, name: `${call.fn.name}.${name}.evaluator`, type: 'json', output: choice };
  const outputs = answers.map(({ output }) => output);
  try {
    const words = inWords(call.dialogue, evaluator, parts.render, { function: call.fn.name, variant: `${name}.evaluator` });
    const said = {
      name: `${name}.evaluator`,
      prompting: evaluator,
      words: judgeWords(words, outputs),
      call: { ...call, fn, sampling: {}, tools: [], toolChoice: undefined, ear: undefined, place: undefined },
    };
    const verdict = await watched(parts, said);
    const place = placeOf(verdict.output);
    if (place >= 0 && place < answers.length) return { place, by: [verdict], tried: verdict.tried };
    throw new ContinuoError('OUTPUT_UNUSABLE', `the judge chose ${place} of ${answers.length} candidates`);
  } catch (error) {
    if (!(error instanceof ContinuoError) || isCancelled(call)) throw error;
    return { by: [], tried: [{ ...triedBy(`${name}.evaluator`, error), model: evaluator.model }] };
  }
}

function placeOf(output: Json): number {
  return typeof output === 'object' && output !== null && 'answer_choice' in output ? Number(output.answer_choice) : -1;
}
