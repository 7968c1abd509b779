/** Several candidates, made into one answer. */
import { ContinuoError } from '../../core/errors.ts';
import type { MixtureVariant } from '../config/model.ts';
import { inWords } from '../prompt.ts';
import { fuserWords } from '../prompts/fuser.ts';
import { candidatesOf, chosenFrom, sourceOf, triedBy } from './candidates.ts';
import { watched } from './chat.ts';
import type { VariantParts } from './parts.ts';
import type { RunVariant, VariantAnswer, VariantCall } from './variant-call.ts';
import { isCancelled } from './within.ts';

export async function mixture(parts: VariantParts, variant: MixtureVariant, call: VariantCall, run: RunVariant): Promise<VariantAnswer> {
  const { good, tried } = await candidatesOf(variant.candidates, call, run);
  const [first, ...others] = good;
  if (first === undefined) throw new ContinuoError('INFERENCE_FAILED', `function ${call.fn.name}: there is no candidate`);
  if (others.length === 0) return { ...first.answer, tried };
  const { name, fuser } = variant;
  const answers = good.map(({ answer }) => answer);
  try {
    const words = inWords(call.dialogue, fuser, parts.render, { function: call.fn.name, variant: `${name}.fuser` });
    const outputs = answers.map(({ output }) => output);
    const said = { name: `${name}.fuser`, prompting: fuser, words: fuserWords(words, outputs), call: { ...call, place: undefined } };
    const fused = await watched(parts, said);
    return { ...fused, source: sourceOf([...answers, fused]), tried: [...tried, ...fused.tried] };
  } catch (error) {
    if (!(error instanceof ContinuoError) || isCancelled(call) || call.ear?.heard === true) throw error;
    const chosen = chosenFrom(answers, Math.floor(parts.random() * answers.length), []);
    return { ...chosen, tried: [...tried, { ...triedBy(`${name}.fuser`, error), model: fuser.model }] };
  }
}
