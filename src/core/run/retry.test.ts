import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fault } from '../errors.ts';
import { mayGoWell } from './retry.ts';

suite('the same, made again, may go well', () => {
  test('as the error says, whatever its code', () => {
    assert.equal(mayGoWell(fault('AGENT_FAILED', 'no', { retryable: false })), false);
    assert.equal(mayGoWell(fault('INPUT_INVALID', 'no', { retryable: true })), true);
  });

  test('unless its code is of what stays as it is; a called run gets its time anew', () => {
    for (const code of ['CALL_TOO_DEEP', 'CALL_TOO_WIDE', 'INPUT_INVALID'] as const)
      assert.equal(mayGoWell(fault(code, 'no')), false, code);
    for (const code of ['AGENT_FAILED', 'CHILD_FAILED', 'STEP_TIMED_OUT', 'RUN_TIMED_OUT'] as const)
      assert.equal(mayGoWell(fault(code, 'no')), true, code);
  });
});
