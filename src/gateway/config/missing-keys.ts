/** What cannot be asked for want of a key: warnings, because a key may come with the call. */
import { quote } from '../../core/plan/problem.ts';
import type { Environment } from '../models/keys.ts';
import { isUsable } from './keys.ts';
import { keyIn } from './key-path.ts';
import type { FunctionConfig, GatewayConfig, ModelConfig, VariantConfig } from './model.ts';
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
  for (const some of [models, embeddingModels])
    for (const model of Object.values(some.all))
      if (!told.has(model) && !isUsable(model, env))
        reading.warn(
          some.placeOf(model.name),
          `no provider of ${quote(model.name)} has a key here`,
          `${mendFor([model])} Without one it is not asked.`,
        );
}

/** The models of a function; undefined when rules answer in their place. */
function modelsNeeded(fn: FunctionConfig, config: GatewayConfig): readonly ModelConfig[] | undefined {
  const variants = Object.values(fn.variants);
  if (variants.some(({ type }) => type === 'rules')) return undefined;
  return variants.flatMap((variant) => modelsOf(variant)).flatMap((name) => config.models[name] ?? []);
}

/** The models that a variant asks by itself; its candidates are variants too. */
export function modelsOf(variant: VariantConfig): readonly string[] {
  switch (variant.type) {
    case 'chat_completion':
    case 'dicl':
      return [variant.model];
    case 'best_of_n':
      return [variant.evaluator.model];
    case 'mixture_of_n':
      return [variant.fuser.model];
    case 'rules':
      return [];
  }
}

function mendFor(models: readonly ModelConfig[]): string {
  const keys = models.flatMap(({ providers }) => Object.values(providers).map(({ key }) => key));
  const names = new Set(keys.flatMap((key) => (key.is === 'env' ? key.names : [])));
  const given = new Set(keys.flatMap((key) => (key.is === 'dynamic' ? [quote(key.name)] : [])));
  const ways = [
    ...(names.size === 0 ? [] : [`set ${[...names].join(' or ')}`]),
    `give ${given.size === 0 ? 'a key' : [...given].join(' or ')} with the call`,
  ].join(', or ');
  return `${ways.charAt(0).toUpperCase()}${ways.slice(1)}.`;
}
