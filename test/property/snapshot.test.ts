/** N1: a snapshot gives the run back, whatever people and agents have put into it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '../../src/core/data/json.ts';
import { Vector } from '../../src/core/data/vector.ts';
import { begin } from '../../src/core/run/evolve.ts';
import { restore, save } from '../../src/core/run/snapshot.ts';
import type { Item, Run, StepState } from '../../src/core/run/state.ts';
import { recordOf, values } from './json-values.ts';
import { holds } from './chance.ts';

const items = (of: readonly Json[]): Vector<Item> => Vector.from(of.map((value): Item => ({ is: 'done', output: { value } })));

/** A run that has the values wherever a value of a user may stand. */
function runWith(list: readonly Json[], names: readonly string[]): Run {
  const [value = null, data = null, choice = null] = list;
  const run = begin('r', { type: 'run.started', plan: 'h', workflow: 'w', project: 'p', input: { value }, steps: 2 }, 1);
  const records = Object.fromEntries(names.map((name) => [name, { is: 'value', value: { value: data } }] as const));
  const task = { is: 'running', attempt: 1, forgiven: 0, first: 0, since: 0, at: 0, records } as const;
  const states: readonly StepState[] = [
    { is: 'active', visit: 1, since: 0, work: { do: 'task', task } },
    { is: 'done', visit: 1, output: { items: items(list) }, attempts: 1, order: 0, at: 0 },
    {
      is: 'idle',
      visit: 1,
      keep: { attempts: 0, items: items(list) },
      feedback: { by: 0, round: 1, verdict: value, previous: [[1, { value: data }]] },
    },
  ];
  return {
    ...run,
    steps: Vector.from(Array.from({ length: 40 }, (_, at) => states[at % 3] as StepState)),
    signals: names.map((name) => ({ name, data: { value: data } })),
    early: [{ step: 0, answer: { by: 'ann', value: { value: choice } } }],
  };
}

test('a snapshot gives back the run, whatever keys its values have', () => {
  const names = fc.uniqueArray(fc.constantFrom('__proto__', '$vector', '$plain', 'a', '0'), { maxLength: 3 });
  const wrapped = values.chain((value) =>
    fc.constantFrom<Json>(value, recordOf([['$vector', value]]), recordOf([['$plain', value]]), {
      $plain: recordOf([['$vector', [value]]]),
    }),
  );
  holds(
    fc.property(fc.array(wrapped, { minLength: 1, maxLength: 4 }), names, (list, keys) => {
      const run = runWith(list, keys);
      assert.deepEqual(restore(save(run)), run);
    }),
    300,
  );
});
