import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { suite, test } from 'node:test';
import { Exchange } from './exchange.ts';
import { model, provider } from './fixtures/rig.ts';
import { Lines } from './lines.ts';
import { postBy } from './post.ts';

const config = model([provider('http://127.0.0.1:9', 'a'), provider('http://127.0.0.1:9', 'b')]);
const a = provider('http://127.0.0.1:9', 'a');
const key = (value: string) => ({ is: 'key', value, from: 'A_KEY' }) as const;

suite('lines to providers', () => {
  test('the same provider with the same key is the same line, another key is another', () => {
    const lines = new Lines(new Exchange(postBy(fetch)), 10);
    const line = lines.line(config, a, key('one'));
    assert.equal(lines.line(config, { ...a }, key('one')), line);
    assert.notEqual(lines.line(config, a, key('two')), line);
    assert.notEqual(lines.line(config, { ...a, apiBase: 'http://127.0.0.1:8' }, key('one')), line);
    assert.notEqual(lines.line({ ...config, name: 'n' }, a, key('one')), line);
    assert.equal(lines.size, 4);
  });

  test('there are never more than so many; those in use stay', () => {
    const lines = new Lines(new Exchange(postBy(fetch)), 3);
    const used = lines.line(config, a, key('used'));
    for (let at = 0; at < 50; at += 1) {
      lines.line(config, a, key(`key ${at}`));
      assert.equal(lines.line(config, a, key('used')), used);
      assert.ok(lines.size <= 3);
    }
  });

  test('what tells them apart is not the key', () => {
    const lines = new Lines(new Exchange(postBy(fetch)), 3);
    lines.line(config, a, key('a-very-secret-key'));
    assert.ok(!inspect(lines, { depth: 10, showHidden: true }).includes('a-very-secret-key'));
  });
});
