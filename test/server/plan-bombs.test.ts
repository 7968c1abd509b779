/** Plans of a few lines that come to more than any machine has: whoever may run plans must not be able to end the server. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { served } from './served.ts';

const echo = { id: 'echo', actions: { run: async (input: unknown) => input } };
const step = (id: string, input: unknown, after?: string) => ({
  id,
  agentId: 'echo',
  action: 'run',
  input,
  dependencies: after === undefined ? [] : [after],
});
const often = Array.from({ length: 5000 }, () => ({ $from: 'input.text' }));
const long = { text: 'y'.repeat(500_000) };
const doubling = (input: (before: object) => object) =>
  Array.from({ length: 40 }, (_, place) => {
    const before = { $from: place === 0 ? 'input.text' : `steps.s${place - 1}.output` };
    return step(`s${place}`, input(before), place === 0 ? undefined : `s${place - 1}`);
  });

const bombs: Readonly<Record<string, { readonly plan: object; readonly input: unknown }>> = {
  'a text that doubles with each step': { plan: { steps: doubling((before) => ({ $text: [before, before] })) }, input: long },
  'a list that doubles with each step': { plan: { steps: doubling((before) => [before, before]) }, input: long },
  'a step’s input that names a long text again and again': { plan: { steps: [step('s', often)] }, input: long },
  'an output of that kind': { plan: { steps: [step('s', 1)], output: often }, input: long },
  'an emission of that kind': { plan: { steps: [{ id: 's', kind: 'emit', event: 'e', data: often, dependencies: [] }] }, input: long },
  'a comparison of that kind': {
    plan: { steps: [{ id: 's', kind: 'gate', test: { $compare: [often, '==', 1] }, dependencies: [] }] },
    input: long,
  },
  'a map over a list of hundreds of thousands': {
    plan: { steps: [{ id: 'm', kind: 'map', over: { $from: 'input' }, agentId: 'echo', action: 'run', dependencies: [] }] },
    input: Array.from({ length: 300_000 }, () => 0),
  },
};

suite('plans that come to too much', () => {
  for (const [name, { plan, input }] of Object.entries(bombs))
    test(`${name} fails, and the server goes on`, async (t) => {
      const { ask, key, orchestrator } = await served(t, { agents: [echo] });
      const text = await key(['run'], ['mine']);
      const started = await ask('POST', '/api/v1/workflows', { key: text, body: { plan: { id: 'bomb', ...plan }, input } });
      assert.equal(started.status, 202, started.text);
      const { workflow_id: run } = started.as<{ readonly workflow_id: string }>();
      await orchestrator.handle(run).result();
      const { status, error } = await orchestrator.get(run);
      assert.deepEqual([status, error?.code], ['failed', 'VALUE_TOO_LARGE']);
      assert.equal((await ask('GET', `/api/v1/workflows/${run}`, { key: text })).status, 200);
    });
});
