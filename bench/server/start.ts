/** How many runs can be started in a second: one step each, written down in the audit log, on disk. */
import { atLeast, atMost, type Row } from '../distributed/goals.ts';
import { inDirectory } from '../measurement.ts';
import type { Options } from './options.ts';
import { withParts } from './process.ts';
import { farOf, type ServedSays } from './serving.ts';
import type { Started, StartLoad } from './start-load.ts';

export async function start({ dir, limitSeconds, profile }: Options): Promise<readonly Row[]> {
  return inDirectory(dir, (own) =>
    withParts([{ script: 'served.ts', words: { dir: own }, limitSeconds, profile }], async (served) => {
      const { url, key } = await served.says<ServedSays>();
      const words: StartLoad = { url, key, connections: 64, seconds: 10 };
      return withParts([{ script: 'start-load.ts', words, limitSeconds }], async (load) => {
        await load.says();
        const before = await farOf(served);
        load.tell({ is: 'go' });
        const { perSecond, p50, p99, count, refused } = await load.says<Started>();
        const cpu = (await farOf(served)).cpu - before.cpu;
        return [
          { what: 'start-run, 64 connections', figure: perSecond, unit: '/s', goal: atLeast(3000) },
          { what: 'start-run, 64 connections (p50)', figure: p50, unit: 'ms' },
          { what: 'start-run, 64 connections (p99)', figure: p99, unit: 'ms' },
          { what: "start-run: the server's main thread, a run, its step included", figure: cpu / count, unit: 'ms' },
          { what: 'start-run: not accepted', figure: refused, unit: '', goal: atMost(0) },
        ];
      });
    }),
  );
}
