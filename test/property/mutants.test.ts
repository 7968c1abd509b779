/** The comparison itself under test: every planted bug is found; the rarest takes some more runs than the suite plays. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { moves } from './moves.ts';
import { mutants } from './mutants.ts';
import { plans } from './plans.ts';
import { play } from './play.ts';

describe('the comparison with the model finds', () => {
  for (const [name, parts] of Object.entries(mutants)) {
    it(name, () => {
      const { failed } = fc.check(
        fc.property(plans, moves, (plan, list) => void play(plan, list, parts)),
        { numRuns: 6000, seed: 1, endOnFailure: true },
      );
      assert.ok(failed);
    });
  }
});
