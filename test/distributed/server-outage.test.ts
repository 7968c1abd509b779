/** What servers say while Postgres or Redis is away, and that all is well when it is back. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { workflow } from '../../src/core/plan/builder.ts';
import { holding, listen, story } from '../server/live-rig.ts';
import { until } from './redis-rig.ts';
import { servers, type Answered, type ServerNode } from './server-rig.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();

const asking = workflow<unknown>('asking')
  .ask('ok', { question: 'Go?', choices: ['yes', 'no'] })
  .output(({ ok }) => ok);

interface Cluster {
  readonly one: ServerNode;
  readonly other: ServerNode;
  readonly held: ReturnType<typeof holding>;
}

async function cluster(t: TestContext): Promise<Cluster> {
  const open = await servers(t, store);
  const held = holding();
  const node = { agents: held.agents, workflows: [story, asking] };
  const [one, other] = await Promise.all([open(node), open(node)]);
  return { one, other, held };
}

async function started(node: ServerNode, name: string): Promise<string> {
  const answer = await node.ask('POST', '/api/v1/workflows', { body: { workflow: name, input: 1 } });
  assert.equal(answer.status, 202, answer.text);
  return answer.as<{ readonly workflow_id: string }>().workflow_id;
}

const stateAt = async (node: ServerNode, run: string): Promise<{ readonly status: string; readonly as_of?: string }> =>
  (await node.ask('GET', `/api/v1/workflows/${run}`)).as();

suite('servers without Postgres', () => {
  for (const how of ['refuse', 'hold'] as const)
    test(`that ${how}s: problems that say when to come again, what was told last, nothing that hangs`, async (t) => {
      const { one, other } = await cluster(t);
      const run = await started(one, 'asking');
      await until(async () => (await stateAt(other, run)).status === 'waiting');
      const key = await one.key(['read', 'run', 'approve']);
      const listener = await listen(t, other.host, `/ws/workflows/${run}`);
      await listener.heard(({ event }) => event === 'run:started');
      for (const { way } of [one, other]) way.postgres[how]();
      const timed = async (name: string, asked: () => Promise<Answered>): Promise<void> => {
        const at = performance.now();
        const { status, headers, text } = await asked();
        t.diagnostic(`${name}: ${status} ${headers.get('retry-after')} ${Math.round(performance.now() - at)} ms ${text.slice(0, 150)}`);
      };
      const path = `/api/v1/workflows/${run}`;
      await Promise.all(
        [one, other].flatMap((node, place) => [
          timed(`${place} state`, () => node.ask('GET', path)),
          timed(`${place} state, key`, () => node.ask('GET', path, { key })),
          timed(`${place} events`, () => node.ask('GET', `${path}/events`)),
          timed(`${place} list`, () => node.ask('GET', '/api/v1/workflows')),
          timed(`${place} start`, () => node.ask('POST', '/api/v1/workflows', { body: { workflow: 'asking' } })),
          timed(`${place} pause`, () => node.ask('PUT', `${path}/pause`)),
          timed(`${place} answer`, () => node.ask('POST', `${path}/answer`, { body: { step: 'ok', choice: 'yes' } })),
          timed(`${place} agents`, () => node.ask('GET', '/api/v1/agents')),
          timed(`${place} metrics`, () => node.ask('GET', '/metrics')),
          timed(`${place} health`, () => node.ask('GET', '/health')),
          timed(`${place} readyz`, () => node.ask('GET', '/readyz')),
          timed(`${place} livez`, () => node.ask('GET', '/livez')),
          timed(`${place} status`, () => node.ask('GET', '/status', { headers: { accept: 'application/json' } })),
        ]),
      );
      for (const { way } of [one, other]) way.postgres.calm();
      await until(async () => (await one.ask('GET', '/readyz')).status === 200 && (await other.ask('GET', '/readyz')).status === 200);
      t.diagnostic(JSON.stringify(await stateAt(other, run)));
      const answered = await other.ask('POST', `${path}/answer`, { body: { step: 'ok', choice: 'yes' } });
      t.diagnostic(answered.text);
    });
});
