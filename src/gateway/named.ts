/** What a caller names: it is in the configuration, or it is told what is. */
import { closest } from '../core/data/text.ts';
import { ContinuoError } from '../core/errors.ts';
import type { FunctionConfig, GatewayConfig, ModelConfig, VariantConfig } from './config/model.ts';

export function functionNamed({ functions }: Pick<GatewayConfig, 'functions'>, name: string): FunctionConfig {
  const fn = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (fn !== undefined) return fn;
  const names = Object.keys(functions);
  const there = names.length === 0 ? 'the configuration has none' : `it has ${names.join(', ')}`;
  throw new ContinuoError('FUNCTION_UNKNOWN', `there is no function ${asked(name, names)}; ${there}`);
}

export function modelNamed({ models }: Pick<GatewayConfig, 'models'>, name: string): ModelConfig {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model !== undefined) return model;
  const names = Object.keys(models);
  const there = names.length === 0 ? 'the configuration has none' : `it has ${names.join(', ')}`;
  throw new ContinuoError('MODEL_UNKNOWN', `there is no model ${asked(name, names)}; ${there}`);
}

export function variantNamed({ name: fn, variants }: FunctionConfig, name: string): VariantConfig {
  const variant = Object.hasOwn(variants, name) ? variants[name] : undefined;
  if (variant !== undefined) return variant;
  const names = Object.keys(variants);
  throw new ContinuoError('VARIANT_UNKNOWN', `function ${fn} has no variant ${asked(name, names)}; it has ${names.join(', ')}`);
}

function asked(name: string, names: readonly string[]): string {
  const near = closest(name, names);
  return `${JSON.stringify(name)}${near === undefined ? '' : ` (${near}?)`}`;
}
