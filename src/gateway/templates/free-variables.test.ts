import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { freeVariables } from './free-variables.ts';
import { mentionedTemplates } from './mentioned.ts';
import { Templates } from './templates.ts';

const names = (text: string): string =>
  freeVariables(text)
    .map(({ name }) => name)
    .join(' ');

suite('what a template reads from outside', () => {
  const cases: readonly (readonly [template: string, reads: string])[] = [
    ['plain { text } with % and # and {', ''],
    ['{{ a }} {{ a }} {{ b.c.d }} {{ e["f"] }} {{ g[h] }}', 'a b e g h'],
    ['{{ a|upper|join(sep)|default(value=b) }}', 'a sep b'],
    ['{{ a is divisibleby n }} {{ a is defined }} {{ a is not eq(b) and c }} {{ d is odd or e }}', 'a n b c d e'],
    ['{{ "a" }} {{ \'b\' }} {{ "x" "y" }} {{ 1.5e3 }} {{ 0x1F }} {{ true }} {{ None }} {{ "\\"q" }}', ''],
    ['{{ a if b else c }} {{ d if e }} {{ not f in g }} {{ h not in i }}', 'a b c d e f g h i'],
    ['{{ {"k": a, b: [c, (d, e)]} }}', 'a b c d e'],
    ['{{ x[a:b:c] }} {{ x[:a] }} {{ x[::-1] }}', 'x a b c'],
    ['{{ f(a, k=b, *c, **d) }} {{ o.method(e) }} {{ range(n) }} {{ dict(a=z) }}', 'f a b c d o e n z'],
    ['{% for x in xs %}{{ x }}{{ loop.index }}{{ y }}{% else %}{{ x }}{% endfor %}{{ loop }}', 'xs y x loop'],
    ['{% for k, (a, b) in xs|items if a > k and c %}{{ k }}{{ a }}{{ b }}{% endfor %}', 'xs c'],
    ['{% for x in x %}{{ x }}{% endfor %}', 'x'],
    ['{% set a = b %}{{ a }}{% set c %}{{ d }}{% endset %}{{ c }}{% set (e, f) = g %}{{ e }}{{ f }}', 'b d g'],
    ['{% set a = a %}{{ a }}', 'a'],
    ['{% set ns = namespace(x=0) %}{% set ns.x = y %}{{ ns.x }}', 'y'],
    ['{% with a = b, c = a %}{{ a }}{{ c }}{% endwith %}{{ a }}', 'b a'],
    ['{% macro f(a, b=a, c=d) %}{{ a }}{{ b }}{{ caller() }}{{ e }}{% endmacro %}{{ f(1) }}{{ caller }}', 'd e caller'],
    ['{% call(x) f(x) %}{{ x }}{{ y }}{% endcall %}', 'f x y'],
    ['{% if a %}{% set z = 1 %}{% elif b %}{% set z = 2 %}{% else %}{% set z = 3 %}{% endif %}{{ z }}', 'a b'],
    ['{% if a %}{% set z = 1 %}{% endif %}{{ z }}', 'a z'],
    ['{% for i in [1] %}{% set z = 1 %}{% endfor %}{{ z }}', 'z'],
    ['{% filter upper %}{{ a }}{% endfilter %}{% autoescape b %}{{ c }}{% endautoescape %}', 'a b c'],
    ['{% block x %}{{ a }}{% endblock x %}{{ self.x() }}', 'a'],
    [
      '{% include "o" %}{% include a ignore missing %}{% import "m" as m %}{{ m.f() }}{% from "m" import g as h, i %}{{ h() }}{{ i }}{{ g }}',
      'a g',
    ],
    ['{% extends "base" %}{% do f(a) %}', 'f a'],
    ['{# {{ no }} #}{% raw %}{{ no }}{% endraw %}{{- yes -}}{%- if also -%}{%- endif +%}', 'yes also'],
    ['{{ "}}" }}{{ {"a": {"b": c}} }}{{ "%}" ~ d }}', 'c d'],
  ];
  for (const [template, reads] of cases) test(template, () => assert.equal(names(template), reads));

  test('has the line where it is read first', () => {
    assert.deepEqual(freeVariables('a\n{{ "x\ny" }}\n{% if b %}\n{{ c }}{{ b }}{% endif %}'), [
      { name: 'b', line: 4 },
      { name: 'c', line: 5 },
    ]);
  });

  test('is not told of a template with bad syntax, which never hangs', () => {
    for (const text of [
      '{{',
      '{% if',
      '{% if a %}',
      '{# ',
      '{{ a b }}',
      '{{ ( }}',
      '{% nope %}',
      '{% raw %}',
      '{{ "a }}',
      `{{ ${'('.repeat(9_999)}`,
      '{% for %}',
      '{{ a ? }}',
    ]) {
      assert.throws(() => freeVariables(text), { name: 'Error' }, text);
    }
  });

  test('is found in linear time', () => {
    assert.equal(freeVariables('{{ a }}\n'.repeat(100_000)).length, 1);
    assert.equal(freeVariables(`{{ a${' + a'.repeat(100_000)} }}`).length, 1);
  });

  test('other templates are listed where they are written out', () => {
    assert.deepEqual(mentionedTemplates('{% include "a.txt" ignore missing %}\n{% from "b.txt" import x %}{% include c %}'), [
      { name: 'a.txt', line: 1, mayMiss: true },
      { name: 'b.txt', line: 2, mayMiss: false },
    ]);
  });
});

suite('held against the engine', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('operand'),
      fc.tuple(tie('operand'), fc.constantFrom('~', '==', 'and', 'or', 'in'), tie('operand')).map(([l, o, r]) => `${l} ${o} [${r}]`),
      fc.tuple(tie('operand'), tie('operand'), tie('operand')).map(([x, y, z]) => `(${x} if ${y} else ${z})`),
    ),
    operand: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name,
      fc.constantFrom('"a"', '1', 'true', 'none'),
      tie('expression').map((inner) => `(${inner})`),
      tie('operand').map((inner) => `${inner}|string`),
      tie('operand').map((inner) => `not ${inner}`),
      tie('expression').map((inner) => `dict(a=${inner})`),
      tie('expression').map((inner) => `{"a": ${inner}}`),
      tie('expression').map((inner) => `(${inner})|default(a)`),
    ),
  }));
  const { body } = fc.letrec<{ body: string; statement: string }>((tie) => ({
    body: fc.array(tie('statement'), { maxLength: 4 }).map((all) => all.join('\n')),
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      expression.map((inner) => `{{ ${inner} }}`),
      fc.tuple(name, expression).map(([n, inner]) => `{% set ${n} = ${inner} %}`),
      fc.tuple(name, tie('body')).map(([n, inner]) => `{% set ${n} %}${inner}{% endset %}`),
      fc.tuple(expression, tie('body'), tie('body')).map(([c, x, y]) => `{% if ${c} %}${x}{% else %}${y}{% endif %}`),
      fc.tuple(expression, tie('body'), expression, tie('body')).map(([c, x, d, y]) => `{% if ${c} %}${x}{% elif ${d} %}${y}{% endif %}`),
      fc.tuple(name, expression, tie('body'), tie('body')).map(([n, e, x, y]) => `{% for ${n} in [${e}] %}${x}{% else %}${y}{% endfor %}`),
      fc.tuple(name, expression, expression, tie('body')).map(([n, e, c, x]) => `{% for ${n} in [${e}] if ${c} %}${x}{% endfor %}`),
      fc.tuple(name, expression, tie('body')).map(([n, e, x]) => `{% with ${n} = ${e} %}${x}{% endwith %}`),
      // Inside of a macro, the engine does not find a name in the value that is given to the same name.
      fc.tuple(name, expression, expression).map(([n, x, e]) => `{% macro m(${n}) %}{{ ${x} }}{% endmacro %}{{ m(${e}) }}`),
      tie('body').map((x) => `{% filter string %}${x}{% endfilter %}`),
    ),
  }));

  function outcome(text: string, variables: Readonly<Record<string, string>>): string {
    const templates = new Templates([{ path: 't', text }]);
    try {
      return `rendered ${templates.render('t', variables)}`;
    } catch (error) {
      return (error as Error).message;
    } finally {
      templates.close();
    }
  }

  test('with what was found defined, nothing is undefined', () => {
    fc.assert(
      fc.property(body, (text) => {
        const variables = Object.fromEntries(freeVariables(text).map(({ name: found }) => [found, 'v']));
        assert.match(outcome(text, variables), /^rendered/, text);
      }),
      { numRuns: 400 },
    );
  });

  test('without one that is printed in any case, that one is undefined', () => {
    fc.assert(
      fc.property(body, name, body, (before, printed, after) => {
        const text = `${before}{{ ${printed} }}${after}`;
        const found = freeVariables(text).map((variable) => variable.name);
        const bound = !freeVariables(`${before}{{ ${printed}_ }}`.replace(`${printed}_`, printed)).some(
          (variable) => variable.name === printed,
        );
        if (bound) return;
        assert.ok(found.includes(printed));
        const variables = Object.fromEntries(found.filter((other) => other !== printed).map((other) => [other, 'v']));
        // What comes before may give it a value on the way that is taken.
        if (!/\{% (?:set|if|filter)/.test(before)) assert.match(outcome(text, variables), /no variable|undefined/, text);
      }),
      { numRuns: 400 },
    );
  });
});
