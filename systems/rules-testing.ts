/** What the tests of rules, schemas and templates share. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RulesContext } from 'continuo';
import { Environment } from 'minijinja-js';

/** Chance from a seed: the same text gives the same sequence. */
export function seededContext(text: string): RulesContext {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  const seed = state >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(random() * count);
  return {
    seed,
    random,
    pick: ([first, ...others]) => [first, ...others][below(others.length + 1)] ?? first,
    shuffle: (list) =>
      list
        .map((item) => ({ item, at: random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ item }) => item),
  };
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What must not be left over in a text that people read or hear. */
export const remnant = /\{\{|\}\}|\{\w+\}|\bundefined\b|\bNaN\b|\[object|\s\s|\s[.,;:!?](?:\s|$)|\.\.|,,|^\s|\s$/;

/** What of a value does not fit the schema, or nothing. */
export function validator(schema: URL): (value: unknown) => string | undefined {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  // A schema file holds an object.
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
  return (value) => (validate(value) ? undefined : ajv.errorsText(validate.errors));
}

/** Renders a template; a variable that is not there is an error. */
export function render(template: URL, variables: Record<string, unknown>): string {
  const environment = new Environment();
  environment.undefinedBehavior = 'strict';
  try {
    return environment.renderStr(readFileSync(template, 'utf8'), variables);
  } finally {
    environment.free();
  }
}

/** Places in a schema where OpenAI's strict mode would refuse it: every object is closed, and every field required. */
export function notStrict(schema: unknown, at = '#'): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((entry, index) => notStrict(entry, `${at}/${index}`));
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, required, additionalProperties } = schema as {
    properties?: object;
    required?: readonly string[];
    additionalProperties?: unknown;
  };
  const own: string[] = [];
  if (properties !== undefined) {
    if (additionalProperties !== false) own.push(`${at} is open`);
    for (const name of Object.keys(properties)) if (required?.includes(name) !== true) own.push(`${at}/${name} is optional`);
  }
  return [...own, ...Object.entries(schema).flatMap(([key, value]) => notStrict(value, `${at}/${key}`))];
}
