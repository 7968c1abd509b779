/** Where the references of a JSON Schema lead: never out of it. */
import { isFields } from '../data/fields.ts';
import type { Json } from '../data/json.ts';

/** Finds what references name; each is followed once. */
export class References {
  readonly #root: Json;
  readonly #found = new Map<string, Json | undefined>();
  #anchors: ReadonlyMap<string, Json> | undefined;

  constructor(root: Json) {
    this.#root = root;
  }

  /** What stands under `#/$defs/a`, `#` or `#anchor`; undefined when nothing does. */
  at(reference: string): Json | undefined {
    if (!this.#found.has(reference)) this.#found.set(reference, this.#follow(reference));
    return this.#found.get(reference);
  }

  #follow(reference: string): Json | undefined {
    if (!reference.startsWith('#')) return undefined;
    const way = decoded(reference.slice(1));
    if (way === undefined || way === '' || way.startsWith('/')) return way === undefined ? undefined : along(this.#root, way);
    this.#anchors ??= anchorsIn(this.#root);
    return this.#anchors.get(way);
  }
}

function along(root: Json, way: string): Json | undefined {
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

function anchorsIn(root: Json): ReadonlyMap<string, Json> {
  const anchors = new Map<string, Json>();
  const open: Json[] = [root];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    const anchor = isFields(one) ? one['$anchor'] : undefined;
    if (typeof anchor === 'string') anchors.set(anchor, one);
    // Not spread: there may be more than a call takes arguments.
    for (const inner of Object.values(one)) open.push(inner);
  }
  return anchors;
}
