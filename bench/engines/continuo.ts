/** Ours, as anybody would open it: SQLite with synchronous=FULL, blobs as files. */
import { agent, Orchestrator, planWorkflow, parsePlan, workflow, type OpenOptions } from '../../src/index.ts';
import type { Engine, Payload } from '../engine.ts';

export const echo = agent({ id: 'echo', run: (value: Payload) => value });
const count = agent({ id: 'count', run: (width: number) => Array.from({ length: width }, (_, n) => ({ n })) });
const same = agent({ id: 'same', run: (value: { readonly n: number }) => value });
const size = agent({ id: 'size', run: (values: readonly unknown[]) => values.length });

export const agents = [echo, count, same, size];

export const five = workflow<Payload>('five')
  .step('a', echo, ({ input }) => input)
  .step('b', echo, ({ a }) => a)
  .step('c', echo, ({ b }) => b)
  .step('d', echo, ({ c }) => c)
  .step('e', echo, ({ d }) => d)
  .output(({ e }) => e);

export const fan = workflow<number>('fan')
  .step('list', count, ({ input }) => input)
  .map('work', same, ({ list }) => list)
  .step('sum', size, ({ work }) => work)
  .output(({ sum }) => sum);

export const parked = workflow<null>('parked').wait('hour', { duration: '1h' }).build();

/** Written as data: nobody types ten thousand calls. */
export function chainOf(steps: number) {
  return planWorkflow(
    parsePlan({
      id: `chain-${steps}`,
      steps: Array.from({ length: steps }, (_, place) => ({
        id: `s${place}`,
        agentId: 'echo',
        input: { $from: place === 0 ? 'input' : `steps.s${place - 1}.output` },
        dependencies: place === 0 ? [] : [`s${place - 1}`],
      })),
      output: { $from: `steps.s${steps - 1}.output` },
    }),
  );
}

export const open = (dir: string): Promise<Engine> => openContinuo({ dir });

/** The same engine, wherever it keeps its runs. */
export async function openContinuo(where: Pick<OpenOptions, 'dir' | 'backend'>): Promise<Engine> {
  const orchestrator = await Orchestrator.open({ ...where, agents, workflows: [five, fan, parked] });
  return {
    durability: 'synced',
    five: async (input) => {
      const { output } = await orchestrator.run(five, input);
      if (output?.n !== input.n) throw new Error(`a run of five steps gave ${JSON.stringify(output)}`);
    },
    fan: async (width) => {
      const { output } = await orchestrator.run(fan, width);
      if (output !== width) throw new Error(`a fan of ${width} gave ${output}`);
    },
    chain: async (steps) => {
      const chain = chainOf(steps);
      return async () => {
        const { status, error } = await orchestrator.run(chain, { n: 1, text: '' });
        if (status !== 'succeeded') throw new Error(error?.message ?? status);
      };
    },
    park: async () => (await orchestrator.start(parked, null)).id,
    status: async (id) => {
      const { status } = await orchestrator.get(id);
      if (status !== 'waiting') throw new Error(`a parked run is ${status}`);
    },
    close: () => orchestrator.close(),
  };
}
