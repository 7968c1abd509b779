import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterNames } from './parameter-names.ts';

test('the names of a destructured parameter are read off its source', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['({ a }) => a', ['a']],
    ['({a,b}) => a', ['a', 'b']],
    ['({ a, b, }) => a', ['a', 'b']],
    ['({ a: x, b: { c, d }, e }) => x', ['a', 'b', 'e']],
    ['({ a = 1, b = [{ c: 2 }], d = f(1, 2) }) => a', ['a', 'b', 'd']],
    ['({ \'good-enough\': verdict, "two words": w, c }) => c', ['good-enough', 'two words', 'c']],
    ['({ a, ...rest }) => rest', ['a']],
    ['({ $a, _b, été }) => 1', ['$a', '_b', 'été']],
    ['(\n  { a,\n    b }          ) => a', ['a', 'b']],
    ['({}) => 1', []],
  ];
  for (const [source, names] of cases) assert.deepEqual(parameterNames(source), names, source);
});

test('at anything unusual the certain names are enough', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['({ a, [key]: b, c }) => a', ['a']],
    ['({ a = "}", c }) => a', ['a']],
    ['({ a /* } */, b }) => a', []],
    ['({ a, // b\n c }) => a', ['a']],
    ['({ a = `${b}`, c }) => a', ['a']],
    ['({ "a\\n": x }) => x', []],
    ['(context) => context.a', []],
    ['context => context.a', []],
    ['() => 1', []],
    ['function ({ a }) { return a; }', []],
    ['when({ a }) { return a; }', []],
    ['/* c */ ({ a }) => a', []],
  ];
  for (const [source, names] of cases) assert.deepEqual(parameterNames(source), names, source);
});

test('what runs is what is read', () => {
  const fn = ({ script, film: cut = { length: 1 } }: { script: string; film?: { length: number } }): string => script + String(cut.length);
  assert.deepEqual(parameterNames(fn.toString()), ['script', 'film']);
});
