import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAgain } from './ask-again.ts';

test('asking again lists every problem as it is', () => {
  assert.match(
    askAgain(['n: must be a number, is "<x>"', 'title: is missing']),
    /:\n- n: must be a number, is "<x>"\n- title: is missing\n\n\S/,
  );
});
