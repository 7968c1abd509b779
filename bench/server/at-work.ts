/** Workload W1 at full speed: runs of five steps, a hundred in flight, until it is told to rest. */
import type { Orchestrator } from '../../src/index.ts';
import { five } from '../engines/continuo.ts';
import { say } from './part-process.ts';

const width = 100;

/** What the server is told meanwhile; `how far` is answered. */
export interface Order {
  readonly is: 'work' | 'rest' | 'how far';
}

export interface HowFar {
  readonly started: number;
  readonly done: number;
  /** Milliseconds that the server's main thread was busy so far. */
  readonly cpu: number;
}

export interface AtWork {
  told(this: void, order: Order): void;
  end(this: void): Promise<void>;
}

export function atWork(orchestrator: Orchestrator): AtWork {
  let isWorking = false;
  let started = 0;
  let done = 0;
  let lanes: readonly Promise<void>[] = [];
  const lane = async (): Promise<void> => {
    while (isWorking) {
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
      else isWorking = is === 'work';
      if (is === 'work') lanes = [...lanes, ...Array.from({ length: width }, lane)];
    },
    end: async () => {
      isWorking = false;
      await Promise.all(lanes);
    },
  };
}

/** So that whoever asks about runs knows their names. */
export const runNamed = (n: number): string => `w1-${n}`;
