/** Several candidates, made into one answer. */
import { ContinuoError } from '../../core/errors.ts';
import type { MixtureVariant } from '../config/model.ts';
import { fuserWords } from '../prompts/fuser.ts';
import { inWords } from '../prompt.ts';
import { sourceOf } from './best-of.ts';
import { candidatesOf, stops } from './candidates.ts';
import { converse } from './chat.ts';
import type { VariantParts } from './parts.ts';
import type { RunVariant, VariantAnswer, VariantCall } from './variant-call.ts';

export async function mixture(parts: VariantParts, variant: MixtureVariant, call: VariantCall, run: RunVariant): Promise<VariantAnswer> {
  const { good, tried } = await candidatesOf(variant.candidates, call, run);
  const [first, ...others] = good;
  if (first === undefined) throw new ContinuoError('INFERENCE_FAILED', `function ${call.fn.name}: there is no candidate`);
  if (others.length === 0) return { ...first.answer, tried };
  const { name, fuser } = variant;
  const words = inWords(call.dialogue, fuser, parts.render, { function: call.fn.name, variant: `${name}.fuser` });
  try {
    const said = fuserWords(
      words,
      good.map(({ answer }) => answer.output),
    );
    const fused = await converse(parts, { name, prompting: fuser, words: said, call: { ...call, place: undefined } });
    return { ...fused, source: sourceOf(good, fused.source === 'cache'), tried: [...tried, ...fused.tried] };
  } catch (error) {
    if (!(error instanceof ContinuoError) || call.signal?.aborted === true || stops(error) || error.code === 'STREAM_CUT') throw error;
    const chosen = good[Math.floor(parts.random() * good.length)] ?? first;
    return {
      ...chosen.answer,
      tried: [...tried, { variant: `${name}.fuser`, model: fuser.model, code: error.code, message: error.message }],
    };
  }
}
