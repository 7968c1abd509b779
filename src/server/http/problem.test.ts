import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { problemOf } from './problem.ts';

test('what is wrong with the machine is told by its code, and where by the log alone', () => {
  for (const code of ['STORE_FULL', 'STORE_FAILED', 'STORE_CORRUPT', 'RULES_FAILED', 'GATEWAY_CONFIG_INVALID', 'FFMPEG_MISSING'] as const) {
    const problem = problemOf(new ContinuoError(code, '/srv/data/continuo.db: no room', { path: '/srv/data' }), 'r1');
    assert.equal(problem.code, code);
    assert.match(problem.detail, /r1/);
    assert.doesNotMatch(JSON.stringify(problem), /srv/);
  }
});

test('what a caller can mend is told as it is', () => {
  const { status, detail, details } = problemOf(new ContinuoError('RUN_ENDED', 'run r has ended', { status: 'failed' }), 'r1');
  assert.deepEqual([status, detail, details], [409, 'run r has ended', { status: 'failed' }]);
});
