/**
 * DBOS Transact: steps are recorded in Postgres, and the workflow is a function that is
 * run again over what was recorded. As its documentation has it, on a server that syncs
 * each commit.
 */
import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Engine, Payload } from '../engine.ts';
import { postgresIn } from '../servers.ts';

interface Numbered {
  readonly n: number;
}

const echo = <T>(value: T, name: string): Promise<T> => DBOS.runStep(async () => value, { name });

const five = DBOS.registerWorkflow(
  async (input: Payload) => {
    const a = await echo(input, 'a');
    const b = await echo(a, 'b');
    const c = await echo(b, 'c');
    const d = await echo(c, 'd');
    return echo(d, 'e');
  },
  { name: 'five' },
);

const fan = DBOS.registerWorkflow(
  async (width: number) => {
    const items = await echo(
      Array.from({ length: width }, (_, n): Numbered => ({ n })),
      'list',
    );
    const results = await Promise.all(items.map((item, place) => echo(item, `work-${place}`)));
    return echo(results.length, 'sum');
  },
  { name: 'fan' },
);

const chain = DBOS.registerWorkflow(
  async (steps: number) => {
    const results: Payload[] = [{ n: 1, text: '' }];
    for (let place = 0; place < steps; place++) results.push(await echo({ n: 1, text: '' }, `s${place}`));
    return results.length;
  },
  { name: 'chain' },
);

const notTold = 'a run that sleeps does not say when its sleep is durable';

export async function open(dir: string): Promise<Engine> {
  const postgres = await postgresIn(dir);
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: postgres.url, logLevel: 'error', applicationVersion: '1' });
  await DBOS.launch();
  return {
    durability: 'synced',
    five: async (input) => {
      const output = await five(input);
      if (output.n !== input.n) throw new Error(`a run of five steps gave ${JSON.stringify(output)}`);
    },
    fan: async (width) => {
      const total = await fan(width);
      if (total !== width) throw new Error(`a fan of ${width} gave ${total}`);
    },
    chain: async (steps) => async () => {
      const kept = await chain(steps);
      if (kept !== steps + 1) throw new Error(`a chain of ${steps} kept ${kept} results`);
    },
    park: notTold,
    status: notTold,
    stored: () => postgres.stored(),
    close: async () => {
      await DBOS.shutdown();
      await postgres.stop();
    },
  };
}
