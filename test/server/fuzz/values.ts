/** Values for a schema: such as it takes, and such as it must not take. */
import { resolved, type JsonSchema, type OpenApi } from '../../../src/server/openapi/document-types.ts';
import type { Chance } from './chance.ts';

/** What fields of these names have in this world, so that some requests get far. */
export type Known = Readonly<Record<string, readonly [unknown, ...unknown[]]>>;

const words = [
  'a',
  'first',
  'mine',
  '',
  ' ',
  '0',
  'null',
  '../..',
  'ünï©ødé',
  '🦊'.repeat(3),
  'x'.repeat(300),
  '\u0000',
  '\u202Ereversed',
  "'; drop --",
  '<b>',
  '%00',
] as const;

export const oddValues: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  -0,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  'x'.repeat(100_000),
  '🦊'.repeat(2_000),
  '\u0000',
  [],
  {},
  [[[[[]]]]],
  { a: { b: { c: { d: 1 } } } },
  Array.from({ length: 1_500 }, () => 0),
  { toString: 1, valueOf: 2, hasOwnProperty: 3, toJSON: 4, length: -1 },
  { blob: 'sha256-x' },
  '2026-02-30T25:61:61Z',
];

const deepest = 6;

export function validValue(document: OpenApi, given: JsonSchema, known: Known, chance: Chance, depth = 0): unknown {
  const schema = resolved(document, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chance.oneOf(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  const choice = choices === undefined ? undefined : chance.oneOf(choices);
  if (choice !== undefined) return validValue(document, choice, known, chance, depth + 1);
  switch (chance.oneOf([schema.type ?? []].flat())) {
    case 'object':
      return objectOf(document, schema, known, chance, depth);
    case 'array':
      return depth > deepest || schema.items === undefined
        ? []
        : Array.from({ length: Math.max(schema.minItems ?? 0, chance.below(3)) }, () =>
            validValue(document, schema.items ?? {}, known, chance, depth + 1),
          );
    case 'string':
      return textOf(schema, chance);
    case 'integer':
      return Math.round(numberOf(schema, chance));
    case 'number':
      return numberOf(schema, chance);
    case 'boolean':
      return chance.isLucky(0.5);
    case 'null':
      return null;
    default:
      return chance.oneOf([null, 1, 'text', { text: 'hi' }, [1, 2]]);
  }
}

function objectOf(document: OpenApi, { properties = {}, required = [] }: JsonSchema, known: Known, chance: Chance, depth: number): object {
  const made: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(properties)) {
    if (!required.includes(name) && (depth > deepest || chance.isLucky(0.6))) continue;
    const good = known[name];
    made[name] = good !== undefined && chance.isLucky(0.8) ? chance.oneOf(good) : validValue(document, schema, known, chance, depth + 1);
  }
  return made;
}

function textOf({ minLength = 0, maxLength = 1_000, format }: JsonSchema, chance: Chance): string {
  if (format === 'date-time') return '2026-03-01T09:30:00.000Z';
  return chance.oneOf(words).padEnd(minLength, 'a').slice(0, maxLength);
}

function numberOf({ minimum = -10, maximum = 100 }: JsonSchema, chance: Chance): number {
  return chance.oneOf([minimum, Math.min(maximum, minimum + 1), maximum, minimum + (maximum - minimum) * chance.next()]);
}
