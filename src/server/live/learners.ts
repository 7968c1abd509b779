/** Whom something concerns, as it says so itself: `learnerId` in it, or in what it carries. */
import type { Json } from '../../core/data/json.ts';

export function learnersIn(event: Json): readonly string[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return [];
  // Not a list, as was just seen; narrowing does not know it of a readonly one.
  const { data, response, result, ...own } = event as { readonly [name: string]: Json };
  return [own, data, response, result].flatMap((one) => learnerOf(one) ?? []);
}

export function learnerOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || !('learnerId' in value)) return undefined;
  return typeof value.learnerId === 'string' ? value.learnerId : undefined;
}
