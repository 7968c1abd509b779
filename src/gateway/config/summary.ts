/** A configuration as a person or a script would look at it: who answers what, and what is missing for it here. */
import { keyOf, type Environment } from '../models/keys.ts';
import { isUsable } from './keys.ts';
import { modelsOf } from './missing-keys.ts';
import type { BudgetRule, FunctionConfig, GatewayConfig, MetricConfig, RateLimitRule, Scope, VariantConfig } from './model.ts';

export interface ConfigSummary {
  readonly files: readonly string[];
  readonly functions: readonly FunctionSummary[];
  readonly models: readonly {
    readonly name: string;
    /** With the provider's own name of the model. */
    readonly routing: readonly { readonly provider: string; readonly model: string; readonly hasKey: boolean }[];
  }[];
  /** Every place that a key is looked for. */
  readonly keys: readonly {
    readonly providers: readonly string[];
    readonly variables: readonly string[];
    /** The variable that is set. */
    readonly found?: string;
  }[];
  readonly metrics: readonly MetricConfig[];
  readonly limits: readonly string[];
  readonly budgets: readonly string[];
}

export interface FunctionSummary {
  readonly name: string;
  readonly type: 'chat' | 'json';
  /** `adaptive by METRIC`, where shares are not fixed. */
  readonly experiment?: string;
  readonly variants: readonly {
    readonly name: string;
    readonly type: VariantConfig['type'];
    /** Of the function's calls, from 0 to 1; absent where it changes, and where it is not a candidate. */
    readonly share?: number;
    readonly role: 'candidate' | 'fallback' | 'last resort' | 'by its name';
    readonly models: readonly string[];
    /** Whether it could answer now. */
    readonly isUsable: boolean;
  }[];
  /** Who answers with the keys that are set here; absent where nobody does. */
  readonly now?: 'models' | 'rules';
}

export function summarise(config: GatewayConfig, env: Environment): ConfigSummary {
  return {
    files: config.files,
    functions: Object.values(config.functions).map((fn) => functionSummary(fn, config, env)),
    models: [...Object.values(config.models), ...Object.values(config.embeddingModels)].map(({ name, routing, providers }) => ({
      name,
      routing: routing.flatMap((provider) => {
        const found = providers[provider];
        return found === undefined ? [] : [{ provider, model: found.modelName, hasKey: keyOf(found.key, env).is !== 'missing' }];
      }),
    })),
    keys: keySummary(config, env),
    metrics: Object.values(config.metrics),
    limits: config.rateLimits.flatMap(limitLines),
    budgets: config.budgets.map(budgetLine),
  };
}

function functionSummary(fn: FunctionConfig, config: GatewayConfig, env: Environment): FunctionSummary {
  const { experiment } = fn;
  const variants = Object.values(fn.variants).map((variant) => ({
    name: variant.name,
    type: variant.type,
    ...shareOf(variant.name, fn),
    role: roleOf(variant, fn),
    models: modelsOf(variant),
    isUsable: canAnswer(variant, fn, config, env),
  }));
  const now = variants.some(({ type, isUsable: usable, role }) => type !== 'rules' && usable && role !== 'by its name')
    ? 'models'
    : variants.some(({ type }) => type === 'rules')
      ? 'rules'
      : undefined;
  return {
    name: fn.name,
    type: fn.type,
    ...(experiment.type === 'adaptive' ? { experiment: `adaptive by ${experiment.metric}` } : {}),
    variants,
    ...(now === undefined ? {} : { now }),
  };
}

function shareOf(name: string, { experiment }: FunctionConfig): { readonly share?: number } {
  if (experiment.type === 'adaptive' || !Object.hasOwn(experiment.candidates, name)) return {};
  const all = Object.values(experiment.candidates).reduce((sum, weight) => sum + weight, 0);
  return { share: (experiment.candidates[name] ?? 0) / all };
}

function roleOf({ name, type }: VariantConfig, { experiment }: FunctionConfig): FunctionSummary['variants'][number]['role'] {
  const candidates = experiment.type === 'adaptive' ? experiment.candidates : Object.keys(experiment.candidates);
  if (candidates.includes(name)) return 'candidate';
  if (experiment.fallbacks.includes(name)) return 'fallback';
  return type === 'rules' ? 'last resort' : 'by its name';
}

/** A choice among candidates can be made as long as one of them answers; the fuser, though, has to be asked. */
function canAnswer(variant: VariantConfig, fn: FunctionConfig, config: GatewayConfig, env: Environment): boolean {
  const models = modelsOf(variant).flatMap((name) => config.models[name] ?? []);
  const asked = models.every((model) => isUsable(model, env));
  if (variant.type !== 'best_of_n' && variant.type !== 'mixture_of_n') return asked;
  const some = variant.candidates.flatMap((name) => fn.variants[name] ?? []).some((one) => canAnswer(one, fn, config, env));
  return some && (variant.type === 'best_of_n' || asked);
}

function keySummary(config: GatewayConfig, env: Environment): ConfigSummary['keys'] {
  const places = new Map<string, { readonly providers: Set<string>; readonly variables: readonly string[]; readonly found?: string }>();
  for (const { providers } of [...Object.values(config.models), ...Object.values(config.embeddingModels)])
    for (const { type, key } of Object.values(providers)) {
      if (key.is !== 'env') continue;
      const id = key.names.join();
      const found = keyOf(key, env);
      const place = places.get(id) ?? { providers: new Set(), variables: key.names, ...(found.is === 'key' ? { found: found.from } : {}) };
      place.providers.add(type);
      places.set(id, place);
    }
  return [...places.values()].map((place) => ({ ...place, providers: [...place.providers] }));
}

function limitLines({ limits, scope, priority }: RateLimitRule): readonly string[] {
  const holds = priority === 'always' ? 'always' : `priority ${priority}`;
  return limits.map(({ capacity, name }) => `${capacity} ${name.replaceAll('_', ' ')}${scopeWords(scope)}, ${holds}`);
}

function budgetLine({ name, limit, per, onLimit, scope }: BudgetRule): string {
  return `${name}: $${limit} ${per === 'total' ? 'in all' : `per ${per}`}${scopeWords(scope)}, then ${onLimit}`;
}

function scopeWords(scope: readonly Scope[]): string {
  const words = scope.map(({ tag, value }) => {
    if (value.is === 'only') return `${tag} = ${value.value}`;
    return value.is === 'each' ? `each ${tag}` : `all with a ${tag}`;
  });
  return words.length === 0 ? '' : ` for ${words.join(' and ')}`;
}
