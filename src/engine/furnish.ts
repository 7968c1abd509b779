/** What attempts are made with, for whoever makes them: an engine, or a worker without runs of its own. */
import type { Json } from '../core/data/json.ts';
import type { Connections } from '../ports/agent.ts';
import type { Backend } from '../ports/backend.ts';
import type { Clock } from '../ports/clock.ts';
import type { Isolation } from '../ports/isolation.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { AttemptParts } from './attempt.ts';
import type { Bus } from './bus.ts';
import type { Held } from './held.ts';
import { MemoShelf } from './memo.ts';
import { keptAtMost, patiently } from './patience.ts';
import type { Payloads } from './payloads.ts';

export interface Furniture {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly isolation: Isolation;
  readonly connections: Connections;
  readonly telemetry: Telemetry | undefined;
  readonly payloads: Payloads;
  readonly bus: Bus;
  readonly newId: () => string;
  readonly closed: () => boolean;
  /** Hears of a store that does not take what happened. */
  readonly stalled: (error: unknown, run: string) => void;
}

export function furnish(furniture: Furniture): AttemptParts {
  const { backend, clock, isolation, connections, telemetry, payloads, bus, newId, closed, stalled } = furniture;
  const atMost = backend.fleet === undefined ? undefined : keptAtMost;
  return {
    clock,
    blobs: backend.blobs,
    connections,
    telemetry,
    isolation,
    memos: new MemoShelf(backend.memos, backend.blobs),
    payload: (value: Json) => payloads.of(value),
    open: (payload) => payloads.open(payload),
    newId,
    /** What is done at once needs no patience. */
    patiently: <T>(held: Held, work: () => Promise<T> | T): T | Promise<T> => {
      const first = work();
      if (!(first instanceof Promise)) return first;
      return first.catch((error: unknown) => {
        const told = (refusal: unknown): void => stalled(refusal, held.run.id);
        return patiently(error, work, { clock, wanted: () => !held.released && !closed(), atMost, told });
      });
    },
    sure: () => backend.fleet?.sure() ?? true,
    live: (name, held, extra) => {
      const { item } = held.ref;
      bus.tell(name, { runId: held.run.id, stepId: held.step, ...(item === undefined ? {} : { item }), ...extra });
    },
  };
}
