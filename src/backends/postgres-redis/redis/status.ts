import type { LiveEvent } from '../../../ports/exchange.ts';

/** What an event tells of the status of its run. */
export interface Telltale {
  readonly fields: Readonly<Record<string, string>>;
  /** The status, if none is known. */
  readonly first?: string;
  /** The run began or ended: what is kept of it is kept from now on. */
  readonly isTurn: boolean;
}

export function statusIn({ name, event }: LiveEvent): Telltale | undefined {
  if (name !== 'run:status' && name !== 'run:started' && name !== 'run:ended') return undefined;
  const told = Object.entries(event ?? {}).filter(([key]) => key === 'status' || key === 'workflow' || key === 'project');
  const fields = Object.fromEntries(told.map(([key, value]) => [key, String(value)]));
  return { fields, ...(name === 'run:started' ? { first: 'running' } : {}), isTurn: name !== 'run:status' };
}
