/**
 * One object of a plan's source, read field by field.
 *
 * F1. What is wrong is reported, never thrown; reading goes on with what there is.
 * F2. `null` means that a field is absent, except where a value is read as it is (`raw`).
 * F3. Fields that nobody asked for are reported by `close`.
 */
import { parseDuration } from '../data/duration.ts';
import { isList } from '../data/fields.ts';
import type { Json } from '../data/json.ts';
import { quote, suggest, type Report } from './problem.ts';

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export { isList };

/** What a reader shares with those that it hands parts of its work to. */
export interface Reading {
  /** For what could not be read: validation has nothing to add to it. */
  readonly report: Report;
  /** For what was read, and is wrong. */
  readonly remark: Report;
  /** Where the normal form has a field at another path than the source: from the one to the other. */
  readonly moved: Map<string, string>;
}

export class Fields {
  readonly path: string;
  readonly reading: Reading;
  readonly #source: JsonObject;
  readonly #known = new Set<string>();

  constructor(source: JsonObject, path: string, reading: Reading) {
    this.#source = source;
    this.path = path;
    this.reading = reading;
  }

  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  /** The value as it is, `null` too. */
  raw(name: string): Json | undefined {
    this.#known.add(name);
    return Object.hasOwn(this.#source, name) ? this.#source[name] : undefined;
  }

  some(name: string): Json | undefined {
    return this.raw(name) ?? undefined;
  }

  has(name: string): boolean {
    return this.some(name) !== undefined;
  }

  string(name: string): string | undefined {
    const value = this.some(name);
    return typeof value === 'string' ? value : this.#refuse(name, value, 'a string');
  }

  number(name: string): number | undefined {
    const value = this.some(name);
    return typeof value === 'number' ? value : this.#refuse(name, value, 'a number');
  }

  boolean(name: string): boolean | undefined {
    const value = this.some(name);
    return typeof value === 'boolean' ? value : this.#refuse(name, value, 'true or false');
  }

  duration(name: string): number | undefined {
    const value = this.some(name);
    const ms = parseDuration(value);
    return (
      ms ?? this.#refuse(name, value, 'a duration', 'Give milliseconds, or a number with its unit: "500ms", "1.5s", "10m", "2h", "7d".')
    );
  }

  strings(name: string): readonly string[] | undefined {
    const value = this.some(name);
    if (isList(value) && value.every((one) => typeof one === 'string')) return value;
    return this.#refuse(name, value, 'a list of strings');
  }

  list(name: string): readonly Json[] | undefined {
    const value = this.some(name);
    return isList(value) ? value : this.#refuse(name, value, 'a list');
  }

  oneOf<const T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.some(name);
    const found = words.find((word) => word === value);
    if (found !== undefined || value === undefined) return found;
    return this.#refuse(name, value, `one of ${words.map(quote).join(', ')}`, suggest(value, words));
  }

  object(name: string): Fields | undefined {
    const value = this.some(name);
    return isObject(value) ? new Fields(value, this.at(name), this.reading) : this.#refuse(name, value, 'an object');
  }

  /** The name under which a field is given that has two; both at once are refused. */
  either<A extends string, B extends string>(name: A, alias: B): A | B {
    const both = this.has(name) && this.has(alias);
    if (both) this.reading.report(this.at(alias), `"${name}" and "${alias}" mean the same`, 'Keep one of them.');
    return this.has(alias) && !both ? alias : name;
  }

  missing(name: string, what: string, mend: string): void {
    if (!this.has(name)) this.reading.report(this.at(name), what, mend);
  }

  close(what: string, mends: Readonly<Record<string, string>> = {}): void {
    for (const [name, value] of Object.entries(this.#source)) {
      if (value !== null && !this.#known.has(name))
        this.reading.report(this.at(name), `${what} has no field ${quote(name)}`, mendOf(mends, name) ?? suggest(name, this.#known));
    }
  }

  #refuse(name: string, value: Json | undefined, wanted: string, mend = `Give ${wanted}.`): undefined {
    if (value !== undefined) this.reading.report(this.at(name), `${quote(value).slice(0, 60)} is not ${wanted}`, mend);
  }
}

/** The object without the fields that are undefined, which exact optional properties do not allow. */
export function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  // Only undefined fields are taken away, and T has none that must be there and may be undefined.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** Fields are named by whoever wrote the plan: `toString` is one that it has not, like any other. */
const mendOf = (mends: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(mends, name) ? mends[name] : undefined;
