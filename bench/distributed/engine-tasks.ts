/** What an engine of the bench does when it is asked. */
import type { Orchestrator } from '../../src/index.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { five } from '../engines/continuo.ts';
import { inFlight, percentile } from '../measure.ts';
import { productionOf } from './production.ts';
import type { Produced, Tasks, Worked } from './tasks.ts';
import { beginWatching, type Watched } from './watching.ts';

export function engineTasks(orchestrator: Orchestrator, backend: Backend): Omit<Tasks, 'cpu' | 'close'> {
  let stopWatching: (() => Promise<Watched>) | undefined;

  const oneFive = async (place: number): Promise<void> => {
    const n = 100_000 + place;
    const { output, error } = await orchestrator.run(five, { n, text: '' });
    if (output?.n !== n) throw new Error(`a run of five steps gave ${JSON.stringify(output)}: ${error?.message}`);
  };

  return {
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
  };
}
