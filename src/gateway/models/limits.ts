/** How long one request may take. */
import type { Timeouts } from '../config/model.ts';

/** Where nothing is configured: no request waits for ever. */
const unlessConfigured = { total: 300_000, firstToken: 120_000, streamTotal: 600_000 } as const;

export type Limit = keyof typeof unlessConfigured;

/** The strictest of what the variant, the provider and the model say. */
export function strictest(limit: Limit, ...timeouts: readonly Timeouts[]): number {
  const said = timeouts.map((each) => each[limit]).filter((each) => each !== undefined);
  return said.length === 0 ? unlessConfigured[limit] : Math.min(...said);
}
