/** What a run took over from earlier ones instead of making it again. */
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import type { Entry } from '../../core/run/events.ts';

export interface Reuse {
  readonly step: string;
  readonly reused: number;
  readonly made: number;
}

/** By step, in the order of the plan; steps of which nothing was reused are left out. */
export function reuseOf(history: readonly Entry[], { plan }: AnyWorkflow): readonly Reuse[] {
  const counts = new Map<number, { reused: number; made: number }>();
  for (const event of history.flatMap(({ events }) => events)) {
    if (event.type !== 'task.completed') continue;
    const count = counts.get(event.step) ?? { reused: 0, made: 0 };
    if (event.source === 'memo') count.reused++;
    else count.made++;
    counts.set(event.step, count);
  }
  return [...counts]
    .filter(([, { reused }]) => reused > 0)
    .toSorted(([a], [b]) => a - b)
    .map(([place, count]) => ({ step: plan.steps[place]?.id ?? '?', ...count }));
}
