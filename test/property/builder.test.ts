/** What the builder writes is a plan like any other: it reads again, and its functions are all there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compile } from '../../src/core/plan/program.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planHash } from '../../src/core/plan/workflow.ts';
import { programs } from './builder-programs.ts';
import { holds } from './chance.ts';

test('a plan of the builder reads again as the same plan, with the same hash and all of its functions', () => {
  holds(
    fc.property(programs, (built) => {
      const read = parsePlan(JSON.parse(JSON.stringify(built.plan)));
      assert.deepEqual(read, built.plan);
      assert.equal(planHash(read), built.hash);
      assert.deepEqual(compile(built).missing, []);
    }),
    500,
  );
});
