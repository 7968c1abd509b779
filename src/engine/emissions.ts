import type { RunEvent } from '../core/run/events.ts';
import type { Emission } from '../ports/journal.ts';

/** What of the events is for the bus: an agent's own events carry `agent:` before their name. */
export function emissionsOf(run: string, project: string, events: readonly RunEvent[], at: number): readonly Emission[] {
  return events.flatMap((event) =>
    event.type === 'emitted'
      ? [{ run, project, name: event.agent === undefined ? event.name : `agent:${event.name}`, data: JSON.stringify(event.data), at }]
      : [],
  );
}
