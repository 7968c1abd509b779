import type { RunEvent } from '../core/run/events.ts';
import type { Emission } from '../ports/journal.ts';

/** What of the events is for the bus: an agent's own events carry `agent:` before their name. */
export function emissionsOf(run: string, project: string, events: readonly RunEvent[], at: number): readonly Emission[] {
  const emissions: Emission[] = [];
  for (const event of events) {
    if (event.type !== 'emitted') continue;
    const name = event.agent === undefined ? event.name : `agent:${event.name}`;
    emissions.push({ run, project, name, data: JSON.stringify(event.data), at });
  }
  return emissions;
}
