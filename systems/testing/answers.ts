/** What is asked of every answer of a rules variant, whichever system it belongs to. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Rules, RulesContext } from 'continuo';
import { branchOf } from '../english/chance.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false });
const compiled = new Map<string, ValidateFunction>();

/** A check against a schema file. */
export function fits(file: URL): (value: unknown, about: string) => void {
  const check = compiled.get(file.href) ?? ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  compiled.set(file.href, check);
  return (value, about) => {
    assert.ok(check(value), `${about}: ${ajv.errorsText(check.errors)}\n${JSON.stringify(value, null, 1)?.slice(0, 1500)}`);
  };
}

export function seeded(seed: number): RulesContext {
  return branchOf(seed, 'test');
}

/** Every text in a value. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** Nothing that a template or a slip would leave in a text for people. */
export function isClean(value: unknown, about: string): void {
  for (const text of textsOf(value)) {
    const slip =
      /undefined|\[object|\bNaN\b|\{\{|\}\}|\{[a-z]+\}|[^\s] {2,}[^\s]|\s[.,;:!?](?:\s|$)|\.\.(?:\s|$)|\b(?:a a|the the|an an)\b/iu.exec(
        text,
      );
    assert.equal(slip, null, `${about}: "${slip?.[0]}" in "${text.slice(0, 300)}"`);
  }
}

/** Asks twice and checks that the answers are the same, fit the schema and read well. */
export function asked<I, O>(answer: Rules<I, O>, input: I, schema: URL, seed = 1): O {
  const about = `${JSON.stringify(input)?.slice(0, 200)} (seed ${seed})`;
  const first = answer(input, seeded(seed));
  assert.deepEqual(answer(input, seeded(seed)), first, `${about}: another answer the second time`);
  fits(schema)(JSON.parse(JSON.stringify(first)), about);
  isClean(first, about);
  return first;
}

/** What people write when nobody told them what to write. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '🚀🐙',
  'x',
  'Hund',
  '一只会飞的猫',
  'Ein Schäferhund rettet das Dorf vor dem Hochwasser',
  '{{ name }} {% if x %} ${process.env.HOME}',
  '<script>alert("hi")</script>',
  'so long and winding a way '.repeat(60),
  'Why?',
  'the',
  'line one\nline two\t\u0000end',
  '"quoted" and \'single\' & more',
];
