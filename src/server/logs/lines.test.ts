import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lines } from './lines.ts';

test('lines leave together, cleaned and in order', () => {
  const out: string[] = [];
  const lines = new Lines({ write: (text) => out.push(text) }, (line) => line.replace('secret', '[key]'));
  lines.write('one secret\n');
  lines.write('two\n');
  assert.deepEqual(out, []);
  lines.flush();
  lines.flush();
  assert.deepEqual(out, ['one [key]\ntwo\n']);
});

test('many lines do not wait for the moment to pass', () => {
  const out: string[] = [];
  const lines = new Lines({ write: (text) => out.push(text) }, String);
  for (let line = 0; line < 200; line++) lines.write(`${'x'.repeat(99)}\n`);
  assert.equal(out.length, 1);
  lines.flush();
  assert.equal(out.join('').length, 20_000);
});

test('for a reader that has fallen behind lines are dropped, and it is said how many', () => {
  const out: string[] = [];
  const sink = { writableLength: 5_000_000, write: (text: string) => out.push(text) };
  const lines = new Lines(sink, String);
  for (let line = 0; line < 3; line++) lines.write('lost\n');
  sink.writableLength = 0;
  lines.write('kept\n');
  lines.flush();
  assert.equal(out[0], 'kept\n');
  const said = JSON.parse(out[1] ?? '') as { message: string; dropped: number };
  assert.deepEqual([said.message, said.dropped], ['lines were dropped', 3]);
});
