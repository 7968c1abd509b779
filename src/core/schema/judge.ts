/**
 * Whether a value fits a JSON Schema (2020-12) that somebody else wrote.
 *
 * J1. The schema is interpreted, never made into code, and knows nothing but itself: its `$id` names nothing, its
 *     references lead to places within it.
 * J2. The work is counted and bounded, whatever the schema and the value are: beyond it the value does not fit, and that
 *     is said.
 * J3. What a reference says of a value is found once.
 * J4. Names are the value's own: `toString` is one like any other.
 */
import { isFields, isList, type Fields } from '../data/fields.ts';
import type { Json } from '../data/json.ts';
import type { StandardSchemaV1 } from '../plan/standard-schema.ts';
import { filled } from './defaults.ts';
import { faultsOfItself, type Said } from './keywords.ts';
import { patternOf, PatternRefused } from './pattern.ts';
import { References } from './resolve.ts';
import { TooMuchWork, Work } from './work.ts';

export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = Fault['path'];

/** Instructions and looks at values, for one value that comes from outside. */
const mostWork = 2_000_000;
const mostFaults = 20;
const deepest = 400;

/** As other schemas are used; fields that are absent get their `default`. */
export function judgeOf(schema: Json, mostSteps: number = mostWork): StandardSchemaV1<unknown, Json> {
  return {
    '~standard': {
      version: 1,
      vendor: 'continuo',
      validate: (value) => {
        const work = new Work(mostSteps);
        try {
          // What comes to a door has been read as JSON.
          const whole = filled(schema, value as Json, work);
          const issues = new Judging(schema, work).faults(whole);
          return issues.length === 0 ? { value: whole } : { issues };
        } catch (error) {
          return { issues: [{ message: reasonOf(error), path: [] }] };
        }
      },
    },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof TooMuchWork) return 'cannot be held against its schema: that takes too much work';
  if (error instanceof PatternRefused) return `cannot be held against its schema: a pattern in it cannot be used: ${error.message}`;
  throw error;
}

class Judging {
  readonly #root: Json;
  readonly #references: References;
  readonly #work: Work;
  /** What schemas that are referred to said of a value; undefined while they are asked. */
  readonly #said = new Map<Json, Map<Json, boolean | undefined>>();
  #depth = 0;

  constructor(root: Json, work: Work) {
    this.#root = root;
    this.#references = new References(root);
    this.#work = work;
  }

  faults(value: Json): readonly Fault[] {
    if (this.#fits(this.#root, value)) return [];
    const faults: Fault[] = [];
    this.#look(this.#root, value, [], faults);
    return faults;
  }

  #fits(schema: Json, value: Json): boolean {
    return this.#look(schema, value, [], undefined);
  }

  /** Goes on after the first fault only where faults are gathered. */
  #look(schema: Json, value: Json, path: Path, faults: Fault[] | undefined): boolean {
    this.#work.spend(1);
    if (!isFields(schema)) return schema !== false || this.#tell(path, 'must not be there', faults);
    if (++this.#depth > deepest) throw new TooMuchWork();
    let fits = true;
    for (const passed of this.#checks(schema, value, path, faults)) {
      fits &&= passed;
      if (!fits && (faults === undefined || faults.length >= mostFaults)) break;
    }
    this.#depth--;
    return fits;
  }

  *#checks(schema: Fields, value: Json, path: Path, faults: Fault[] | undefined): Generator<boolean> {
    const said: Said = { schema, value, work: this.#work };
    for (const message of faultsOfItself(said)) yield this.#tell(path, message, faults);
    yield this.#reference(schema, value, path, faults);
    yield* this.#combinations(schema, value, path, faults);
    if (isList(value)) yield* this.#ofItems(schema, value, path, faults);
    else if (isFields(value)) yield* this.#ofFields(schema, value, path, faults);
  }

  #tell(path: Path, message: string, faults: Fault[] | undefined): false {
    if (faults !== undefined && faults.length < mostFaults) faults.push({ path, message });
    return false;
  }

  #reference(schema: Fields, value: Json, path: Path, faults: Fault[] | undefined): boolean {
    const reference = schema['$ref'];
    if (typeof reference !== 'string') return true;
    const target = this.#references.at(reference);
    if (target === undefined) return this.#tell(path, `cannot be judged: nothing stands at ${reference} of the schema`, faults);
    const known = this.#said.get(target) ?? new Map<Json, boolean | undefined>();
    this.#said.set(target, known);
    if (known.has(value)) {
      const fits = known.get(value);
      if (fits === true || (fits === false && faults === undefined)) return fits;
      if (fits === undefined) return this.#tell(path, 'leads the schema back to itself, so that it cannot be judged', faults);
    }
    known.set(value, undefined);
    const fits = this.#look(target, value, path, faults);
    known.set(value, fits);
    return fits;
  }

  *#combinations(schema: Fields, value: Json, path: Path, faults: Fault[] | undefined): Generator<boolean> {
    const { allOf, anyOf, oneOf, not, if: condition } = schema;
    if (isList(allOf)) for (const part of allOf) yield this.#look(part, value, path, faults);
    if (isList(anyOf) && !anyOf.some((part) => this.#fits(part, value))) {
      const [first] = anyOf;
      yield anyOf.length === 1 && first !== undefined
        ? this.#look(first, value, path, faults)
        : this.#tell(path, `fits none of ${anyOf.length} forms that it may have`, faults);
    }
    if (isList(oneOf)) {
      const fitting = oneOf.filter((part) => this.#fits(part, value)).length;
      if (fitting !== 1) yield this.#tell(path, `fits ${fitting} of ${oneOf.length} forms of which it must have one`, faults);
    }
    if (not !== undefined && this.#fits(not, value)) yield this.#tell(path, 'has a form that it must not have', faults);
    if (condition !== undefined) {
      const then = schema[this.#fits(condition, value) ? 'then' : 'else'];
      if (then !== undefined) yield this.#look(then, value, path, faults);
    }
  }

  *#ofItems(schema: Fields, value: readonly Json[], path: Path, faults: Fault[] | undefined): Generator<boolean> {
    const { items, prefixItems, contains, minContains = 1, maxContains = Infinity } = schema;
    const first = isList(prefixItems) ? prefixItems : [];
    for (const [place, item] of value.entries()) {
      const part = first[place] ?? items;
      if (part === undefined || part === true) continue;
      yield this.#look(part, item, [...path, place], faults);
    }
    if (contains === undefined) return;
    const found = value.reduce<number>((all, item) => all + (this.#fits(contains, item) ? 1 : 0), 0);
    if (found < Number(minContains) || found > Number(maxContains))
      yield this.#tell(path, `must contain ${Number(minContains)} or more items of a certain form, has ${found}`, faults);
  }

  *#ofFields(schema: Fields, value: Fields, path: Path, faults: Fault[] | undefined): Generator<boolean> {
    const { propertyNames, dependentSchemas } = schema;
    const parts = partsFor(schema, this.#work);
    for (const [name, inner] of Object.entries(value)) {
      for (const part of parts(name)) yield this.#look(part, inner, [...path, name], faults);
      if (propertyNames !== undefined && !this.#fits(propertyNames, name))
        yield this.#tell([...path, name], 'has a name that it must not have', faults);
      const depends = isFields(dependentSchemas) && Object.hasOwn(dependentSchemas, name) ? dependentSchemas[name] : undefined;
      if (depends !== undefined) yield this.#look(depends, value, path, faults);
    }
  }
}

/** The schemas that the field of a name must fit. */
function partsFor({ properties, patternProperties, additionalProperties }: Fields, work: Work): (name: string) => readonly Json[] {
  const patterns = isFields(patternProperties) ? Object.entries(patternProperties) : [];
  return (name) => {
    const parts: Json[] = [];
    // It has the name.
    if (isFields(properties) && Object.hasOwn(properties, name)) parts.push(properties[name] as Json);
    for (const [source, part] of patterns) if (patternOf(source).test(name, work)) parts.push(part);
    if (parts.length === 0 && additionalProperties !== undefined) parts.push(additionalProperties);
    return parts;
  };
}
