/** Whom a rule counts a call for. */
import type { Scope } from '../config/model.ts';

export type Tags = Readonly<Record<string, string>>;

export interface Counted {
  /** Part of a meter's id: different for everyone who is counted apart. */
  readonly id: string;
  /** For messages. */
  readonly words: string;
}

/**
 * Undefined where the rule does not hold for the call: every scope of it must match.
 *
 * One value (`key=a`) and each value (`key:a`) are different counters, since two rules may limit both; a value can
 * not be mistaken for a separator, nor for the total.
 */
export function countedFor(scopes: readonly Scope[], tags: Tags): Counted | undefined {
  const parts: Counted[] = [];
  for (const { tag, value } of scopes) {
    const given = tags[tag];
    if (given === undefined) return undefined;
    if (value.is === 'only' && value.value !== given) return undefined;
    parts.push(
      value.is === 'total'
        ? { id: encodeURIComponent(tag), words: `every ${tag} together` }
        : {
            id: `${encodeURIComponent(tag)}${value.is === 'each' ? ':' : '='}${encodeURIComponent(given)}`,
            words: `${tag} ${JSON.stringify(given)}`,
          },
    );
  }
  return parts.length === 0
    ? { id: 'all', words: 'everything together' }
    : { id: parts.map(({ id }) => id).join('&'), words: parts.map(({ words }) => words).join(', ') };
}
