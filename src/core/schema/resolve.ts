/** Where the references of a JSON Schema lead: never out of it. */
import { isFields } from '../data/fields.ts';
import type { Json } from '../data/json.ts';

/** What stands under `#/$defs/a`, `#` or `#anchor`; undefined when nothing does. */
export function resolve(root: Json, reference: string): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  const way = decoded(reference.slice(1));
  if (way === undefined) return undefined;
  if (way !== '' && !way.startsWith('/')) return anchored(root, way);
  let here: Json | undefined = root;
  for (const name of way.split('/').slice(1)) {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    // It has the key; a list has its items under their numbers.
    here = (here as { readonly [key: string]: Json })[key];
  }
  return here;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function anchored(root: Json, anchor: string): Json | undefined {
  const open: Json[] = [root];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    if (isFields(one) && one['$anchor'] === anchor) return one;
    // Not spread: there may be more than a call takes arguments.
    for (const inner of Object.values(one)) open.push(inner);
  }
  return undefined;
}
