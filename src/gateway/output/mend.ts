/**
 * The ladder that makes an answer usable without asking again.
 *
 * M1. Pure and total: it never throws, and takes time linear in the answer.
 * M2. A valid value is never changed. Of several, the longest that is valid counts, and only when none is are they coerced.
 */
import type { Json } from '../../core/data/json.ts';
import type { Rung } from '../../ports/ledger.ts';
import { coerce } from './coerce.ts';
import { isDeeperThan } from './depth.ts';
import { findJson, parse, type Found } from './extract.ts';
import { sentence } from './problems.ts';
import type { Validator } from './schemas.ts';
import { deepest, readTolerantly } from './tolerant-json.ts';

export type MendingRung = Exclude<Rung, 'asked_again' | 'next_provider'>;

export type Mended =
  | { readonly is: 'good'; readonly value: Json; readonly rung: MendingRung }
  /** Sentences for whoever is asked again. */
  | { readonly is: 'bad'; readonly problems: readonly string[] };

export function mend(text: string, validator?: Validator): Mended {
  const whole = parse(text);
  if (whole !== undefined && fits(whole.value, validator)) return { is: 'good', value: whole.value, rung: 'none' };
  if (typeof whole?.value === 'string') {
    // JSON inside of a JSON string.
    const inner = parse(whole.value);
    if (inner === undefined) return climb(whole.value, validator);
    if (fits(inner.value, validator)) return { is: 'good', value: inner.value, rung: 'extracted' };
    return coerceOneOf([inner, whole], validator, undefined);
  }
  return whole === undefined ? climb(text, validator) : coerceOneOf([whole], validator, undefined);
}

interface Parsed {
  readonly value: Json;
}

function climb(text: string, validator: Validator | undefined): Mended {
  const { found, unreadable } = findJson(text);
  const all = found.length === 0 ? literalIn(text) : found;
  const valid = all.find(({ value }) => fits(value, validator));
  if (valid !== undefined) return { is: 'good', value: valid.value, rung: valid.rung };
  return coerceOneOf([...all, ...bareText(text, validator)], validator, unreadable);
}

/** `unreadable` says why none could be read better. */
function coerceOneOf(found: readonly Parsed[], validator: Validator | undefined, unreadable: string | undefined): Mended {
  const bad = (problems: readonly string[]): Mended => ({ is: 'bad', problems });
  const none = unreadable === undefined ? 'there is no JSON in the answer' : `the JSON cannot be read: ${unreadable}`;
  if (found.length === 0) return bad([none]);
  const shallow = found.filter(({ value }) => !isDeeperThan(value, deepest));
  const [first] = shallow;
  if (first === undefined) return bad([`the JSON is nested more than ${deepest} levels deep`]);
  // Without a schema whatever is shallow enough was good already.
  if (validator === undefined) return bad([none]);
  for (const { value } of shallow) {
    const made = coerced(value, validator);
    if (made !== undefined) return { is: 'good', value: made.value, rung: 'coerced' };
  }
  // What could be coerced need not be asked for again.
  return bad(validator.validate(coerce(first.value, validator))?.map(sentence) ?? []);
}

/** `True`; what only begins like one is prose. */
function literalIn(text: string): readonly Found[] {
  const reading = readTolerantly(text, 0);
  if (reading.is === 'unreadable' || text.slice(reading.end).trim() !== '') return [];
  return [{ value: reading.value, length: reading.end, rung: 'syntax' }];
}

/** Plain words, where the schema asks for a text or one of several words. */
function bareText(text: string, validator: Validator | undefined): readonly Parsed[] {
  const schema = validator?.schema;
  if (schema === undefined || typeof schema !== 'object' || schema === null) return [];
  const asksForText = 'type' in schema ? schema.type === 'string' : 'enum' in schema;
  return asksForText && text.trim() !== '' ? [{ value: text.trim() }] : [];
}

function coerced(value: Json, validator: Validator): Parsed | undefined {
  return [...unwrapped(value, validator), value]
    .map((each) => ({ value: coerce(each, validator) }))
    .find((made) => validator.accepts(made.value));
}

/** `{"result": …}`: what stands in the only field, where that is none of the schema's own. */
function unwrapped(value: Json, { schema }: Validator): readonly Json[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const [only, ...others] = Object.entries(value);
  if (only === undefined || others.length > 0 || typeof only[1] !== 'object' || only[1] === null) return [];
  const properties = typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties : {};
  return typeof properties === 'object' && properties !== null && Object.hasOwn(properties, only[0]) ? [] : [only[1]];
}

function fits(value: Json, validator: Validator | undefined): boolean {
  return !isDeeperThan(value, deepest) && (validator === undefined || validator.accepts(value));
}
