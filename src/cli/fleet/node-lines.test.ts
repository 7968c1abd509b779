import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nodeLines } from './node-lines.ts';

const plain = (_style: unknown, text: string): string => text;
const now = 10_000_000;
/** By the store's clock, which goes before this one. */
const apart = now + 3_600_000;

suite('the fleet as tables', () => {
  test('nodes with what they host, agents with what waits for them', () => {
    const lines = nodeLines(
      {
        nodes: [
          {
            node: 'a',
            role: 'engine',
            name: 'core-1 991',
            joinedAt: apart - 7_800_000,
            livesUntil: apart + 13_000,
            asOf: apart,
            hosts: [],
          },
          {
            node: 'b',
            role: 'worker',
            name: 'render-7 4182',
            joinedAt: apart - 61_000,
            livesUntil: apart - 1,
            asOf: apart,
            oldestAttempt: now - 4000,
            hosts: ['artist', 'voice'],
          },
        ],
        agents: [
          { id: 'artist', nodes: ['b'], waiting: 211, inHand: 8 },
          { id: 'lost', nodes: [] },
        ],
        unheard: ['queues: gave no answer'],
      },
      now,
      100,
      plain,
    );
    assert.deepEqual(lines, [
      'NODE           ROLE        UP       LEASE  OLDEST ATTEMPT  HOSTS',
      'core-1 991     engine  2h 10m  13.0s left               –  nothing',
      'render-7 4182  worker  1m 01s     run out            4.0s  artist, voice',
      '',
      'AGENT   WAITING  IN HAND  NODES',
      'artist      211        8  1',
      'lost          –        –  none',
      'note: queues: gave no answer',
    ]);
  });

  test('what could not be asked is not told as if there were none', () => {
    const node = { node: 'a', role: 'engine' as const, name: 'core-1 991', joinedAt: 0, livesUntil: 13_000, asOf: 1000, hosts: [] };
    assert.deepEqual(nodeLines({ nodes: [node], agents: [], unheard: ['queues: Redis is away'] }, now, 80, plain), [
      'NODE        ROLE      UP       LEASE  OLDEST ATTEMPT  HOSTS',
      'core-1 991  engine  1.0s  12.0s left               –  ?',
      '',
      'who hosts which agents is not known',
      'note: queues: Redis is away',
    ]);
  });

  test('an empty fleet is said in words', () => {
    assert.deepEqual(nodeLines({ nodes: [], agents: [], unheard: [] }, now, 80, plain), [
      'no node is there: nothing moves until one is',
      '',
      'no node hosts an agent',
    ]);
  });
});
