/** Valid plans of every kind of step and most options, drawn from a seed. */
import type { Chance } from './chance.ts';

type Draft = Record<string, unknown> & { readonly id: string; readonly dependencies: readonly string[] };

const kinds = ['step', 'step', 'step', 'map', 'map', 'gate', 'branch', 'ask', 'wait', 'emit', 'call'] as const;

/** How large it may become, and whether it may call others. */
export interface PlanLimits {
  readonly steps: number;
  readonly calls: boolean;
}

export function randomPlan(chance: Chance, limits: PlanLimits = { steps: 9, calls: true }): object {
  const steps: Draft[] = [];
  const count = 1 + chance.below(limits.steps);
  for (let at = 0; at < count; at++) steps.push(randomStep(chance, `s${at}`, steps, limits));
  rescue(chance, steps);
  return {
    id: 'random',
    steps,
    ...(chance.happens(0.2) ? { timeout: 20_000 } : {}),
    ...(chance.happens(0.2) ? { fallbackPlan: { id: 'spare', steps: [{ id: 'x', agentId: 'a' }] } } : {}),
    ...(chance.happens(0.3) ? { budget: { limit: chance.pick([1, 3]), onLimit: chance.pick(['stop', 'ask', 'degrade']) } } : {}),
  };
}

function randomStep(chance: Chance, id: string, earlier: readonly Draft[], limits: PlanLimits): Draft {
  const dependencies = chance.some(
    earlier.map((step) => step.id),
    0.4,
  );
  const before = [...ancestors(dependencies, earlier)];
  const drawn = chance.pick(kinds);
  const kind = drawn === 'call' && !limits.calls ? 'step' : drawn;
  const routes = earlier.filter((step) => step['kind'] === 'branch' && before.includes(step.id));
  const when =
    routes.length > 0 && chance.happens(0.6)
      ? { when: { $compare: [{ $from: `steps.${chance.pick(routes).id}.output.choice` }, '==', chance.pick(['x', 'y'])] } }
      : {};
  const join =
    dependencies.length > 1 && chance.happens(0.5)
      ? { join: { atLeast: 1 + chance.below(dependencies.length), rest: chance.pick(['cancel', 'finish']) } }
      : {};
  return { id, kind, dependencies, ...join, ...when, ...fieldsOf(chance, kind, dependencies, before) };
}

function ancestors(ids: readonly string[], steps: readonly Draft[], found = new Set<string>()): ReadonlySet<string> {
  for (const id of ids) {
    if (found.has(id)) continue;
    found.add(id);
    ancestors(steps.find((step) => step.id === id)?.dependencies ?? [], steps, found);
  }
  return found;
}

function fieldsOf(chance: Chance, kind: (typeof kinds)[number], dependencies: readonly string[], before: readonly string[]): object {
  const from = (otherwise: unknown): unknown =>
    dependencies.length === 0 ? otherwise : { $from: `steps.${chance.pick(dependencies)}.output` };
  switch (kind) {
    case 'step':
      return {
        agentId: chance.pick(['a', 'a', 'r']),
        input: from(1),
        ...(chance.happens(0.1) ? { memo: true } : {}),
        ...(chance.happens(0.1) ? { heartbeat: 500 } : {}),
        ...workOptions(chance, before),
        ...(chance.happens(0.2) ? { undo: { agentId: 'u', action: 'undo' } } : {}),
      };
    case 'call':
      return { workflow: 'other', input: 1, ...workOptions(chance, before) };
    case 'map': {
      const bounded = chance.happens(0.5) ? { concurrency: 1 + chance.below(3) } : {};
      const tolerant = chance.pick([{}, {}, { tolerate: chance.below(3) }, { enough: 1 + chance.below(4) }]);
      return {
        agentId: 'a',
        over: Array.from({ length: chance.below(5) }, (_, at) => at),
        ...bounded,
        ...tolerant,
        ...workOptions(chance, before),
      };
    }
    case 'gate': {
      const otherwise = {
        backTo: before.length === 0 ? '' : chance.pick(before),
        max: 1 + chance.below(3),
        ...(chance.happens(0.5) ? { keepBest: chance.below(9) } : {}),
      };
      const back = before.length > 0 && chance.happens(0.7) ? { otherwise } : {};
      return { test: chance.happens(0.3) ? chance.happens(0.5) : from(false), exhausted: chance.pick(['fail', 'continue']), ...back };
    }
    case 'branch':
      return { choose: chance.pick(['x', 'y']), cases: ['x', 'y'] };
    case 'ask': {
      const deadline = chance.happens(0.5) ? { deadline: 3000, ...(chance.happens(0.5) ? { otherwise: 'n' } : {}) } : {};
      return { question: 'q?', choices: ['y', 'n'], ...deadline, ...(chance.happens(0.3) ? { quorum: 2 } : {}) };
    }
    case 'wait': {
      const timed = [{ duration: chance.below(3000) }, { until: new Date(1_000_000 + chance.below(9000)).toISOString() }];
      const deadline = chance.happens(0.4) ? { deadline: 4000, ...(chance.happens(0.5) ? { otherwise: 1 } : {}) } : {};
      return chance.pick([...timed, { signal: chance.pick(['a', 'b']), ...deadline }, { event: 'e', ...deadline }]);
    }
    case 'emit':
      return { event: 'e', data: 1 };
  }
}

function workOptions(chance: Chance, before: readonly string[]): object {
  const backoff = chance.pick(['fixed', 'linear', 'exponential']);
  const retry = chance.happens(0.5)
    ? { retryPolicy: { maxRetries: chance.below(3), backoffMs: chance.pick([0, 100, 1000]), backoff } }
    : {};
  const timeout = chance.happens(0.4) ? { timeout: chance.pick([{ total: 9000 }, { attempt: 400 }, { attempt: 700, total: 4000 }]) } : {};
  const failures = ['continue', ...(before.length === 0 ? [] : [{ goTo: chance.pick(before), max: 1 + chance.below(2) }])];
  return { ...retry, ...timeout, ...(chance.happens(0.35) ? { onFailure: chance.pick(failures) } : {}) };
}

/** Some steps that say nothing of failure hand over to a later one. */
function rescue(chance: Chance, steps: Draft[]): void {
  for (const [at, step] of steps.entries()) {
    const works = step['kind'] === 'step' || step['kind'] === 'map' || step['kind'] === 'call';
    // A step that takes over joins nothing.
    const later = steps.slice(at + 1).filter((one) => one['join'] === undefined);
    if (works && later.length > 0 && step['onFailure'] === undefined && chance.happens(0.2))
      step['onFailure'] = { goTo: chance.pick(later).id };
  }
}
