import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { suite, test } from 'node:test';
import { parsePlan } from '../../src/core/plan/read.ts';
import { runnablePlan } from '../../src/server/plans/handed-in.ts';
import { canonicalPlanText, signPlan } from '../../src/server/plans/signed.ts';
import type { ServerSettings } from '../../src/server/parts.ts';
import { served, type Answered } from './served.ts';

interface Submitted {
  readonly plan_id: string;
  readonly project_id: string;
  readonly workflow: string;
  readonly steps: readonly { readonly id: string; readonly worker?: string }[];
  readonly agents: readonly { readonly agent?: string; readonly known: boolean }[];
  readonly estimate: {
    readonly at_most?: number;
    readonly attempts_at_most?: number;
    readonly earlier?: object;
    readonly unknown: readonly string[];
  };
  readonly signed_by?: string;
  readonly needs_signature: boolean;
}

const submitted = (answer: Answered): Submitted => {
  assert.equal(answer.status, 201, answer.text);
  return answer.as<Submitted>();
};

const echo = { id: 'echo', actions: { run: async (input: unknown) => input } };
const plan = {
  id: 'greet',
  steps: [
    { id: 'hello', agentId: 'echo', action: 'run', input: { text: 'hi' }, dependencies: [], retryPolicy: { maxRetries: 2, backoffMs: 1 } },
  ],
};
const budgeted = { ...plan, budget: { limit: 2, onLimit: 'stop' } };

const keys = generateKeyPairSync('ed25519');
const settings: Partial<ServerSettings> = { signers: new Map([['ada', keys.publicKey]]) };

suite('plans that are handed in', () => {
  test('a plan is checked, priced, kept, and found by its id', async (t) => {
    const { ask, key } = await served(t, { agents: [echo] });
    const own = await key(['run'], ['acme']);
    const answer = submitted(await ask('POST', '/api/v1/plans', { key: own, body: { plan: budgeted } }));
    assert.deepEqual([answer.project_id, answer.workflow, answer.signed_by, answer.needs_signature], ['acme', 'greet', undefined, false]);
    assert.deepEqual(answer.agents, [{ agent: 'echo', actions: ['run'], known: true }]);
    assert.deepEqual([answer.estimate.at_most, answer.estimate.attempts_at_most], [2, 3]);
    const found = await ask('GET', `/api/v1/plans/${answer.plan_id}`, { key: own });
    assert.equal(found.as<Submitted & { plan: { id: string } }>().plan.id, 'greet');
    const list = await ask('GET', '/api/v1/plans', { key: own });
    assert.deepEqual(
      list.as<{ plans: readonly Submitted[] }>().plans.map(({ plan_id }) => plan_id),
      [answer.plan_id],
    );
  });

  test('what earlier runs have cost is told, and what nobody knows is said', async (t) => {
    const payer = {
      id: 'echo',
      actions: {
        run: async (_: unknown, ctx: { job: (name: string, job: object) => Promise<unknown> }) =>
          ctx.job('pay', { submit: async () => 'id', fetch: async () => 'done', cost: 0.25 }),
      },
    };
    const { ask, orchestrator } = await served(t, { agents: [payer] });
    const before = submitted(await ask('POST', '/api/v1/plans', { body: { plan } }));
    assert.equal(before.estimate.earlier, undefined);
    assert.equal(before.estimate.unknown.length, 2);
    await orchestrator.run(plan);
    const after = submitted(await ask('POST', '/api/v1/plans', { body: { plan } }));
    assert.deepEqual(after.estimate.earlier, { runs: 1, mean: 0.25, most: 0.25 });
    assert.equal(after.plan_id, before.plan_id);
  });

  test('every problem of a plan is told with its path', async (t) => {
    const { ask } = await served(t);
    const broken = { id: 'x', steps: [{ id: 'a', agentId: 'echo', action: 'run', dependencies: ['b'] }, { id: 'c' }] };
    const refused = await ask('POST', '/api/v1/plans', { body: { plan: broken } });
    assert.deepEqual([refused.status, refused.as().code], [422, 'PLAN_INVALID']);
    const looked = await ask('POST', '/api/v1/plans/validate', { body: { plan: broken } });
    const { valid, problems } = looked.as<{ valid: boolean; problems: readonly { path: string }[] }>();
    assert.equal(valid, false);
    assert.deepEqual(problems, refused.as().details);
    assert.ok(
      problems.some(({ path }) => path.startsWith('steps[0].dependencies')) && problems.some(({ path }) => path.startsWith('steps[1]')),
    );
    assert.equal((await ask('POST', '/api/v1/plans', { body: { plan: { what: 'is this' } } })).as().code, 'PLAN_UNREADABLE');
    assert.equal((await ask('POST', '/api/v1/plans', { body: { plan, extra: 1 } })).status, 400);
    assert.equal((await ask('POST', '/api/v1/plans', { body: { plan: 'a text' } })).status, 400);
  });

  test('a foreign plan and one that is not there are answered alike', async (t) => {
    const { ask, key } = await served(t);
    const [own, foreign] = [await key(['run'], ['acme']), await key(['run'], ['other'])];
    const { plan_id } = submitted(await ask('POST', '/api/v1/plans', { key: own, body: { plan } }));
    const missing = plan_id.replaceAll(/[0-9a-f]/g, '0');
    const [one, other] = [
      await ask('GET', `/api/v1/plans/${plan_id}`, { key: foreign }),
      await ask('GET', `/api/v1/plans/${missing}`, { key: foreign }),
    ];
    assert.deepEqual([one.status, one.as().code], [404, 'PLAN_UNKNOWN']);
    assert.equal(one.text.replaceAll(plan_id, missing).replace(one.as().request_id, ''), other.text.replace(other.as().request_id, ''));
    assert.equal((await ask('POST', '/api/v1/plans', { key: foreign, body: { plan, project_id: 'acme' } })).status, 403);
  });

  test('what a signer vouches for is told, and a signature counts in whatever form the plan comes', async (t) => {
    const { ask } = await served(t, { settings: { ...settings, requireSigned: true } });
    const bare = submitted(await ask('POST', '/api/v1/plans', { body: { plan } }));
    assert.deepEqual([bare.signed_by, bare.needs_signature], [undefined, true]);
    const { canonical } = (await ask('POST', '/api/v1/plans/validate', { body: { plan } })).as<{ canonical: string }>();
    assert.equal(canonical, canonicalPlanText(parsePlan(plan)));
    const signature = signPlan(parsePlan(plan), 'ada', keys.privateKey);
    for (const form of [plan, parsePlan(plan)]) {
      const answer = submitted(await ask('POST', '/api/v1/plans', { body: { plan: form, signature } }));
      assert.deepEqual([answer.plan_id, answer.signed_by, answer.needs_signature], [bare.plan_id, 'ada', false]);
    }
  });

  test('a signature of another plan, of another key or of an unknown signer is refused', async (t) => {
    const { ask } = await served(t, { settings });
    const good = signPlan(parsePlan(plan), 'ada', keys.privateKey);
    const other = generateKeyPairSync('ed25519').privateKey;
    const wrong = [
      signPlan(parsePlan(budgeted), 'ada', keys.privateKey),
      signPlan(parsePlan(plan), 'ada', other),
      { ...good, signer: 'eve' },
      { ...good, value: '' },
      { ...good, value: `${good.value}=` },
      { ...good, value: good.value.slice(1) },
    ];
    for (const signature of wrong) {
      const { status, as } = await ask('POST', '/api/v1/plans', { body: { plan, signature } });
      assert.deepEqual([status, as().code], [401, 'SIGNATURE_INVALID'], JSON.stringify(signature));
    }
  });

  test('a fallback plan that is exchanged breaks the signature', async (t) => {
    const { ask } = await served(t, { settings });
    const whole = { ...plan, fallbackPlan: { ...plan, id: 'safe' } };
    const signature = signPlan(parsePlan(whole), 'ada', keys.privateKey);
    submitted(await ask('POST', '/api/v1/plans', { body: { plan: whole, signature } }));
    const exchanged = { ...whole, fallbackPlan: { ...plan, id: 'sly' } };
    assert.equal((await ask('POST', '/api/v1/plans', { body: { plan: exchanged, signature } })).as().code, 'SIGNATURE_INVALID');
  });

  test('a plan runs by its id only while its signer is trusted', async (t) => {
    const { ask, backend } = await served(t, { settings });
    const signature = signPlan(parsePlan(plan), 'ada', keys.privateKey);
    const { plan_id } = submitted(await ask('POST', '/api/v1/plans', { body: { plan, signature } }));
    const trusting = { backend, settings: { ...settings, requireSigned: true } };
    assert.equal((await runnablePlan('default', plan_id, trusting)).id, 'greet');
    await assert.rejects(runnablePlan('default', plan_id, { backend, settings: { requireSigned: true } }), { code: 'SIGNATURE_INVALID' });
    const bare = submitted(await ask('POST', '/api/v1/plans', { body: { plan: budgeted } }));
    await assert.rejects(runnablePlan('default', bare.plan_id, trusting), { code: 'SIGNATURE_REQUIRED' });
    await assert.rejects(runnablePlan('other', plan_id, trusting), { code: 'PLAN_UNKNOWN' });
  });

  test('a goal becomes a plan where a planner is mounted', async (t) => {
    const without = await served(t);
    assert.deepEqual((await without.ask('POST', '/api/v1/plans/from-goal', { body: { goal: 'a site' } })).as().code, 'NOT_OFFERED');
    const planner = async (goal: string, project: string): Promise<object> => ({ ...plan, description: `${goal} for ${project}` });
    const { ask } = await served(t, { parts: { systems: { planner } } });
    const answer = await ask('POST', '/api/v1/plans/from-goal', { body: { goal: 'a site', project_id: 'acme' } });
    const made = submitted(answer);
    assert.equal(answer.as<{ plan: { description: string } }>().plan.description, 'a site for acme');
    assert.equal((await ask('GET', `/api/v1/plans/${made.plan_id}?project_id=acme`)).status, 200);
    assert.equal((await ask('POST', '/api/v1/plans/from-goal', { body: { goal: ' ' } })).status, 400);
  });
});
