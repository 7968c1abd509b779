/**
 * The least that a durable engine must do, and nothing else: the batches of events of a
 * real run are appended by a thread, each after the one before is durable, with group
 * commit, and nobody writes the same event of a run twice. No plan, no state, no agents,
 * no index of runs.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openMemory, Orchestrator } from '../../src/index.ts';
import type { Engine, Payload } from '../engine.ts';
import { agents, five } from './continuo.ts';

export type Batch = readonly [run: number, seq: number, events: string];

const onlyAppends = 'the bare loop only appends what five steps write';

export async function open(dir: string): Promise<Engine> {
  const log = new Log(join(dir, 'bare.db'));
  const batches = new Map<number, Promise<readonly string[]>>();
  let runs = 0;
  return {
    durability: 'synced',
    five: async (input) => {
      const size = JSON.stringify(input).length;
      const recorded = batches.get(size) ?? record(input);
      batches.set(size, recorded);
      const run = runs++;
      for (const [seq, events] of (await recorded).entries()) await log.append([run, seq, events]);
    },
    fan: onlyAppends,
    chain: onlyAppends,
    park: onlyAppends,
    status: onlyAppends,
    close: () => log.close(),
  };
}

/** What such a run appends, batch by batch. */
async function record(input: Payload): Promise<readonly string[]> {
  const orchestrator = await Orchestrator.open({ backend: openMemory(), agents });
  const { runId } = await orchestrator.run(five, input);
  const entries = await orchestrator.history(runId);
  await orchestrator.close();
  return entries.map(({ events }) => JSON.stringify(events));
}

class Log {
  readonly #worker: Worker;
  #turn: Batch[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(path: string) {
    this.#worker = new Worker(new URL('./bare-writer.ts', import.meta.url), { workerData: path, execArgv: [] });
    this.#worker.on('message', (written: number) => {
      for (const resolve of this.#waiting.splice(0, written)) resolve();
    });
  }

  append(batch: Batch): Promise<void> {
    if (this.#turn.length === 0) setImmediate(() => this.#post());
    this.#turn.push(batch);
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  #post(): void {
    this.#worker.postMessage(this.#turn);
    this.#turn = [];
  }

  async close(): Promise<void> {
    const exited = new Promise((resolve) => void this.#worker.once('exit', resolve));
    this.#worker.postMessage([]);
    await exited;
  }
}
