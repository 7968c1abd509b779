import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { Templates } from './templates.ts';

const path = 'prompts/write.minijinja';

function render(text: string, variables: Readonly<Record<string, unknown>> = {}, others: Readonly<Record<string, string>> = {}): string {
  const files = [{ path, text }, ...Object.entries(others).map(([name, other]) => ({ path: name, text: other }))];
  return new Templates(files).render(path, variables, { function: 'script', variant: 'bold' });
}

function failure(text: string, variables: Readonly<Record<string, unknown>> = {}, others: Readonly<Record<string, string>> = {}): string {
  try {
    return `rendered ${render(text, variables, others)}`;
  } catch (error) {
    assert.ok(error instanceof ContinuoError && error.code === 'TEMPLATE_FAILED', String(error));
    return error.message;
  }
}

/** What it says, or only that it cannot be read. */
function attempt(text: string, variables: Readonly<Record<string, unknown>>): string {
  try {
    return render(text, variables);
  } catch (error) {
    return error instanceof ContinuoError ? error.code : String(error);
  }
}

suite('templates', () => {
  test('render text, loops and conditions, and escape nothing, whatever a file is called', () => {
    assert.equal(
      render('{% for s in scenes %}{{ loop.index }}. {{ s }}\n{% endfor %}', { scenes: ['<a>', 'b & c'] }),
      '1. <a>\n2. b & c\n',
    );
    assert.equal(render('{% include "tail.html" %}', { x: '<b>' }, { 'prompts/tail.html': '{{ x }}' }), '<b>');
    assert.equal(render('{% include "x.json" %}', { x: '"' }, { 'x.json': '{{ x }}' }), '"');
  });

  test('see JSON alone: dates are their text, what is undefined is not there', () => {
    assert.equal(render('{{ at }} {{ gone is defined }}', { at: new Date(0), gone: undefined }), '1970-01-01T00:00:00.000Z false');
    let read = 0;
    const input = {
      get counted(): number {
        return ++read;
      },
    };
    assert.equal(render('{{ counted }}{{ counted }}', input), '11');
    assert.match(failure('{{ f }}', { f: () => 1 }), /`f` is a function/);
    assert.match(failure('{{ n }}', { n: Number.NaN }), /`n` is NaN/);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    assert.match(failure('{{ self }}', circle), /its input cannot be used/);
  });

  test('of text and names alone say what the engine says', () => {
    const variables = {
      name: 'Ada & <b>{{ x }}</b>',
      half: 'a\ud800b',
      _a1: '\r\n',
      true: 'no',
      none: 'no',
      self: 'own',
      super: 'own',
      loop: 'own',
      range: 'own',
      true_story: 'yes',
      number: 1.5,
      whole: 3,
      list: ['a', 1],
      nothing: null,
      empty: '',
    };
    const texts = [
      '',
      '\n',
      'plain }} text % # { }\r\n',
      'a {{ name }} b{{name}}{{\tname\n}}\n\n',
      '{{ half }}{{ _a1 }}\n',
      '{{ true }} {{ none }} {{ true_story }} {{ range }} {{ loop }}',
      '{{ number }} {{ whole }} {{ list }} {{ nothing }} {{ empty }}',
      '{{- name -}} x {{ name | upper }} {{ name ~ name }}',
      '{ {{ name }} }',
      '{{ name }}{# gone #}',
    ];
    // What the engine alone says: a block that does nothing is no plain text.
    for (const text of texts)
      assert.equal(render(text, variables), render(`{% if true %}{% endif %}${text}`, variables), JSON.stringify(text));
    for (const text of ['{{ gone }}', '{{ toString }}', '{{ __proto__ }}', '{{ name }} {{ gone }}'])
      assert.match(failure(text, variables), /write\.minijinja:1: there is no variable/, text);
    for (const name of ['self', 'super', 'not', 'loop', 'if'])
      assert.equal(attempt(`{{ ${name} }}`, variables), attempt(`{% if true %}{% endif %}{{ ${name} }}`, variables), name);
  });

  test('leave the input as it was', () => {
    const input = { scenes: [{ title: 'a' }] };
    render('{{ scenes[0].title }}', input);
    assert.ok(!Object.isFrozen(input.scenes));
  });

  test('include by path and relative to their own folder, and two of one name each in its own', () => {
    const others = { 'prompts/a/in.txt': '{% include "head.txt" %}', 'prompts/a/head.txt': 'A', 'prompts/head.txt': 'B' };
    assert.equal(render('{% include "a/in.txt" %}{% include "head.txt" %}{% include "prompts/a/head.txt" %}', {}, others), 'ABA');
    assert.equal(
      render('{% from "m.txt" import hi %}{{ hi("x") }}', {}, { 'prompts/m.txt': '{% macro hi(n) %}hi {{ n }}{% endmacro %}' }),
      'hi x',
    );
  });

  test('that are not there are named', () => {
    assert.throws(() => new Templates([]).render('nope.txt', {}), /template nope\.txt: it is not among the templates/);
    assert.match(failure('a\n{% include "nope.txt" %}'), /write\.minijinja:2: .*nope\.txt/);
  });

  test('with bad syntax are told when they are compiled, with file and line', () => {
    assert.throws(
      () => new Templates([{ path, text: 'a\n{% if %}' }]),
      (error) =>
        error instanceof ContinuoError && error.code === 'GATEWAY_CONFIG_INVALID' && /write\.minijinja:2: syntax error/.test(error.message),
    );
  });
});

suite('an undefined variable', () => {
  test('is named with function, variant, file, line and the nearest that there is', () => {
    assert.equal(
      failure('Write\nabout {{ topik }}', { topic: 'cats' }),
      'function "script", variant "bold": template prompts/write.minijinja:2: there is no variable `topik`; did you mean `topic`?',
    );
  });

  test('is named as a field where it is one', () => {
    assert.match(failure('{{ scene.titel.x }}', { scene: { title: 'a' } }), /:1: `scene` has no field `titel`; did you mean `title`\?/);
    assert.match(failure('{{ scene.title.x.y }}', { scene: { title: 'a' } }), /`scene\.title` has no fields/);
  });

  test('is shown by its line where it belongs to something that the template bound', () => {
    assert.match(
      failure('{% for s in scenes %}\n{{ s.nope }}{% endfor %}', { scenes: [{}] }),
      /:2: undefined value in `\{\{ s\.nope \}\}\{% endfor %\}`/,
    );
  });

  test('is found in what is included', () => {
    const told = failure(
      '{% for s in [1] %}{% include "one.txt" %}{% endfor %}',
      { topic: 1 },
      { 'prompts/one.txt': '{{ s }}{{ topik }}' },
    );
    assert.match(told, /prompts\/one\.txt, failed: there is no variable `topik`; did you mean `topic`\?/);
  });

  test('never brings a value of the input into the error', () => {
    const secret = 'sk-very-secret';
    for (const text of [
      '{{ a.b.c }}',
      '{{ nope }}',
      '{{ a|nofilter }}',
      '{{ a + 1 }}',
      '{{ a() }}',
      '{% for x in n %}{% endfor %}',
      '{{ a.nope() }}',
    ]) {
      const told = failure(text, { a: { key: secret }, n: 4711 });
      assert.ok(!told.includes(secret) && !told.includes('4711'), told);
    }
  });
});

suite('a template that would escape', () => {
  test('finds no prototype, no constructor and nothing of the process', () => {
    const attempts = [
      '__proto__',
      'constructor',
      'constructor.constructor',
      '__class__',
      '__init__',
      'toString',
      'prototype',
      'hasOwnProperty',
    ];
    for (const name of attempts) {
      for (const base of ['x', 'x.list', '"text"', '[]', '{}', 'range', '(1)', 'self', 'loop']) {
        assert.match(
          failure(`{{ ${base}.${name} ~ "" }}{{ ${base}.${name} }}`, { x: { list: [] } }),
          /TEMPLATE|undefined|no variable|no field/,
          `${base}.${name}`,
        );
      }
    }
    for (const name of ['globalThis', 'process', 'require', 'this', 'window', 'Function', 'eval', 'import', 'debug()']) {
      assert.doesNotMatch(failure(`{{ ${name} }}`), /^rendered/, name);
    }
  });

  test('sees fields of those names where the input has them as its own', () => {
    assert.equal(render('{{ x.constructor }} {{ x["__proto__"] }}', { x: JSON.parse('{"constructor":1,"__proto__":2}') }), '1 2');
  });

  test('calls nothing', () => {
    assert.doesNotMatch(failure('{{ x() }}', { x: 1 }), /^rendered/);
    assert.doesNotMatch(failure('{{ x.toString() }}', { x: {} }), /^rendered/);
    assert.doesNotMatch(failure('{{ x|attr("constructor")|attr("name") }}', { x: {} }), /^rendered/);
    assert.doesNotMatch(failure('{{ [1]|map(attribute="constructor.name")|list|join }}x{{ nope }}', {}), /^rendered/);
  });

  test('reads no file', () => {
    for (const name of ['/etc/passwd', '../../../etc/passwd', 'package.json', 'file:///etc/passwd', '']) {
      for (const tag of [`{% include ${JSON.stringify(name)} %}`, `{% extends ${JSON.stringify(name)} %}`, `{% include x %}`]) {
        assert.doesNotMatch(failure(tag, { x: name }), /^rendered/);
      }
    }
  });

  test('runs out of fuel, calls or elements before it takes the process with it', () => {
    const endless = [
      '{% for i in range(99999) %}{% for j in range(99999) %}{{ i }}{% endfor %}{% endfor %}',
      '{{ range(100000000000)|list|length }}',
      '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}',
      '{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}',
      '{% include "prompts/write.minijinja" %}',
    ];
    for (const text of endless) assert.doesNotMatch(failure(text), /^rendered/, text);
  });

  test('that breaks the engine breaks no other render', () => {
    const whole = new Templates([{ path, text: 'fine {{ x }}' }]);
    const bombs = [
      `{{ ${'-'.repeat(200_000)}1 }}`,
      `{{ ${'not '.repeat(200_000)}1 }}`,
      `{{ 1${'+1'.repeat(200_000)} }}`,
      `{{ ${'['.repeat(100_000)} }}`,
    ];
    for (const text of bombs) {
      assert.throws(() => new Templates([{ path, text }]), { code: 'GATEWAY_CONFIG_INVALID' });
      assert.equal(whole.render(path, { x: 1 }), 'fine 1');
    }
  });

  test('finds an input that is nested too deep refused, and the next one rendered', () => {
    const templates = new Templates([{ path, text: '{{ x }}' }]);
    let deep: unknown = 1;
    for (let i = 0; i < 5_000; i++) deep = [deep];
    try {
      templates.render(path, { x: deep });
    } catch (error) {
      assert.ok(error instanceof ContinuoError && error.code === 'TEMPLATE_FAILED');
    }
    assert.equal(templates.render(path, { x: 1 }), '1');
  });
});
