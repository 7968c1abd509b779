import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saidLast } from './said-last.ts';
import type { Said } from '../conversation.ts';

const text = (said: string): Said => ({ is: 'text', text: said });
const fields = (said: Record<string, string>): Said => ({ is: 'fields', fields: said });

test('rules are given what the user said last, as text or as fields', () => {
  const turns = [
    { role: 'user', said: text('first') },
    { role: 'assistant', said: text('Well.') },
    { role: 'user', said: text('last') },
    // The result of a tool, without a word.
    { role: 'user', said: undefined },
  ] as const;
  assert.equal(saidLast({ system: undefined, turns }), 'last');
  assert.deepEqual(saidLast({ system: undefined, turns: [{ role: 'user', said: fields({ topic: 'kites' }) }] }), { topic: 'kites' });
});

test('fields of the system are among them, and its text is not', () => {
  const turns = [{ role: 'user', said: fields({ topic: 'kites', tone: 'mild' }) }] as const;
  assert.deepEqual(saidLast({ system: fields({ tone: 'dry', for: 'kids' }), turns }), { for: 'kids', topic: 'kites', tone: 'mild' });
  assert.deepEqual(saidLast({ system: text('Be brief.'), turns }), { topic: 'kites', tone: 'mild' });
});
