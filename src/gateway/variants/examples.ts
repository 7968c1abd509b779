/** Dynamic in-context learning: a model is shown how questions like this one were answered well. */
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Example } from '../../ports/ledger.ts';
import { readDialogue } from '../conversation.ts';
import type { ExamplesVariant } from '../config/model.ts';
import { inWords, type Turn, type Words } from '../prompt.ts';
import { converse } from './chat.ts';
import type { VariantParts } from './parts.ts';
import { distances, vectorDistance } from './similarity.ts';
import type { VariantAnswer, VariantCall } from './variant-call.ts';
import { isCancelled } from './within.ts';

const mostVectors = 5000;

export async function withExamples(parts: VariantParts, variant: ExamplesVariant, call: VariantCall): Promise<VariantAnswer> {
  const own = inWords(call.dialogue, variant, parts.render, { function: call.fn.name, variant: variant.name });
  const examples = await nearest(parts, variant, call);
  const shown = examples.flatMap((example) => turnsOf(parts, variant, call, example));
  const words: Words = { ...own, turns: [...shown, ...own.turns] };
  return converse(parts, { name: variant.name, prompting: variant, words, call });
}

/** None where it was asked before the schema or the templates became what they are. */
function turnsOf(parts: VariantParts, variant: ExamplesVariant, { fn }: VariantCall, { input, output }: Example): readonly Turn[] {
  try {
    const dialogue = readDialogue(fn, JSON.parse(input) as Json, () => []);
    const { turns } = inWords({ ...dialogue, system: undefined }, variant, parts.render, { function: fn.name, variant: variant.name });
    return [...turns, { role: 'assistant', text: textOf(JSON.parse(output) as Json) }];
  } catch (error) {
    if (error instanceof ContinuoError) return [];
    throw error;
  }
}

async function nearest(parts: VariantParts, variant: ExamplesVariant, call: VariantCall): Promise<readonly Example[]> {
  const metric = variant.metric ?? 'demonstration';
  const best = parts.metrics[metric]?.optimize ?? 'max';
  const known = await parts.examples.best({ project: call.project, function: call.fn.name, metric, best });
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
  if (embeddingModel !== undefined && parts.models.unusable(embeddingModel, call.keys) === undefined) {
    try {
      return await vectorFarness(parts, embeddingModel, query, call, known);
    } catch (error) {
      if (!(error instanceof ContinuoError) || !error.code.startsWith('PROVIDER_') || isCancelled(call)) throw error;
    }
  }
  return distances(
    query,
    known.map(({ input }) => plain(JSON.parse(input))),
  );
}

async function vectorFarness(
  { models, vectors }: VariantParts,
  model: string,
  query: string,
  { keys, signal, spending }: VariantCall,
  known: readonly Example[],
): Promise<readonly number[]> {
  const nameOf = ({ inference }: Example): string => `${model}/${inference}`;
  const fresh = known.filter((example) => !vectors.has(nameOf(example)));
  const texts = [query, ...fresh.map(({ input }) => plain(JSON.parse(input)))];
  const how = { ...spending.billed, ...(keys === undefined ? {} : { keys }), ...(signal === undefined ? {} : { signal }) };
  const [own = [], ...made] = await models.embed(model, texts, how);
  for (const [place, example] of fresh.entries()) vectors.set(nameOf(example), made[place] ?? []);
  const far = known.map((example) => vectorDistance(own, vectors.get(nameOf(example)) ?? []));
  for (const oldest of vectors.keys()) {
    if (vectors.size <= mostVectors) break;
    vectors.delete(oldest);
  }
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
