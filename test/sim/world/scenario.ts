/**
 * What is going to be tried in one simulated world, as data: drawn from a seed, and
 * made smaller when it fails.
 */
import { Chance } from '../chance.ts';
import { randomPlan } from '../random-plan.ts';
import type { StoreHabits } from './store.ts';

export interface Scenario {
  readonly seed: number;
  /** Plans in their short form, by name. `other` is what others call, `heard` what events start. */
  readonly plans: Readonly<Record<string, object>>;
  readonly starts: readonly Start[];
  readonly commands: readonly Command[];
  readonly faults: readonly Fault[];
  readonly agents: AgentHabits;
  readonly store: StoreHabits;
  /** Where several nodes share the store. */
  readonly nodes?: readonly NodeHabits[];
  /** How long things go wrong, in milliseconds; afterwards everything is well. */
  readonly wild: number;
}

export interface NodeHabits {
  /** Agents that work there. */
  readonly hosts: readonly string[];
  /** Attempts at a time of each agent. */
  readonly room: number;
  /** Attempts at a time of each agent over all nodes. */
  readonly together?: number;
  /** How far the machine's clock is from true time, in milliseconds. */
  readonly skew: number;
  /** It has no runs of its own, and makes attempts alone. */
  readonly worker?: true;
}

export interface Start {
  readonly run: string;
  readonly plan: string;
  readonly at: number;
  /** Asked for a second time, as somebody does who got no answer. */
  readonly twice: boolean;
}

export interface Command {
  readonly at: number;
  readonly run: string;
  readonly via: 'call' | 'inbox';
  /** Sent a second time with the same id. */
  readonly twice: boolean;
  readonly what:
    | { readonly do: 'pause' | 'resume' | 'cancel' }
    | { readonly do: 'answer'; readonly step: string; readonly choice: string; readonly by: string }
    | { readonly do: 'signal'; readonly name: string; readonly data: string }
    | { readonly do: 'retry'; readonly step?: string }
    | { readonly do: 'skip'; readonly step: string }
    | { readonly do: 'fork'; readonly id: string; readonly from?: string }
    | { readonly do: 'migrate'; readonly plan: string };
}

/** `node` is the place of the process that it happens to; of one there is the first. */
export type Fault = { readonly at: number; readonly node?: number } & (
  | {
      readonly is: 'crash';
      /** How long nobody works. */
      readonly down: number;
      /** The old process goes on for this long beside the new one, not knowing that it was given up. */
      readonly lingers?: number;
    }
  | { readonly is: 'restart' }
  | { readonly is: 'full' | 'slow'; readonly lasts: number }
  | { readonly is: 'stumble'; readonly lasts: number; readonly writes: number; readonly reads: number }
  | { readonly is: 'jump'; readonly by: number }
  /** A process stands still, or works on and is not heard. */
  | { readonly is: 'freeze' | 'silence'; readonly lasts: number }
  /** The carrier forgets everything, or one order. */
  | { readonly is: 'forget' | 'mislay' }
  /** The carrier cannot be reached, or does what it is asked for and answers with an error. */
  | { readonly is: 'away' | 'unsure'; readonly lasts: number }
);

/** The share of attempts that end so. */
export interface AgentHabits {
  readonly fails: number;
  readonly lies: number;
  /** Takes far too long, and does not heed that it is told to stop. */
  readonly slow: number;
  /** Never answers (where somebody is watching the time). */
  readonly silent: number;
  /** Effects on the way: recorded sub-steps, paid jobs, events, money. */
  readonly busy: number;
}

const people = ['ann', 'bob', 'cid'];

export function drawScenario(seed: number): Scenario {
  const chance = new Chance(seed);
  const wild = 1000 + chance.below(5000);
  const plans: Record<string, object> = {
    other: { ...randomPlan(chance, { steps: 3, calls: false }), id: 'other' },
    heard: { id: 'heard', steps: [{ id: 'x', agentId: 'a' }] },
  };
  const starts: Start[] = [];
  const count = 1 + chance.below(3);
  for (let at = 0; at < count; at++) {
    const plan = `p${at}`;
    plans[plan] = { ...randomPlan(chance), id: plan, ...(chance.happens(0.2) ? { concurrency: { key: 'k', limit: 1 } } : {}) };
    const runs = chance.happens(0.3) ? 2 : 1;
    for (let n = 0; n < runs; n++)
      starts.push({ run: `r${at}${n === 0 ? '' : 'b'}`, plan, at: chance.below(wild / 2), twice: chance.happens(0.2) });
  }
  const commands = Array.from({ length: chance.below(10) }, (_, at) => drawCommand(chance, at, starts, plans, wild));
  return {
    seed,
    plans,
    starts,
    commands,
    faults: Array.from({ length: chance.below(6) }, () => drawFault(chance, wild)),
    agents: {
      fails: chance.pick([0, 0.1, 0.4]),
      lies: chance.pick([0, 0, 0.1]),
      slow: chance.pick([0, 0.1, 0.4]),
      silent: chance.pick([0, 0.1]),
      busy: chance.pick([0, 0.3, 0.7, 0.9]),
    },
    store: { latency: chance.pick([0.5, 3, 20]), ordered: chance.happens(0.5) },
    wild,
  };
}

function drawCommand(
  chance: Chance,
  number: number,
  starts: readonly Start[],
  plans: Readonly<Record<string, object>>,
  wild: number,
): Command {
  const start = chance.pick(starts);
  const steps = stepsOf(plans[start.plan]);
  const step = chance.pick(steps).id;
  const asks = steps.filter((one) => one.kind === 'ask');
  const asked = asks.length > 0 && chance.happens(0.8) ? chance.pick(asks).id : step;
  const kind = chance.pick([
    'pause',
    'resume',
    'cancel',
    'answer',
    'answer',
    'signal',
    'signal',
    'retry',
    'skip',
    'fork',
    'migrate',
  ] as const);
  const some = (share: number): { readonly step?: string } => (chance.happens(share) ? { step } : {});
  const what = ((): Command['what'] => {
    switch (kind) {
      case 'answer':
        return { do: kind, step: asked, choice: chance.pick(['y', 'n']), by: chance.pick(people) };
      case 'signal':
        return { do: kind, name: chance.pick(['a', 'b']), data: `signal ${number}` };
      case 'retry':
        return { do: kind, ...some(0.3) };
      case 'skip':
        return { do: kind, step };
      case 'fork':
        return { do: kind, id: `f${number}`, ...(chance.happens(0.5) ? { from: step } : {}) };
      case 'migrate':
        return { do: kind, plan: start.plan };
      default:
        return { do: kind };
    }
  })();
  const at = chance.below(wild);
  // Only commands to a run are sent by way of the inbox; a migration carries code.
  const via = kind === 'migrate' || chance.happens(0.5) ? 'call' : 'inbox';
  return { at, run: start.run, via, twice: via === 'inbox' && chance.happens(0.3), what };
}

function drawFault(chance: Chance, wild: number): Fault {
  // Not on the whole millisecond: between two effects, not at the beat of timers.
  const at = chance.below(wild * 1000) / 1000;
  const lasts = 100 + chance.below(3000);
  switch (chance.pick(['crash', 'crash', 'crash', 'crash', 'restart', 'full', 'slow', 'stumble', 'jump', 'linger'] as const)) {
    case 'crash':
      return { is: 'crash', at, down: chance.below(300) };
    case 'linger':
      return { is: 'crash', at, down: chance.below(300), lingers: chance.below(2000) };
    case 'restart':
      return { is: 'restart', at };
    case 'full':
      return { is: 'full', at, lasts };
    case 'slow':
      return { is: 'slow', at, lasts };
    case 'stumble':
      return { is: 'stumble', at, lasts, writes: chance.pick([0, 0.2]), reads: chance.pick([0, 0.1]) };
    case 'jump':
      return { is: 'jump', at, by: (chance.below(7200) - 3600) * 1000 };
  }
}

export interface ShortStep {
  readonly id: string;
  readonly kind?: string;
  readonly dependencies?: readonly string[];
}

export function stepsOf(plan: object | undefined): readonly ShortStep[] {
  // Plans of scenarios are drawn by random-plan.ts, which writes steps so.
  return (plan as { readonly steps: readonly ShortStep[] } | undefined)?.steps ?? [];
}
