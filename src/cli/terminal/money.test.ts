import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from './money.ts';

test('money has cents, and where it is less two digits that count', () => {
  const amounts = [0, 12, 0.5, 0.1, 0.0456, 0.00012, 0.0000031, -0.02];
  assert.deepEqual(amounts.map(money), ['$0', '$12.00', '$0.50', '$0.10', '$0.046', '$0.00012', '$0.0000031', '-$0.020']);
});
