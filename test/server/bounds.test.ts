/** What a client sends cannot keep the server busy. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import { served, type Served } from './served.ts';

interface Started {
  readonly workflow_id: string;
}

const emit = (id: string, data: unknown, dependencies: readonly string[] = []): object => ({
  id,
  kind: 'emit',
  event: 'made',
  data,
  dependencies,
});

async function endOf(orchestrator: Served['orchestrator'], plan: object, input: unknown): Promise<unknown> {
  const { error } = await (await orchestrator.start(plan, input)).result();
  return error?.code;
}

suite('what a client sends is bounded:', () => {
  test('a pattern that goes back over a text again and again is matched all the same', async (t) => {
    const { ask } = await served(t);
    const plan = {
      id: 'evil',
      input: { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } },
      steps: [emit('one', null)],
    };
    const start = (a: string) => ask('POST', '/api/v1/workflows', { body: { plan, project_id: 'p', input: { a } } });
    const refused = await start(`${'a'.repeat(1000)}!`);
    assert.equal(refused.as().code, 'INPUT_INVALID', refused.text);
    assert.match(refused.text, /a: must fit \^\(a\+\)\+\$/);
    const accepted = await start('a'.repeat(1000));
    assert.equal(accepted.status, 202, accepted.text);
    assert.notEqual(accepted.as<Started>().workflow_id, '');
  });

  test('a schema that nobody could judge is refused with the plan, and its place', async (t) => {
    const { ask } = await served(t);
    for (const [form, place] of [
      [{ properties: { a: { pattern: '(a)\\1' } } }, /steps\[0\]\.form\.properties\.a\.pattern/],
      [{ patternProperties: { '(a{999}){999}': true } }, /steps\[0\]\.form\.patternProperties/],
      [{ $ref: 'http://127.0.0.1:9/schema' }, /steps\[0\]\.form\.\$ref/],
      [{ anyOf: [{ $ref: '#' }] }, /leads back to itself/],
    ] as const) {
      const plan = { id: 'asks', steps: [{ id: 'q', kind: 'ask', question: 'which?', form }] };
      const answer = await ask('POST', '/api/v1/plans', { body: { plan, project_id: 'p' } });
      assert.equal(answer.as().code, 'PLAN_INVALID', answer.text);
      assert.match(answer.text, place);
    }
  });

  for (const [what, twice] of [
    ['text', (from: string) => ({ $text: [{ $from: from }, { $from: from }] })],
    ['list', (from: string) => [{ $from: from }, { $from: from }]],
    ['object', (from: string) => ({ a: { $from: from }, b: { c: { $from: from } } })],
  ] as const)
    test(`a ${what} that doubles from step to step ends the run`, async (t) => {
      const { orchestrator } = await served(t, { agents: [{ id: 'echo', actions: { run: async (input: unknown) => input } }] });
      const steps = Array.from({ length: 60 }, (_, n) => ({
        id: `s${n}`,
        agentId: 'echo',
        action: 'run',
        input: twice(n === 0 ? 'input' : `steps.s${n - 1}.output`),
        dependencies: n === 0 ? [] : [`s${n - 1}`],
      }));
      assert.equal(await endOf(orchestrator, { id: 'doubling', steps }, 'x'.repeat(100_000)), 'VALUE_TOO_LARGE');
    });

  test('comparisons of large values are counted together', async (t) => {
    const { orchestrator } = await served(t);
    const large = Array.from({ length: 50_000 }, () => 'x');
    const compare = { $compare: [{ $from: 'input.a' }, '==', { $from: 'input.b' }] };
    const when = { $all: Array.from({ length: 1000 }, () => compare) };
    const plan = { id: 'comparing', steps: [{ ...emit('one', null), when }] };
    assert.equal(await endOf(orchestrator, plan, { a: large, b: [...large] }), 'VALUE_TOO_LARGE');
  });

  test('a plan that a whole batch begins with is read once', async (t) => {
    const memory = openMemory();
    let loads = 0;
    const plans = new Proxy(memory.plans, {
      get: (of, name) =>
        name === 'load'
          ? (id: string) => {
              loads++;
              return of.load(id);
            }
          : Reflect.get(of, name),
    });
    const { ask } = await served(t, { backend: { ...memory, plans } });
    const plan = { id: 'small', steps: [emit('one', null)] };
    const { plan_id } = (await ask('POST', '/api/v1/plans', { body: { plan, project_id: 'p' } })).as<{ plan_id: string }>();
    loads = 0;
    const runs = Array.from({ length: 50 }, () => ({ plan_id, input: null }));
    const answer = await ask('POST', '/api/v1/workflows/batch', { body: { project_id: 'p', runs } });
    assert.equal(answer.as<{ accepted: number }>().accepted, 50, answer.text);
    assert.ok(loads <= 2, `${loads} times`);
  });
});
