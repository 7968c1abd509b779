import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceFile } from './config/model.ts';
import type { Dialogue, Said } from './conversation.ts';
import { inWords, promptOf, type Render, type Words } from './prompt.ts';

const text = (said: string): Said => ({ is: 'text', text: said });
const fields = (given: { readonly [name: string]: string }): Said => ({ is: 'fields', fields: given });
const file = (name: string): SourceFile => ({ path: name, text: '' });
/** Says which template was given what. */
const render: Render = ({ path }, variables) => `${path}(${JSON.stringify(variables)})`;

function words(system: Said | undefined, user: Said, templates: Readonly<Record<string, SourceFile>> = {}): Words {
  const dialogue: Dialogue = { system, turns: [{ role: 'user', said: user }] };
  return inWords(dialogue, { templates }, render, { function: 'f', variant: 'v' });
}

test('text without templates is said as it is, and fields as JSON', () => {
  assert.deepEqual(words(text('Be brief.'), text('Hello')), { system: 'Be brief.', turns: [{ role: 'user', text: 'Hello' }] });
  assert.deepEqual(words(undefined, fields({ topic: 'kites' })).turns, [{ role: 'user', text: '{\n  "topic": "kites"\n}' }]);
});

test('fields are the variables of a template, and text is its variable of the role’s name', () => {
  const templates = { system: file('s'), user: file('u') };
  assert.deepEqual(words(text('Be brief.'), fields({ topic: 'kites' }), templates), {
    system: 's({"system_text":"Be brief."})',
    turns: [{ role: 'user', text: 'u({"topic":"kites"})' }],
  });
});

test('a system template speaks also where nothing was said to it', () => {
  assert.equal(words(undefined, text('Hello'), { system: file('s') }).system, 's({})');
});

test('an empty system message is none', () => {
  const { system, turns } = words(text(''), text('Hello'));
  assert.equal(system, undefined);
  assert.deepEqual(promptOf({ system, turns }), [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }]);
  assert.deepEqual(promptOf({ system: 'S', turns: [] }), [{ role: 'system', content: 'S' }]);
});
