/** One node in a process of its own: node-process.ts starts this file with NodeOrders. */
import type { AgentContext } from '../../src/ports/agent.ts';
import { agentsOn, type World } from '../crash/agents.ts';
import { deskOf } from '../crash/people.ts';
import { Calls, type Packet } from './calls.ts';
import { openEngine, openHands } from './open.ts';
import { isParked, parked, parkedId, runOf } from './scenarios.ts';
import type { Actor, Inside, NodeOrders, Outside } from './wire.ts';

const orders = JSON.parse(process.argv[2] ?? '') as NodeOrders;

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('unhandledRejection', fail);
process.on('warning', (warning) => console.error(warning));
// A node outlives its driver by nothing.
process.on('disconnect', () => process.exit(3));

const inside: Partial<Inside> = {};
const { theirs: outside } = new Calls<Outside>(
  {
    post: (packet) => void (process.connected && process.send?.(packet)),
    // The driver posts nothing else.
    hear: (take) => void process.on('message', (packet) => take(packet as Packet)),
  },
  inside,
);

const actorOf = ({ runId, idempotencyKey, attempt }: AgentContext): Actor => ({ run: runId, key: idempotencyKey, attempt });

const world: World = {
  begin: (ctx) => outside.begin(actorOf(ctx)),
  act: (ctx, deed, name, due) => outside.act(actorOf(ctx), deed, name, due),
  charges: (key, name) => outside.charges(key, name),
  write: (entry) => outside.write(entry),
};

/** How many attempts of an agent at a time: what is more goes to others. */
const room = 8;
const agents = agentsOn(world)
  .filter(({ id }) => orders.agents.includes(id))
  .map((one) => ({ ...one, concurrency: room }));

/** How long what is in hand may take when a node is asked to leave. */
const deadline = 2000;

async function beEngine(): Promise<() => Promise<void>> {
  const { orchestrator, backend } = await openEngine(orders, agents);
  orchestrator.on('engine:error', ({ error, runId }) => void outside.told(`${runId ?? 'engine'}: ${error.code}: ${error.message}`));
  const desk = deskOf(orchestrator, backend);
  const end = async (run: string): Promise<void> => {
    const { status } = await orchestrator.handle(run).result();
    await outside.write({ is: 'ended', run, status });
  };
  Object.assign(inside, {
    start: async (number) => {
      const { run, workflow, laps } = runOf(number);
      const handle = isParked(number)
        ? await orchestrator.start(parked, { n: number }, { id: parkedId(number), idempotencyKey: parkedId(number) })
        : await orchestrator.start(
            workflow,
            laps.map(({ input }) => input),
            { id: run, idempotencyKey: run },
          );
      await outside.write({ is: 'started', run: handle.id });
      // Closed meanwhile, it says nothing.
      if (!isParked(number)) end(run).catch(() => undefined);
    },
    asking: async () => (await orchestrator.list({ withQuestions: true, limit: 1000 })).map(({ run }) => run),
    questions: (run) => desk.questions(run),
    send: (message) => desk.send(message),
    answer: (run, step, answer) => desk.answer(run, step, answer),
  } satisfies Inside);
  return () => orchestrator.close();
}

async function beWorker(): Promise<() => Promise<void>> {
  const worker = await openHands(orders, agents);
  return async () => {
    await worker.drain(deadline);
    await worker.close();
  };
}

const leave = await (orders.role === 'engine' ? beEngine() : beWorker());
process.once('SIGTERM', () => {
  leave().then(() => process.exit(0), fail);
});
await outside.ready();
