/** What cannot be asked for want of a key: warnings, because a key may come with the call. */
import { quote } from '../../core/plan/problem.ts';
import type { Environment } from '../models/keys.ts';
import { isUsable } from './keys.ts';
import { keyIn } from './key-path.ts';
import type { FunctionConfig, GatewayConfig, ModelConfig, VariantConfig } from './model.ts';
import { promptingsOf } from './promptings.ts';
import type { Read } from './read-config.ts';
import type { Reading } from './reading.ts';

export function warnOfMissingKeys({ config, models, embeddingModels }: Read, env: Environment, reading: Reading): void {
  const told = new Set<ModelConfig>();
  for (const fn of Object.values(config.functions)) {
    const needed = modelsNeeded(fn, config);
    if (needed === undefined || needed.some((model) => isUsable(model, env))) continue;
    for (const model of needed) told.add(model);
    reading.warn(
      keyIn('functions', fn.name),
      'nothing can answer it here: no model that it may ask has a key, and it has no rules',
      `${mendFor(needed)} Or give it a variant of type "rules". Until then calls fail with KEY_MISSING.`,
    );
  }
  const without = [models, embeddingModels].flatMap((some) =>
    Object.values(some.all)
      .filter((model) => !told.has(model) && !isUsable(model, env))
      .map((model) => ({ model, place: some.placeOf(model.name) })),
  );
  const [first, ...more] = without;
  if (first === undefined) return;
  // Said of each, the same few variables would be all that one sees.
  const names = without.map(({ model }) => model.name);
  const message =
    more.length === 0
      ? `no provider of ${quote(first.model.name)} has a key here`
      : `no provider of these models has a key here: ${names.join(', ')}`;
  const whatThen = more.length === 0 ? 'Without one it is not asked.' : 'Without one they are not asked.';
  reading.warn(first.place, message, `${mendFor(without.map(({ model }) => model))} ${whatThen}`);
}

/** The models of a function; undefined when rules answer in their place. */
function modelsNeeded(fn: FunctionConfig, config: GatewayConfig): readonly ModelConfig[] | undefined {
  const variants = Object.values(fn.variants);
  if (variants.some(({ type }) => type === 'rules')) return undefined;
  return variants.flatMap((variant) => modelsOf(variant)).flatMap((name) => config.models[name] ?? []);
}

/** The models that a variant asks by itself; its candidates are variants too. */
export function modelsOf(variant: VariantConfig): readonly string[] {
  return Object.values(promptingsOf(variant)).map(({ model }) => model);
}

function mendFor(models: readonly ModelConfig[]): string {
  const keys = models.flatMap(({ providers }) => Object.values(providers).map(({ key }) => key));
  const enough = oneKeyFor(models);
  const names = enough.length > 0 ? enough : [...new Set(keys.flatMap((key) => (key.is === 'env' ? key.names : [])))];
  const given = new Set(keys.flatMap((key) => (key.is === 'dynamic' ? [quote(key.name)] : [])));
  const set =
    enough.length > 0 && models.length > 1
      ? `set ${names.join(' or ')}, any of which is enough for all of them`
      : `set ${names.join(' or ')}`;
  const ways = [...(names.length === 0 ? [] : [set]), `give ${given.size === 0 ? 'a key' : [...given].join(' or ')} with the call`].join(
    ', or ',
  );
  return `${ways.charAt(0).toUpperCase()}${ways.slice(1)}.`;
}

/** Variables each of which would let every one of the models answer; where several mean the same, the first. */
function oneKeyFor(models: readonly ModelConfig[]): readonly string[] {
  const each = models.map(({ providers }) => Object.values(providers).flatMap(({ key }) => (key.is === 'env' ? [key.names] : [])));
  const [first = [], ...others] = each;
  const shared = first.filter((names) => others.every((some) => some.some((one) => one.join() === names.join())));
  return [...new Set(shared.flatMap((names) => (models.length > 1 ? names.slice(0, 1) : names)))];
}
