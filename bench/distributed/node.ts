/** One node of the bench: opens the engine as it was told to, and does what the parent asks. */
import { distributed, Orchestrator } from '../../src/index.ts';
import { agents, five } from '../engines/continuo.ts';
import { inFlight, percentile } from '../measure.ts';
import { performer, productionOf } from './production.ts';
import type { NodeSpec, Produced, Reply, Request, Tasks, Worked } from './tasks.ts';
import { beginWatching, type Watched } from './watching.ts';

// The parent writes it; see crew.ts.
const spec = JSON.parse(process.argv[2] ?? '') as NodeSpec;
const { postgres, redis, blobs, role } = spec;
const backend = await distributed({ postgres, redis, blobs, role });
const orchestrator = await Orchestrator.open({
  backend,
  agents: spec.agents ? [...agents, performer] : [],
  workflows: [five],
});
let stopWatching: (() => Promise<Watched>) | undefined;

const tasks: Tasks = {
  fives: async ({ atATime, forSeconds }): Promise<Worked> => {
    const times: number[] = [];
    const began = performance.now();
    const until = began + forSeconds * 1000;
    while (performance.now() < until) times.push(...(await inFlight(atATime, atATime * 5, oneFive)));
    const seconds = (performance.now() - began) / 1000;
    return { runs: times.length, steps: times.length * 5, seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  },
  produce: async ({ ids, steps }): Promise<Produced> => {
    const production = productionOf(steps);
    const began = performance.now();
    const ended = await Promise.all(ids.map(async (id, n) => (await orchestrator.start(production, { n, text: '' }, { id })).result()));
    const succeeded = ended.filter(({ status }) => status === 'succeeded').length;
    return { succeeded, failed: ended.length - succeeded, seconds: (performance.now() - began) / 1000 };
  },
  watch: async ({ ids }) => {
    if (backend.live === undefined) throw new Error(`${backend.name} has no live events`);
    stopWatching = await beginWatching(orchestrator, backend.live, ids);
  },
  watched: async () => {
    if (stopWatching === undefined) throw new Error('nothing was watched');
    return stopWatching();
  },
  cpu: async () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  close: async () => {
    await orchestrator.close();
    await backend.close();
  },
};

async function oneFive(place: number): Promise<void> {
  const n = 100_000 + place;
  const { output, error } = await orchestrator.run(five, { n, text: '' });
  if (output?.n !== n) throw new Error(`a run of five steps gave ${JSON.stringify(output)}: ${error?.message}`);
}

async function answered({ id, task, asked }: Request): Promise<Reply> {
  try {
    // The parent's types pair each task with what it asks.
    return { id, value: await tasks[task](asked as never) };
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
