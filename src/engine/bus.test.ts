import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus } from './bus.ts';

test('a bus is silent until somebody listens to what runs do, and again when nobody does any more', () => {
  const bus = new Bus();
  assert.equal(bus.silent, true);
  const deaf = bus.on('engine:error', () => undefined);
  assert.equal(bus.silent, true, 'what the engine says of itself needs no events of runs');
  const one = bus.on('run:ended', () => undefined);
  const other = bus.on('run:ended', () => undefined);
  one();
  assert.equal(bus.silent, false);
  other();
  assert.equal(bus.silent, true);
  const all = bus.on('*', () => undefined);
  assert.equal(bus.silent, false);
  all();
  deaf();
  assert.equal(bus.silent, true);
});

test('a listener that ends twice does not end the one that came after it', () => {
  const bus = new Bus();
  const heard: string[] = [];
  const end = bus.on('run:ended', () => heard.push('first'));
  end();
  bus.on('run:ended', () => heard.push('second'));
  end();
  bus.emit('run:ended', { runId: 'r', status: 'succeeded' });
  assert.deepEqual(heard, ['second']);
});
