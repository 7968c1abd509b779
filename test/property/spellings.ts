/** The same plan in any of the spellings that docs/plans.md accepts, as chance has it. */
import type { Json } from '../../src/core/data/json.ts';
import type { Plan } from '../../src/core/plan/model.ts';

type Fields = { [key: string]: Json };

/** Draws one of so many ways to write the next thing. */
export type Choose = (ways: number) => number;

export function respelled(plan: Plan, choose: Choose): Json {
  const { steps, timeout, fallbackPlan, format, ...rest } = plan;
  return shuffled(
    {
      // A plan is plain JSON (P1), which the interface types cannot say.
      ...(rest as unknown as Fields),
      ...(choose(2) === 0 ? { format } : {}),
      ...(timeout === undefined ? {} : { timeout: duration(timeout, choose) }),
      ...(fallbackPlan === undefined ? {} : { fallbackPlan: respelled(fallbackPlan, choose) }),
      ...(choose(3) === 0 ? { parallel: true } : {}),
      steps: steps.map((step) => stepOf(step as unknown as Fields, choose)),
    },
    choose,
  );
}

function duration(ms: number, choose: Choose): Json {
  return [ms, `${ms}ms`, `${ms / 1000}s`, `${ms / 60_000}m`, `${ms / 3_600_000}h`, `${ms / 86_400_000}d`][choose(6)] ?? ms;
}

function stepOf(step: Fields, choose: Choose): Json {
  const { id, dependencies, worker, retryPolicy, undo, timeout, deadline, kind, over, input, ...rest } = step;
  const list = dependencies as readonly Json[];
  const policy = retryPolicy as Fields | undefined;
  const undoing = undo as Fields | undefined;
  const isDefault = kind === 'step' || (kind === 'call' && choose(2) === 0);
  return shuffled(
    {
      ...(id === undefined ? {} : { id }),
      ...(isDefault && choose(2) === 0 ? {} : { kind: kind ?? null }),
      ...(list.length === 0 && choose(2) === 0 ? {} : { [choose(2) === 0 ? 'dependencies' : 'after']: list }),
      ...(worker === undefined ? {} : choose(2) === 0 ? { worker } : (worker as Fields)),
      ...(policy === undefined ? {} : retryOf(policy, choose)),
      ...(undoing === undefined
        ? {}
        : {
            undo: {
              ...undoing,
              ...(undoing['retryPolicy'] === undefined ? {} : { retryPolicy: null, ...retryOf(undoing['retryPolicy'] as Fields, choose) }),
            },
          }),
      ...(timeout === undefined ? {} : { timeout: timeoutOf(timeout as Fields, choose) }),
      ...(deadline === undefined ? {} : { deadline: duration(deadline as number, choose) }),
      ...(over === undefined ? {} : { over }),
      ...(input === undefined || (input === null && choose(2) === 0) ? {} : { input }),
      ...waitOf(rest, choose),
      ...(choose(4) === 0 ? { when: rest['when'] ?? null, onFailure: rest['onFailure'] ?? null } : {}),
    },
    choose,
  );
}

function waitOf({ for: awaited, ...rest }: Fields, choose: Choose): Fields {
  if (awaited === undefined) return rest;
  const what = awaited as Fields;
  const spelled = typeof what['duration'] === 'number' ? { duration: duration(what['duration'], choose) } : what;
  return choose(2) === 0 ? { ...rest, for: spelled } : { ...rest, ...spelled };
}

function retryOf({ maxRetries = 0, backoffMs, capMs, ...rest }: Fields, choose: Choose): Fields {
  const delay = duration(backoffMs as number, choose);
  const cap = capMs === undefined ? undefined : duration(capMs as number, choose);
  if (choose(2) === 0) return { retry: { max: maxRetries, delay, ...(cap === undefined ? {} : { cap }), ...rest } };
  return { retryPolicy: { maxRetries, backoffMs: delay, ...(cap === undefined ? {} : { capMs: cap }), ...rest } };
}

function timeoutOf({ attempt, total }: Fields, choose: Choose): Json {
  if (total === undefined && choose(2) === 0) return duration(attempt as number, choose);
  return {
    ...(attempt === undefined ? {} : { attempt: duration(attempt as number, choose) }),
    ...(total === undefined ? {} : { total: duration(total as number, choose) }),
  };
}

function shuffled(fields: Fields, choose: Choose): Fields {
  const left = Object.entries(fields);
  const entries: [string, Json][] = [];
  while (left.length > 0) entries.push(...left.splice(choose(left.length), 1));
  return Object.fromEntries(entries);
}
