/**
 * Mastra's workflows with its LibSQL store. It saves a snapshot of the whole run after
 * each step. The store runs with synchronous=NORMAL, which does not sync at a commit,
 * and has no option for it: `openMastra` is given one that has been talked into FULL for
 * the comparison with equal promises.
 */
import { join } from 'node:path';
import { Mastra } from '@mastra/core';
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { LibSQLStore } from '@mastra/libsql';
import { z } from 'zod';
import type { Engine } from '../engine.ts';

const payload = z.object({ n: z.number(), text: z.string() });
const numbered = z.object({ n: z.number() });

const echo = (id: string) => createStep({ id, inputSchema: payload, outputSchema: payload, execute: async ({ inputData }) => inputData });

const five = createWorkflow({ id: 'five', inputSchema: payload, outputSchema: payload })
  .then(echo('a'))
  .then(echo('b'))
  .then(echo('c'))
  .then(echo('d'))
  .then(echo('e'))
  .commit();

const list = createStep({
  id: 'list',
  inputSchema: z.number(),
  outputSchema: z.array(numbered),
  execute: async ({ inputData }) => Array.from({ length: inputData }, (_, n) => ({ n })),
});
const work = createStep({ id: 'work', inputSchema: numbered, outputSchema: numbered, execute: async ({ inputData }) => inputData });
const sum = createStep({
  id: 'sum',
  inputSchema: z.array(numbered),
  outputSchema: z.number(),
  execute: async ({ inputData }) => inputData.length,
});
const fan = createWorkflow({ id: 'fan', inputSchema: z.number(), outputSchema: z.number() })
  .then(list)
  .foreach(work, { concurrency: 100 })
  .then(sum)
  .commit();

const ask = createStep({
  id: 'ask',
  inputSchema: z.object({}),
  outputSchema: z.object({}),
  resumeSchema: z.object({ answer: z.string() }),
  execute: async ({ resumeData, suspend }) => (resumeData === undefined ? await suspend({}) : {}),
});
const parked = createWorkflow({ id: 'parked', inputSchema: z.object({}), outputSchema: z.object({}) })
  .then(ask)
  .commit();

function chainOf(steps: number) {
  let workflow = createWorkflow({ id: `chain-${steps}`, inputSchema: payload, outputSchema: payload }).then(echo('s0'));
  for (let place = 1; place < steps; place++) workflow = workflow.then(echo(`s${place}`));
  return workflow.commit();
}

export const open = (dir: string): Promise<Engine> => openMastra(new LibSQLStore({ id: 'bench', url: urlIn(dir) }), async () => undefined);

export const urlIn = (dir: string): string => `file:${join(dir, 'mastra.db')}`;

export async function openMastra(storage: LibSQLStore, whenReady: () => Promise<'synced' | undefined>): Promise<Engine> {
  const mastra = new Mastra({ storage, logger: false, workflows: { five, fan, parked } });
  await storage.init();
  return {
    durability: (await whenReady()) ?? 'unsynced',
    five: async (inputData) => {
      const run = await mastra.getWorkflow('five').createRun();
      const done = await run.start({ inputData });
      if (done.status !== 'success' || done.result.n !== inputData.n) throw new Error(`a run of five steps ended as ${done.status}`);
    },
    fan: async (inputData) => {
      const run = await mastra.getWorkflow('fan').createRun();
      const done = await run.start({ inputData });
      if (done.status !== 'success' || done.result !== inputData) throw new Error(`a fan ended as ${done.status}`);
    },
    chain: async (steps) => {
      const chain = chainOf(steps);
      mastra.addWorkflow(chain);
      return async () => {
        const run = await chain.createRun();
        const { status } = await run.start({ inputData: { n: 1, text: '' } });
        if (status !== 'success') throw new Error(`a chain of ${steps} ended as ${status}`);
      };
    },
    park: async () => {
      const run = await mastra.getWorkflow('parked').createRun();
      const { status } = await run.start({ inputData: {} });
      if (status !== 'suspended') throw new Error(`a run that suspends is ${status}`);
      return run.runId;
    },
    status: async (id) => {
      const state = await mastra.getWorkflow('parked').getWorkflowRunById(id);
      if (state?.status !== 'suspended') throw new Error(`a parked run is ${state?.status ?? 'not there'}`);
    },
    close: async () => mastra.shutdown(),
  };
}
