/** Makes a failing scenario smaller, as long as it fails in the same way. */
import { stepsOf, type Scenario } from './world/scenario.ts';
import { play, type Outcome } from './world/world.ts';

export interface Shrunk {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
}

const mostTries = 400;

export async function shrink(scenario: Scenario, outcome: Outcome): Promise<Shrunk> {
  const check = outcome.violation?.check;
  let best: Shrunk = { scenario, outcome };
  let tries = 0;
  for (let improved = true; improved && tries < mostTries;) {
    improved = false;
    for (const candidate of smaller(best.scenario)) {
      if (++tries > mostTries) break;
      const tried = await attempt(candidate);
      if (tried === undefined || tried.violation?.check !== check) continue;
      best = { scenario: candidate, outcome: tried };
      improved = true;
      break;
    }
  }
  return best;
}

/** Taking a part away may leave a plan that is none. */
async function attempt(scenario: Scenario): Promise<Outcome | undefined> {
  try {
    return await play(scenario);
  } catch {
    return undefined;
  }
}

/** Large parts first. */
function* smaller(scenario: Scenario): Generator<Scenario> {
  const { starts, commands, faults, agents, plans } = scenario;
  for (const less of fewer(starts)) if (less.length > 0) yield { ...scenario, starts: less };
  for (const less of fewer(faults)) yield { ...scenario, faults: less };
  for (const less of fewer(commands)) yield { ...scenario, commands: less };
  for (const habit of ['busy', 'fails', 'lies', 'slow', 'silent'] as const)
    if (agents[habit] > 0) yield { ...scenario, agents: { ...agents, [habit]: 0 } };
  const used = new Set(['other', ...starts.map(({ plan }) => plan)]);
  if (plans['heard'] !== undefined) {
    const { heard: _, ...rest } = plans;
    yield { ...scenario, plans: rest };
  }
  for (const [name, plan] of Object.entries(plans)) {
    if (!used.has(name)) continue;
    const steps = stepsOf(plan);
    for (const step of steps) if (steps.length > 1) yield { ...scenario, plans: { ...plans, [name]: without(plan, step.id) } };
    for (const option of ['timeout', 'fallbackPlan', 'budget', 'concurrency'])
      if (option in plan) yield { ...scenario, plans: { ...plans, [name]: { ...plan, [option]: undefined } } };
  }
  if (scenario.starts.some(({ twice }) => twice)) yield { ...scenario, starts: starts.map((start) => ({ ...start, twice: false })) };
}

function* fewer<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length > 2) {
    yield list.slice(list.length >> 1);
    yield list.slice(0, list.length >> 1);
  }
  for (const at of list.keys()) yield list.toSpliced(at, 1);
}

function without(plan: object, id: string): object {
  const steps = stepsOf(plan)
    .filter((step) => step.id !== id)
    .map((step) => ({ ...step, dependencies: (step.dependencies ?? []).filter((other) => other !== id) }));
  return { ...plan, steps };
}
