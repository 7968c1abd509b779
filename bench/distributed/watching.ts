/**
 * Somebody on another node who looks on: how long an event is on its way to him, and how
 * long it takes to be told how a run stands.
 */
import type { Orchestrator } from '../../src/index.ts';
import type { Live } from '../../src/ports/exchange.ts';
import { milliseconds, percentile } from '../measure.ts';
import { momentNow, toldAt } from './production.ts';

export interface Watched {
  readonly events: number;
  readonly eventP50: number;
  readonly eventP99: number;
  readonly statuses: number;
  readonly statusP50: number;
  readonly statusP99: number;
}

/** Between two looks, so that asking is not what the machine is busy with. */
const pause = 5;

export async function beginWatching(orchestrator: Orchestrator, live: Live, ids: readonly string[]): Promise<() => Promise<Watched>> {
  const onTheWay: number[] = [];
  const asked: number[] = [];
  const leave = await Promise.all(
    ids.map((id) =>
      live.follow(id, undefined, ({ name, event }) => {
        const at = toldAt(name, event);
        if (at !== undefined) onTheWay.push(momentNow() - at);
      }),
    ),
  );
  const stop = new AbortController();
  const asking = askOn(orchestrator, ids, asked, stop.signal);
  return async () => {
    stop.abort();
    await asking;
    for (const one of leave) one();
    return {
      events: onTheWay.length,
      eventP50: percentile(onTheWay, 0.5),
      eventP99: percentile(onTheWay, 0.99),
      statuses: asked.length,
      statusP50: percentile(asked, 0.5),
      statusP99: percentile(asked, 0.99),
    };
  };
}

async function askOn(orchestrator: Orchestrator, ids: readonly string[], times: number[], stop: AbortSignal): Promise<void> {
  let begun = false;
  while (!stop.aborted) {
    const id = ids[Math.floor(Math.random() * ids.length)] ?? '';
    // Until the first is there, there is nothing to ask about.
    begun ||= (await orchestrator.list({ limit: 1 })).length > 0;
    if (begun) times.push(await milliseconds(async () => void (await orchestrator.get(id).catch(unlessUnknown))));
    await new Promise((resolve) => void setTimeout(resolve, pause));
  }
}

/** Not all of them have begun when the first look is taken. */
function unlessUnknown(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'RUN_UNKNOWN')) throw error;
}
