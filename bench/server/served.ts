/** The server that is measured: SQLite on disk, auditing on, a key that is bound to a project. */
import { setTimeout } from 'node:timers/promises';
import { serve } from '../../src/compose-server.ts';
import { agent, Orchestrator, parsePlan, planWorkflow, workflow } from '../../src/index.ts';
import { freshKey } from '../../src/server/access/key-text.ts';
import type { Payload } from '../engine.ts';
import { agents, echo, five } from '../engines/continuo.ts';
import { atWork } from './at-work.ts';
import { endWith, say, told } from './part-process.ts';
import type { ServedSays, ServedWords } from './serving.ts';

// Whoever starts this script says it in this form.
const { dir, model, paced } = told() as ServedWords;

const pace = agent({
  id: 'pace',
  run: async (value: number) => {
    await setTimeout(paced?.milliseconds ?? 0);
    return value + 1;
  },
});

const one = workflow<Payload>('one')
  .step('only', echo, ({ input }) => input)
  .output(({ only }) => only);

const orchestrator = await Orchestrator.open({ dir, agents: [...agents, pace], workflows: [five, one, ...pacedWorkflow()] });
const server = await serve({
  orchestrator,
  version: 'bench',
  port: 0,
  settings: { requestsPerSecond: 0 },
  ...(model === undefined ? {} : { gateway: { config: { dir, table: tableFor(model) }, warn: () => undefined } }),
});
const { id, text: key, hash } = freshKey();
await orchestrator.backend.access.keys.add({
  id,
  hash,
  name: 'bench',
  scopes: ['run'],
  projects: ['bench'],
  createdAt: Date.now(),
  createdBy: 'bench',
});
const work = atWork(orchestrator);
process.on('message', work.told);
endWith(async () => {
  await work.end();
  await server.close();
  await orchestrator.close();
});
const ready: ServedSays = { url: server.url, key };
say(ready);

function pacedWorkflow() {
  if (paced === undefined) return [];
  const steps = Array.from({ length: paced.steps }, (_, place) => ({
    id: `s${place}`,
    agentId: 'pace',
    input: place === 0 ? 0 : { $from: `steps.s${place - 1}.output` },
    dependencies: [place === 0 ? 'go' : `s${place - 1}`],
  }));
  return [planWorkflow(parsePlan({ id: 'paced', steps: [{ id: 'go', kind: 'wait', signal: 'go' }, ...steps] }))];
}

function tableFor(url: string): object {
  const providers = { p: { type: 'openai_compatible', model_name: 'm', api_base: `${url}/v1`, api_key_location: 'none' } };
  return {
    models: { m: { routing: ['p'], providers } },
    functions: { talk: { type: 'chat', variants: { one: { type: 'chat_completion', model: 'm' } } } },
  };
}
