import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Pattern, patternSize, PatternRefused } from './pattern.ts';
import { TooMuchWork, Work } from './work.ts';

const theirs = (source: string): RegExp => {
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(source);
  }
};

describe('a pattern finds what JavaScript finds:', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', ['', 'a']],
    ['^$', ['', 'a']],
    ['^abc$', ['abc', 'xabc', 'abcx']],
    ['b', ['abc', 'ac']],
    ['^(?:a|bc|)$', ['', 'a', 'bc', 'b']],
    ['^a{2,3}$', ['a', 'aa', 'aaa', 'aaaa']],
    ['^a{2}$', ['a', 'aa', 'aaa']],
    ['^a{2,}?$', ['a', 'aa', 'aaaaaaa']],
    ['^(?:ab?)*$', ['', 'ababa', 'b']],
    ['^(a*)*$', ['', 'aaa', 'b']],
    ['^(?:|a)+$', ['', 'aaa', 'b']],
    ['^(?:a?b??){2,4}$', ['', 'abab', 'aaaa', 'bbbbb']],
    ['^(?:){1000000}$', ['', 'a']],
    ['^[^\\W\\d_]+$', ['abc', 'a1', 'a_']],
    ['^[]$|^[^]$', ['', 'a', '\n']],
    ['^.$', ['a', '\n', '\u2028', '😀']],
    ['^\\p{L}\\P{L}$', ['é1', '11']],
    ['^\\u{1F600}|\\ud83d\\ude01$', ['😀', '😁', '\ud83d']],
    ['^[😀-😂]$', ['😁', '😃', '\ude00']],
    ['^\\x41\\cJ\\t\\0$', ['A\n\t\0', 'A']],
    ['\\bfoo\\b', ['a foo b', 'foo', 'afoo', 'foo_']],
    ['\\Boo\\B', ['foot', 'foo', 'oo']],
    ['(?<year>\\d{4})-(?<day>\\d\\d)', ['2026-11', '26-11']],
    ['^[\\w\\-.]+$', ['a-b.c', 'a b']],
    ['^\\-\\_a{,3}]}$', ['-_a{,3}]}', '-_a']],
    ['^\\07[\\b]$', ['\x07\b', '07']],
    ['^(?=.*\\d)(?=.*[a-z]).{3,}$', ['abc1', 'abcd', '1234', 'a1']],
    ['^(?!.*\\.\\.)[a-z.]+$', ['a.b', 'a..b']],
    ['(?<=\\$)\\d+', ['$42', '42']],
    ['(?<!\\$|\\d)\\d+', ['$42', '42', '']],
    ['^(?=(?!b)[a-c](?<=a|c)d)..', ['ad', 'bd', 'cd']],
    ['a(?=$)|(?<=^)b', ['ca', 'ac', 'bc', 'cb']],
    ['^(?:(?=a)a|b)*$', ['abab', 'abc']],
  ];
  for (const [source, texts] of cases)
    test(JSON.stringify(source), () => {
      for (const text of texts) assert.equal(new Pattern(source).test(text), theirs(source).test(text), JSON.stringify(text));
    });

  test('whatever the pattern, whatever the text', () => {
    let seed = 20_261_121;
    const chance = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const pick = (from: readonly string[]): string => from[chance(from.length)] ?? '';
    const ones = ['a', 'b', 'c', '.', '\\w', '\\d', '\\s', '[ab]', '[^a]', '[b-c_]', '\\p{Lu}', '😀', '\\u{1F600}', '[^\\d😀]', '1'];
    const grow = (depth: number): string => {
      switch (depth === 0 ? 0 : chance(9)) {
        case 0:
        case 1:
          return pick(ones);
        case 2:
        case 3:
          return grow(depth - 1) + grow(depth - 1);
        case 4:
          return `(${grow(depth - 1)}|${grow(depth - 1)}${chance(3) === 0 ? '|' : ''})`;
        case 5:
          return `(?:${grow(depth - 1)})${pick(['*', '+', '?', '{2}', '{1,3}', '{0,2}?', '{2,}', '*?', '+?'])}`;
        case 6:
          return pick(['^', '$', '\\b', '\\B']);
        case 7:
          return `(?${pick(['=', '!', '<=', '<!'])}${grow(depth - 1)})`;
        default:
          return `(?<n${depth}_${chance(1e9)}>${grow(depth - 1)})`;
      }
    };
    let found = 0;
    for (let round = 0; round < 5000; round++) {
      const source = grow(4);
      const text = Array.from({ length: chance(9) }, () => pick(['a', 'b', 'c', 'A', '1', '_', ' ', '\n', '😀', '\ud83d'])).join('');
      const where = new RegExp(source, 'u').exec(text)?.index;
      // Against the standard V8 also finds what is empty amid the two halves of a character.
      if (where !== undefined && /^[\udc00-\udfff]/.test(text.slice(where)) && /[\ud800-\udbff]$/.test(text.slice(0, where))) continue;
      const expected = where !== undefined;
      assert.equal(new Pattern(source).test(text), expected, `${source} in ${JSON.stringify(text)}`);
      if (expected) found++;
    }
    assert.ok(found > 500 && found < 4500, `${found} of them fit`);
  });
});

describe('the work grows with the text:', () => {
  const stepsFor = (source: string, text: string): number => {
    const work = new Work(1e9);
    new Pattern(source).test(text, work);
    return 1e9 - work.left;
  };
  for (const source of [
    '^(a+)+$',
    '(a|a)*b',
    '(a*)*b',
    '(.*)(.*)(.*)x',
    '(a?){30}a{30}$',
    '(?=(a+)+b)a',
    '(?<=(a|aa)*c)b',
    '^(\\w+\\s?)*$',
  ])
    test(source, () => {
      const [one, two, four] = [500, 1000, 2000].map((length) => stepsFor(source, `${'a'.repeat(length)}!`));
      assert.ok(one !== undefined && two !== undefined && four !== undefined);
      assert.ok(one <= patternSize(source) * 502 * 2, `${one} steps`);
      assert.ok(Math.abs(four - two - 2 * (two - one)) <= 0.01 * four, `${one}, ${two}, ${four}`);
    });

  test('and it is given up where it is more than was allowed', () => {
    assert.throws(() => new Pattern('(a?){3000}b').test('a'.repeat(3000), new Work(100_000)), TooMuchWork);
  });
});

describe('refused is', () => {
  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['what is no pattern', '(', /not a regular expression/],
    ['what refers back', '(a)\\1', /refers back .*\\1/],
    ['what refers back by name', '(?<n>a)\\k<n>', /refers back/],
    ['what switches flags', '(?i:a)', /switches flags/],
    ['what grows too large', '(a{1000}){1000}', /repeats too much/],
    ['what grows beyond every number', `${'('.repeat(60)}aa${'{999999})'.repeat(60)}`, /repeats too much/],
    ['what repeats too often', `a{${'9'.repeat(400)}}`, /repeats too much/],
    ['what is nested too deep', `${'('.repeat(500)}a${')'.repeat(500)}`, /nested/],
    ['what is too long', 'a'.repeat(10_001), /10001 characters/],
  ];
  for (const [what, source, problem] of refused)
    test(what, () => {
      for (const read of [() => patternSize(source), () => new Pattern(source)])
        assert.throws(read, (error) => error instanceof PatternRefused && problem.test(error.message) && error.mend !== '');
    });
});
