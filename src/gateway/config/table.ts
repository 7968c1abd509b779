/**
 * One table of a configuration, read key by key.
 *
 * T1. What is wrong is reported, never thrown; reading goes on with what there is.
 * T2. Keys that nobody asked for are reported by `close`.
 * T3. A value of the wrong kind is told by its kind and never repeated: it may be a key that stands in the wrong place.
 */
import { quote, suggest } from '../../core/plan/problem.ts';
import { entryOf, keyIn } from './key-path.ts';
import type { Reading } from './reading.ts';

export type TomlTable = { readonly [key: string]: unknown };

export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** Greater than this, and not this. */
  readonly above?: number;
  readonly below?: number;
  readonly whole?: true;
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

export class Table {
  /** Where it stands, from the top. */
  readonly key: string;
  readonly reading: Reading;
  readonly #source: TomlTable;
  readonly #known = new Set<string>();

  constructor(source: TomlTable, key: string, reading: Reading) {
    this.#source = source;
    this.key = key;
    this.reading = reading;
  }

  at(name: string): string {
    return keyIn(this.key, name);
  }

  error(name: string, message: string, mend: string): void {
    this.reading.error(this.at(name), message, mend);
  }

  warn(name: string, message: string, mend: string): void {
    this.reading.warn(this.at(name), message, mend);
  }

  raw(name: string): unknown {
    this.#known.add(name);
    return Object.hasOwn(this.#source, name) ? this.#source[name] : undefined;
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  string(name: string): string | undefined {
    const value = this.raw(name);
    if (value === '') this.error(name, 'it is empty', 'Give a text, or leave it out.');
    return typeof value === 'string' ? value : this.#refuse(name, value, 'a string');
  }

  boolean(name: string): boolean | undefined {
    const value = this.raw(name);
    return typeof value === 'boolean' ? value : this.#refuse(name, value, 'true or false');
  }

  number(name: string, range: Range = {}): number | undefined {
    const value = this.raw(name);
    if (typeof value !== 'number') return this.#refuse(name, value, 'a number');
    const wanted = describe(range);
    if (!fits(value, range)) this.error(name, `${value} is not ${wanted}`, `Give ${wanted}.`);
    return value;
  }

  strings(name: string): readonly string[] | undefined {
    const value = this.raw(name);
    return isStrings(value) ? value : this.#refuse(name, value, 'a list of strings');
  }

  oneOf<const T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.raw(name);
    const found = words.find((word) => word === value);
    if (found !== undefined || value === undefined) return found;
    if (typeof value !== 'string') return this.#refuse(name, value, `one of ${words.map(quote).join(', ')}`);
    this.error(name, `there is no ${quote(value)} for it`, suggest(value, words));
    return undefined;
  }

  table(name: string): Table | undefined {
    const value = this.raw(name);
    return isTable(value) ? new Table(value, this.at(name), this.reading) : this.#refuse(name, value, 'a table');
  }

  /** In place of a table that is missing: everything in it is missing too. */
  nothing(name: string): Table {
    return new Table({}, this.at(name), this.reading);
  }

  /** The list of tables `[[name]]`. */
  tables(name: string): readonly Table[] {
    const value = this.raw(name);
    if (!Array.isArray(value) || !value.every(isTable)) return this.#refuse(name, value, `a list of tables ([[${this.at(name)}]])`) ?? [];
    return value.map((one, index) => new Table(one, entryOf(this.at(name), index), this.reading));
  }

  /** The tables in the table `name`, by their names. */
  each(name: string): readonly (readonly [string, Table])[] {
    const inner = this.table(name);
    return inner === undefined ? [] : inner.names().flatMap((one) => pair(one, inner.table(one)));
  }

  names(): readonly string[] {
    return Object.keys(this.#source);
  }

  /** A string that has to be there; empty where it is not. */
  need(name: string, mend: string): string {
    if (!this.has(name)) this.error(name, 'it is missing', mend);
    return this.string(name) ?? '';
  }

  /** Keys that upstream does not know. */
  ours(...names: readonly string[]): void {
    if (!this.reading.strict) return;
    for (const name of names) if (this.has(name)) this.error(name, 'upstream has no such key', 'Remove it, or check without --strict.');
  }

  /** Keys of upstream that mean nothing here. */
  idle(...names: readonly string[]): void {
    for (const name of names) if (this.has(name)) this.warn(name, 'it has no effect here', 'Leave it for upstream, or remove it.');
  }

  /** Keys that are somebody else's, who says what is wrong with them; upstream does not know them. */
  leave(...names: readonly string[]): void {
    this.ours(...names);
    for (const name of names) this.#known.add(name);
  }

  close(what: string, mends: Readonly<Record<string, string>> = {}): void {
    for (const name of Object.keys(this.#source))
      if (!this.#known.has(name))
        this.error(
          name,
          `${what} has no key ${quote(name)}`,
          Object.hasOwn(mends, name) ? (mends[name] ?? '') : suggest(name, this.#known),
        );
  }

  #refuse(name: string, value: unknown, wanted: string): undefined {
    if (value !== undefined) this.error(name, `it is ${kindOf(value)}, and not ${wanted}`, `Give ${wanted}.`);
  }
}

const pair = (name: string, table: Table | undefined): (readonly [string, Table])[] => (table === undefined ? [] : [[name, table]]);

const isStrings = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  if (value === null) return 'null';
  if (typeof value === 'object') return 'a table';
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`;
}

function fits(value: number, { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity, whole }: Range): boolean {
  if (!Number.isFinite(value) || (whole === true && !Number.isInteger(value))) return false;
  return value >= min && value <= max && value > above && value < below;
}

function describe({ min, max, above, below, whole }: Range): string {
  const limits = [
    min !== undefined && max !== undefined ? `from ${min} to ${max}` : undefined,
    min !== undefined && max === undefined ? `of at least ${min}` : undefined,
    min === undefined && max !== undefined ? `of at most ${max}` : undefined,
    above === undefined ? undefined : `above ${above}`,
    below === undefined ? undefined : `below ${below}`,
  ].filter((limit) => limit !== undefined);
  return [`a ${whole === true ? 'whole ' : ''}number`, limits.join(' and ')].filter((part) => part !== '').join(' ');
}
