/** Two thousand who follow one run: each hears every event, in order, and soon. */
import { atMost, type Row } from '../distributed/goals.ts';
import { inDirectory } from '../measurement.ts';
import type { Options } from './options.ts';
import { withParts } from './process.ts';
import type { ServedSays } from './serving.ts';
import type { Heard, SubscriberLoad } from './subscriber-load.ts';

const count = 2000;

export async function subscribers({ dir, limitSeconds, profile }: Options): Promise<readonly Row[]> {
  const paced = { steps: 66, milliseconds: 100 };
  return inDirectory(dir, (own) =>
    withParts([{ script: 'served.ts', words: { dir: own, paced }, limitSeconds, profile }], async (served) => {
      const { url, key } = await served.says<ServedSays>();
      const words: SubscriberLoad = { url, key, count };
      return withParts([{ script: 'subscriber-load.ts', words, limitSeconds }], async (load) => {
        const { events, complete, p50, p99 } = await load.says<Heard>();
        const what = `${count.toLocaleString('en')} subscribers of one run`;
        return [
          { what: `${what}: its events`, figure: events, unit: '' },
          { what: `${what}: who missed one, or heard one out of order`, figure: count - complete, unit: '', goal: atMost(0) },
          { what: `${what}: from event to receipt (p50)`, figure: p50, unit: 'ms' },
          { what: `${what}: from event to receipt (p99)`, figure: p99, unit: 'ms', goal: atMost(250) },
        ];
      });
    }),
  );
}
