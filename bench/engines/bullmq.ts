/**
 * A floor for whatever moves work through Redis: five jobs of a BullMQ flow, each the
 * parent of the one before it, and nothing that keeps a journal. Redis syncs once a
 * second, so that a power cut takes a second of it.
 */
import { FlowProducer, Worker, type Job } from 'bullmq';
import type { Engine, Payload } from '../engine.ts';
import { redisIn } from '../servers.ts';

const queueName = 'five';
const onlyFlows = 'the floor only does flows of five jobs';
const settings = { removeOnComplete: true, removeOnFail: true };

export async function open(dir: string): Promise<Engine> {
  const redis = await redisIn(dir);
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const flows = new FlowProducer({ connection });
  const waiting = new Map<string, (output: Payload) => void>();
  const worker = new Worker(queueName, (job) => echo(job, waiting), { connection, concurrency: 100 });
  await Promise.all([flows.waitUntilReady(), worker.waitUntilReady()]);
  let runs = 0;
  return {
    durability: 'unsynced',
    five: async (input) => {
      const run = `run-${runs++}`;
      const output = await new Promise<Payload>((resolve, reject) => {
        waiting.set(run, resolve);
        flows.add(flowOf(input, run)).catch(reject);
      });
      waiting.delete(run);
      if (output.n !== input.n) throw new Error(`a flow of five jobs gave ${JSON.stringify(output)}`);
    },
    fan: onlyFlows,
    chain: onlyFlows,
    park: onlyFlows,
    status: onlyFlows,
    stored: () => redis.stored(),
    close: async () => {
      await worker.close();
      await flows.close();
      await redis.stop();
    },
  };
}

/** The last job is the root: it is done when those under it are. */
function flowOf(input: Payload, run: string) {
  const job = (name: string) => ({ name, queueName, opts: settings });
  const under = ['b', 'c', 'd'].reduce<object>((child, name) => ({ ...job(name), data: {}, children: [child] }), {
    ...job('a'),
    data: input,
  });
  return { ...job('e'), data: { run }, children: [under] } as Parameters<FlowProducer['add']>[0];
}

/** Gives back what the job under it gave, or what it was given where there is none. */
async function echo(job: Job, waiting: ReadonlyMap<string, (output: Payload) => void>): Promise<Payload> {
  const [below] = job.name === 'a' ? [job.data as Payload] : Object.values(await job.getChildrenValues<Payload>());
  if (below === undefined) throw new Error(`job ${job.name} has nothing under it`);
  if (job.name === 'e') waiting.get((job.data as { readonly run: string }).run)?.(below);
  return below;
}
