/**
 * A run's journal as events of the wire.
 *
 * E1. Event number n of the journal, counted from 1, has the cursor n: here, in live sockets, on every node and after
 *     every restart.
 * E2. Steps have their names, under the plan of the event's time. Large values are named, not opened.
 */
import { z } from 'zod';
import type { Json } from '../../core/data/json.ts';
import type { Plan } from '../../core/plan/model.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { ServerParts } from '../parts.ts';
import { jsonValue } from '../http/json-value.ts';
import { instant, isoOf } from './wire.ts';

export interface EventView {
  readonly cursor: number;
  readonly at: string;
  readonly type: string;
  readonly step?: string | undefined;
  readonly data: Readonly<Record<string, Json>>;
}

export interface EventPage {
  readonly workflow_id: string;
  readonly events: readonly EventView[];
  readonly cursor: number;
  readonly more: boolean;
}

export const eventPage: z.ZodType<EventPage> = z
  .object({
    workflow_id: z.string(),
    events: z
      .array(
        z.object({
          cursor: z.int(),
          at: instant,
          type: z.string(),
          step: z.string().optional(),
          data: z.record(z.string(), jsonValue).readonly().meta({
            description: 'What else the event says; a value is `{"value": …}`, or `{"blob": "sha256-…", "bytes": n}` where it is large.',
          }),
        }),
      )
      .readonly(),
    cursor: z.int().meta({ description: 'Of the last event: the next page comes after it.' }),
    more: z.boolean().meta({ description: 'Whether there is more already.' }),
  })
  .meta({ id: 'EventPage' });

export async function eventsOf(parts: ServerParts, id: string, cursor: number, limit: number): Promise<EventPage> {
  const { backend, orchestrator } = parts;
  const { run, program } = await orchestrator.standings.get(id);
  const entries = await backend.journal.read(id, cursor, limit + 1);
  const plans = run.epoch === 0 ? [{ from: 0, steps: program.nodes.map((node) => node.id) }] : await plansOf(backend, id);
  const events: EventView[] = [];
  for (const { seq, at, events: together } of entries) {
    for (const [place, event] of together.entries()) {
      const last = events.at(-1);
      if (last !== undefined && events.length === limit) return { workflow_id: id, events, cursor: last.cursor, more: true };
      const number = seq + place + 1;
      const { steps } = plans.findLast(({ from }) => from < number) ?? { steps: [] };
      events.push(viewOf(event, number, at, (step) => steps[step] ?? String(step)));
    }
  }
  return { workflow_id: id, events, cursor: events.at(-1)?.cursor ?? cursor, more: false };
}

interface PlanInForce {
  /** The event that brought it; it holds for those after. */
  readonly from: number;
  readonly steps: readonly string[];
}

/** E2, for a run that has moved to another plan on its way. */
async function plansOf({ journal, plans }: ServerParts['backend'], id: string): Promise<readonly PlanInForce[]> {
  const found: PlanInForce[] = [];
  for (const { seq, events } of await journal.read(id, 0)) {
    for (const [place, event] of events.entries()) {
      if (event.type !== 'run.started' && event.type !== 'run.migrated') continue;
      const text = await plans.load(event.plan);
      // Whatever a journal names is a plan that was saved before.
      const steps = text === undefined ? [] : (JSON.parse(text) as Plan).steps.map((step) => step.id);
      found.push({ from: seq + place + 1, steps });
    }
  }
  return found;
}

function viewOf(event: RunEvent, cursor: number, at: number, nameOf: (place: number) => string): EventView {
  const { type, ...data } = event;
  const step = 'step' in event && typeof event.step === 'number' ? { step: nameOf(event.step) } : {};
  // Events are plain data, which their union cannot say.
  const { step: _place, ...rest } = { ...data, ...stepsNamedIn(event, nameOf) } as unknown as Readonly<Record<string, Json>>;
  return { cursor, at: isoOf(at), type, ...step, data: rest };
}

/** Fields that name steps by their places. */
function stepsNamedIn(event: RunEvent, nameOf: (place: number) => string): Readonly<Record<string, Json>> {
  switch (event.type) {
    case 'run.undoing':
    case 'run.retried':
      return { steps: event.steps.map(nameOf) };
    case 'step.joined':
      return { live: event.live.map(nameOf) };
    case 'step.reopened':
      return { by: nameOf(event.by) };
    default:
      return {};
  }
}
