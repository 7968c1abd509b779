import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client } from '../../src/client/index.ts';
import { agent, openMemory, Orchestrator, serve } from '../../src/index.ts';

test('an orchestrator of one’s own is served, and goes on when the server is closed', async () => {
  const greeter = agent({ id: 'greeter', run: (name: string) => `hello ${name}` });
  const orchestrator = await Orchestrator.open({ backend: openMemory(), agents: [greeter] });
  const key = 'a-key-for-this-test-alone-0123456789abcdef';
  const server = await serve({ orchestrator, port: 0, settings: { adminKey: key } });
  const continuo = client({ url: server.url, key });
  const plan = { id: 'greeting', steps: [{ id: 'greet', agentId: 'greeter', input: 'Ada' }] };
  const { workflow_id: id } = await continuo.startWorkflow({ body: { plan } });
  for await (const _ of continuo.follow(id));
  const state = await continuo.getWorkflow({ params: { id } });
  assert.deepEqual([state.status, state.results], ['succeeded', { greet: 'hello Ada' }]);
  await server.close();
  await assert.rejects(fetch(`${server.url}/livez`));
  const { output } = await orchestrator.run(plan);
  assert.deepEqual(output, { greet: 'hello Ada' });
  await orchestrator.close();
});
