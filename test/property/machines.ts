/** Random state machines, valid and not. */
import * as fc from 'fast-check';

const next = fc.constantFrom('s0', 's1', 's2', 's3', 'complete', 'failed', 'done', undefined);

export const machines: fc.Arbitrary<object> = fc
  .array(
    fc.record(
      {
        worker_type: fc.constantFrom('coder', 'reviewer'),
        on_success: next,
        on_failure: next,
        max_retries: fc.nat({ max: 2 }),
        max_loops: fc.integer({ min: 1, max: 4 }),
        input: fc.constantFrom(1, 'x'),
      },
      { requiredKeys: ['worker_type', 'on_success'] },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((states) => ({ name: 'machine', steps: states.map((state, at) => ({ step_id: `s${at}`, ...state })) }));
