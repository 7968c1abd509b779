/** The simulation is itself under test: it finds the bugs that are planted on purpose. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { find } from './find-planted.ts';
import { planted } from './planted.ts';

describe('the simulation finds', { concurrency: 2 }, () => {
  for (const bug of planted) it(bug.name, async () => assert.ok((await find(bug, 2000)) !== undefined, 'it was not found'));
});
