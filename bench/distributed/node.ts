/** One node of the bench: opens as it was told to, and does what the parent asks. */
import { distributed, openWorker, Orchestrator } from '../../src/index.ts';
import { agents, five } from '../engines/continuo.ts';
import { engineTasks } from './engine-tasks.ts';
import { performer } from './production.ts';
import type { NodeSpec, Reply, Request, Tasks } from './tasks.ts';

// The parent writes it; see crew.ts.
const spec = JSON.parse(process.argv[2] ?? '') as NodeSpec;
const own = spec.agents ? [...agents, performer] : [];
const tasks = await opened();

async function opened(): Promise<Partial<Tasks>> {
  const { postgres, redis, blobs, role } = spec;
  const backend = await distributed({ postgres, redis, blobs, role });
  const node =
    role === 'worker' ? await openWorker({ backend, agents: own }) : await Orchestrator.open({ backend, agents: own, workflows: [five] });
  return {
    ...(node instanceof Orchestrator ? engineTasks(node, backend) : {}),
    cpu: async () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    close: async () => {
      await node.close();
      await backend.close();
    },
  };
}

async function answered({ id, task, asked }: Request): Promise<Reply> {
  const work = tasks[task];
  if (work === undefined) return { id, error: `a ${spec.role} cannot ${task}` };
  try {
    // The parent's types pair each task with what it asks.
    return { id, value: await work(asked as never) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (request: Request) => {
  void answered(request).then((reply) => process.send?.(reply, () => request.task === 'close' && process.exit(0)));
});
// Nobody is left to ask.
process.once('disconnect', () => process.exit(1));
process.send?.({ id: 0, value: 'ready' } satisfies Reply);
