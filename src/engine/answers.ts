/** Which functions a run asked of the gateway, and who answered. */
import type { InferenceRecord, Ledger } from '../ports/ledger.ts';

export interface Answers {
  readonly function: string;
  readonly variant: string;
  /** `rules`: no model had a part in it. */
  readonly source: InferenceRecord['source'];
  readonly model?: string;
  readonly count: number;
  /** In dollars. */
  readonly cost: number;
}

const most = 10_000;

/** In the order in which each came first. */
export async function answersOf(ledger: Ledger, run: string): Promise<readonly Answers[]> {
  const found = new Map<string, Answers>();
  const inferences = await ledger.inferences({ run, status: 'ok', topLevel: true, limit: most });
  for (const { function: fn, variant, source, model, cost } of inferences.toReversed()) {
    const key = JSON.stringify([fn, variant, source, model]);
    const before = found.get(key);
    found.set(key, {
      function: fn,
      variant,
      source,
      ...(model === undefined ? {} : { model }),
      count: (before?.count ?? 0) + 1,
      cost: (before?.cost ?? 0) + cost,
    });
  }
  return [...found.values()];
}
