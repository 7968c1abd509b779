/** Where a provider's key comes from for one call. */
import type { KeyLocation } from '../config/model.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type Key =
  | { readonly is: 'key'; readonly value: string; /** For messages: what to look at. */ readonly from: string }
  | { readonly is: 'none' }
  | { readonly is: 'missing'; readonly mend: string };

export function keyOf(location: KeyLocation, env: Environment, given: Readonly<Record<string, string>> = {}): Key {
  switch (location.is) {
    case 'none':
      return location;
    case 'dynamic': {
      const value = given[location.name]?.trim();
      if (value === undefined || value === '') return { is: 'missing', mend: `give the key "${location.name}" with the call` };
      return { is: 'key', value, from: `the key "${location.name}" that came with the call` };
    }
    case 'env': {
      for (const name of location.names) {
        const value = env[name]?.trim();
        if (value !== undefined && value !== '') return { is: 'key', value, from: name };
      }
      return { is: 'missing', mend: `set ${location.names.join(' or ')}` };
    }
  }
}

/** Every key that is known here, so that none of them is told. */
export function knownKeys(locations: Iterable<KeyLocation>, env: Environment, given: Readonly<Record<string, string>> = {}): Set<string> {
  const keys = new Set(Object.values(given));
  for (const location of locations) {
    if (location.is !== 'env') continue;
    for (const name of location.names) {
      const value = env[name];
      if (value !== undefined) keys.add(value.trim());
    }
  }
  return keys;
}
