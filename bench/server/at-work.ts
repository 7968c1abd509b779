/** Workload W1 at full speed: runs of five steps, a hundred in flight, until it is told to rest. */
import type { Orchestrator } from '../../src/index.ts';
import { five } from '../engines/continuo.ts';
import { say } from './part-process.ts';
import type { HowFar, Order } from './serving.ts';

const width = 100;

export interface AtWork {
  told(this: void, order: Order): void;
  end(this: void): Promise<void>;
}

export function atWork(orchestrator: Orchestrator): AtWork {
  let resting = new AbortController();
  let started = 0;
  let done = 0;
  let lanes: readonly Promise<void>[] = [];
  const lane = async ({ signal }: AbortController): Promise<void> => {
    while (!signal.aborted) {
      const n = started++;
      await orchestrator.run(five, { n, text: '' }, { id: runNamed(n), project: 'bench' });
      done++;
    }
  };
  return {
    told: ({ is }) => {
      const { user, system } = process.threadCpuUsage();
      const far: HowFar = { started, done, cpu: (user + system) / 1000 };
      if (is === 'how far') say(far);
      if (is !== 'work') return is === 'rest' ? resting.abort() : undefined;
      resting = new AbortController();
      lanes = [...lanes, ...Array.from({ length: width }, () => lane(resting))];
    },
    end: async () => {
      resting.abort();
      await Promise.all(lanes);
    },
  };
}

/** So that whoever asks about runs knows their names. */
export const runNamed = (n: number): string => `w1-${n}`;
