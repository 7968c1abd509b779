/** A run's first events, and everything that is written with them. */
import type { Json } from '../core/data/json.ts';
import type { Program } from '../core/plan/program.ts';
import type { Start } from '../core/run/commands.ts';
import { start } from '../core/run/decide.ts';
import type { RunEvent } from '../core/run/events.ts';
import { begin, evolve } from '../core/run/evolve.ts';
import { Shelf } from '../core/run/scope.ts';
import type { Run } from '../core/run/state.ts';
import type { Append, RunRecord } from '../ports/journal.ts';
import { emissionsOf } from './emissions.ts';
import type { Payloads } from './payloads.ts';
import { recordOf, type Fixed } from './records.ts';

/** How a run is to begin. */
export type Beginning = Omit<Start, 'input'> & { readonly input: Json };

export interface Begun {
  readonly run: Run;
  readonly record: RunRecord;
  readonly write: Append & { readonly events: readonly RunEvent[] };
}

export async function beginning(
  program: Program,
  id: string,
  how: Beginning & { readonly fixed: Fixed; readonly now: number },
  payloads: Payloads,
): Promise<Begun> {
  const { fixed, now, ...rest } = how;
  const input = await payloads.of(how.input);
  const shelf = new Shelf();
  if ('blob' in input) shelf.put(input.blob, how.input);
  const decision = await payloads.evaluate(shelf, () => start(program, id, { ...rest, input }, now, shelf));
  const events = await payloads.offload(decision.events);
  const run = events === decision.events ? decision.run : refold(program, id, events, now);
  const record = recordOf(program, run, fixed);
  const emissions = emissionsOf(id, how.project, events, now);
  return { run, record, write: { run: id, seq: 0, at: now, events, record, ...(emissions.length === 0 ? {} : { emissions }) } };
}

function refold(program: Program, id: string, events: readonly RunEvent[], now: number): Run {
  const [first, ...rest] = events;
  if (first?.type !== 'run.started') throw new TypeError('a run begins with its start');
  return rest.reduce((run, event) => evolve(program, run, event, now), begin(id, first, now));
}
