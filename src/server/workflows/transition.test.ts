import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../../ports/clock.ts';
import type { ServerParts } from '../parts.ts';
import { transition } from './transition.ts';

test('a command that no node answers is not waited for any longer than a node may be silent', async () => {
  const alarms: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    at: (_time, wake) => {
      alarms.push(wake);
      return () => void alarms.splice(0);
    },
  };
  // Nothing else of the server is asked.
  const parts = { clock } as unknown as ServerParts;
  const silent = transition(parts, 'r', () => new Promise(() => undefined));
  for (const wake of alarms) wake();
  await assert.rejects(silent, { code: 'RUN_ELSEWHERE', message: /run r did not answer.*may still be done/ });
  assert.equal(await transition(parts, 'r', () => Promise.resolve('done')), 'done');
  assert.equal(alarms.length, 0);
});
