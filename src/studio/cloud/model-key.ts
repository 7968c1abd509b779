/** Where the key of a model comes from. */
import type { ModelTraits } from './studio-config.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type ModelKey =
  | { readonly is: 'key'; readonly value: string; /** For messages: what to look at. */ readonly from: string }
  /** None is needed. */
  | { readonly is: 'none' }
  | { readonly is: 'missing'; readonly mend: string };

export type UsableKey = Exclude<ModelKey, { is: 'missing' }>;

export function keyOf({ keys }: ModelTraits, env: Environment): ModelKey {
  if (keys.length === 0) return { is: 'none' };
  for (const name of keys) {
    const value = env[name]?.trim();
    if (value !== undefined && value !== '') return { is: 'key', value, from: name };
  }
  return { is: 'missing', mend: `set ${keys.join(' or ')}` };
}
