import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workflow } from '../core/plan/builder.ts';
import { planWorkflow } from '../core/plan/workflow.ts';
import { plan, step } from '../testing/short-plans.ts';
import { agent } from './agent.ts';
import { Library } from './library.ts';

function library(): { readonly library: Library; readonly loads: () => number } {
  const stored = new Map<string, string>();
  let loads = 0;
  return {
    library: new Library({
      save: async (hash, text) => void stored.set(hash, text),
      load: async (hash) => {
        loads++;
        return stored.get(hash);
      },
    }),
    loads: () => loads,
  };
}

describe('a library of workflows', () => {
  it('keeps the functions of a plan when the same plan comes as data', async () => {
    const coded = workflow('w')
      .step('s', agent({ id: 'a', run: (n: number) => n }), () => 1)
      .build();
    for (const order of ['before', 'after']) {
      const { library: own } = library();
      const asData = { ...planWorkflow(coded.plan), hash: coded.hash };
      if (order === 'after') own.register(coded);
      if (order === 'after') await own.save(coded);
      own.know(asData);
      await own.save(asData);
      if (order === 'before') own.register(coded);
      const program = await own.program(coded.hash);
      assert.deepEqual([program.missing, own.known(program) === coded], [[], true], order);
    }
  });

  it('keeps the programs of the plans as data that were used last, and finds the others in the store', async () => {
    const { library: own, loads } = library();
    const first = plan([step('first')]);
    await own.save(first);
    for (let i = 0; i < 600; i++) {
      const one = plan([step(`s${i}`)]);
      own.know(one);
      await own.save(one);
      if (i === 300) assert.equal((await own.program(first.hash)).hash, first.hash);
    }
    assert.equal(loads(), 0);
    await own.program(first.hash);
    assert.equal(loads(), 0);
    assert.equal((await own.program(plan([step('s0')]).hash)).plan.steps[0]?.id, 's0');
    assert.equal(loads(), 1);
  });
});
