/** Dynamic in-context learning: a model is shown how questions like this one were answered well. */
import type { Json } from '../../core/data/json.ts';
import type { Example } from '../../ports/ledger.ts';
import { readDialogue } from '../conversation.ts';
import type { ExamplesVariant } from '../config/model.ts';
import { inWords, type Turn, type Words } from '../prompt.ts';
import { converse } from './chat.ts';
import type { VariantParts } from './parts.ts';
import { distances, vectorDistance } from './similarity.ts';
import type { VariantAnswer, VariantCall } from './variant-call.ts';

const mostVectors = 5000;

export async function withExamples(parts: VariantParts, variant: ExamplesVariant, call: VariantCall): Promise<VariantAnswer> {
  const whom = { function: call.fn.name, variant: variant.name };
  const own = inWords(call.dialogue, variant, parts.render, whom);
  const examples = await nearest(parts, variant, call);
  const shown = examples.flatMap((example): readonly Turn[] => {
    const dialogue = readDialogue(call.fn, JSON.parse(example.input) as Json, () => []);
    const { turns } = inWords({ ...dialogue, system: undefined }, variant, parts.render, whom);
    return [...turns, { role: 'assistant', text: textOf(JSON.parse(example.output) as Json) }];
  });
  const words: Words = { ...own, turns: [...shown, ...own.turns] };
  return converse(parts, { name: variant.name, prompting: variant, words, call });
}

async function nearest(parts: VariantParts, variant: ExamplesVariant, call: VariantCall): Promise<readonly Example[]> {
  const metric = variant.metric ?? 'demonstration';
  const best = parts.metrics[metric]?.optimize ?? 'max';
  const known = await parts.examples.best(call.fn.name, metric, best);
  if (known.length === 0) return [];
  const far = await farness(parts, variant, call, known);
  return (
    known
      .map((example, place) => ({ example, distance: far[place] ?? 1 }))
      .filter(({ distance }) => distance <= (variant.maxDistance ?? 1))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, variant.k)
      // The nearest last: models attend most to what they read last.
      .toReversed()
      .map(({ example }) => example)
  );
}

async function farness(
  parts: VariantParts,
  { embeddingModel }: ExamplesVariant,
  call: VariantCall,
  known: readonly Example[],
): Promise<readonly number[]> {
  const query = plain(call.input);
  if (embeddingModel === undefined || parts.models.unusable(embeddingModel, call.keys) !== undefined)
    return distances(
      query,
      known.map(({ input }) => plain(JSON.parse(input))),
    );
  const { vectors } = parts;
  const nameOf = ({ inference }: Example): string => `${embeddingModel}/${inference}`;
  const fresh = known.filter((example) => !vectors.has(nameOf(example)));
  const how = {
    ...call.spending.billed,
    ...(call.keys === undefined ? {} : { keys: call.keys }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  };
  const [own = [], ...made] = await parts.models.embed(embeddingModel, [query, ...fresh.map(({ input }) => plain(JSON.parse(input)))], how);
  for (const [place, example] of fresh.entries()) vectors.set(nameOf(example), made[place] ?? []);
  const far = known.map((example) => vectorDistance(own, vectors.get(nameOf(example)) ?? []));
  while (vectors.size > mostVectors) vectors.delete([...vectors.keys()][0] ?? '');
  return far;
}

/** The values of an input, without the names of its fields: these are the same in every example. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return Object.values(value).map(plain).join('\n');
  return JSON.stringify(value ?? '');
}

function textOf(output: Json): string {
  return typeof output === 'string' ? output : JSON.stringify(output);
}
