/** Fields that are absent, with what the schema says they are then. */
import { isFields, isList, type Fields } from '../data/fields.ts';
import type { Json } from '../data/json.ts';
import { References } from './resolve.ts';
import { TooMuchWork, type Work } from './work.ts';

const deepest = 400;

/** The same value where nothing is absent. What was filled in is not looked into. */
export function filled(root: Json, value: Json, work: Work): Json {
  const references = new References(root);
  return at(root, value, 0);

  function at(schema: Json, before: Json, depth: number): Json {
    if (!isFields(schema) || typeof before !== 'object' || before === null) return before;
    work.spend(1);
    if (depth > deepest) throw new TooMuchWork();
    const { $ref: reference, allOf } = schema;
    let made: Json = before;
    const target = typeof reference === 'string' ? references.at(reference) : undefined;
    if (target !== undefined) made = at(target, made, depth + 1);
    if (isList(allOf)) for (const part of allOf) made = at(part, made, depth + 1);
    return isList(made) ? items(schema, made, depth) : fields(schema, made, depth);
  }

  function items(schema: Fields, before: readonly Json[], depth: number): Json {
    const { items: each, prefixItems } = schema;
    if (each === undefined && prefixItems === undefined) return before;
    const first = isList(prefixItems) ? prefixItems : [];
    const made = before.map((item, place) => at(first[place] ?? each ?? true, item, depth + 1));
    return made.every((item, place) => item === before[place]) ? before : made;
  }

  function fields(schema: Fields, before: Json, depth: number): Json {
    const { properties } = schema;
    if (!isFields(properties) || !isFields(before)) return before;
    const changed: [string, Json][] = [];
    for (const [name, part] of Object.entries(properties)) {
      work.spend(1);
      if (Object.hasOwn(before, name)) {
        // It has the name.
        const [was, made] = [before[name] as Json, at(part, before[name] as Json, depth + 1)];
        if (made !== was) changed.push([name, made]);
      } else if (isFields(part) && part['default'] !== undefined) changed.push([name, part['default']]);
    }
    // Never by assignment: a field may be named `__proto__`.
    return changed.length === 0 ? before : Object.fromEntries([...Object.entries(before), ...changed]);
  }
}
