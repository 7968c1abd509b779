/** How a run stands, asked 500 times a second whether or not the last answer is there, while the engine works as fast as it can. */
import { atMost, type Row } from '../distributed/goals.ts';
import { inDirectory } from '../measurement.ts';
import type { Options } from './options.ts';
import { withParts, type Part } from './process.ts';
import { farOf, order, type ServedSays } from './serving.ts';
import type { StatusLoad, StatusTimes } from './status-load.ts';

const perSecond = 500;
const seconds = 15;

export async function status({ dir, limitSeconds, profile }: Options): Promise<readonly Row[]> {
  return inDirectory(dir, (own) =>
    withParts([{ script: 'served.ts', words: { dir: own }, limitSeconds, profile }], async (served) => {
      const { url, key } = await served.says<ServedSays>();
      const words: StatusLoad = { url, key, perSecond, seconds };
      return withParts([{ script: 'status-load.ts', words, limitSeconds }], async (load) => {
        const ask = async (): Promise<StatusTimes> => {
          load.tell(await farOf(served));
          return load.says<StatusTimes>();
        };
        const idle = await warmedUp(ask, served);
        const before = await farOf(served);
        const began = performance.now();
        const busy = await ask();
        const steps = (((await farOf(served)).done - before.done) * 5 * 1000) / (performance.now() - began);
        const name = `status, ${perSecond} a second`;
        return [
          { what: `${name}, nothing else to do (p99)`, figure: idle.p99, unit: 'ms' },
          { what: `${name}, while W1 runs (p50)`, figure: busy.p50, unit: 'ms' },
          { what: `${name}, while W1 runs (p99)`, figure: busy.p99, unit: 'ms', goal: atMost(5) },
          { what: `${name}, while W1 runs: asked so much later than due (p99)`, figure: busy.late, unit: 'ms' },
          { what: `${name}: answers that were no status`, figure: busy.wrong, unit: '', goal: atMost(0) },
          { what: 'meanwhile W1, steps', figure: steps, unit: '/s' },
        ];
      });
    }),
  );
}

/** W1 runs from here on: for a while before anything counts, so that there are runs to ask about. */
async function warmedUp(ask: () => Promise<StatusTimes>, served: Part): Promise<StatusTimes> {
  order(served, 'work');
  await ask();
  order(served, 'rest');
  const idle = await ask();
  order(served, 'work');
  await ask();
  return idle;
}
