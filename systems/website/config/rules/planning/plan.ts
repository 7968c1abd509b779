/** Roles put into a plan: what one stage makes, the next one gets; what is judged may go back. */
import { shortened, slug } from '../../../../english/text.ts';
import type { Role } from './casting.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Step {
  readonly id: string;
  readonly [key: string]: Json;
}

export interface Plan {
  readonly id: string;
  readonly description: string;
  readonly input: Json;
  readonly steps: readonly Step[];
  readonly output: Json;
}

// Names that have a meaning in expressions.
const reserved = new Set(['input', 'feedback', 'item', 'index', 'run', 'steps', 'good_enough']);

interface Named extends Role {
  readonly id: string;
}

function namesFor(roles: readonly Role[]): readonly Named[] {
  const taken = new Set(reserved);
  return roles.map((role, at) => {
    const wanted = slug(role.need.id, 'step').replaceAll('-', '_');
    const id = taken.has(wanted) ? `${wanted}_${at + 1}` : wanted;
    taken.add(id);
    return { ...role, id };
  });
}

const output = (id: string): Json => ({ $from: `steps.${id}.output` });

const judging = 6;
const making: readonly number[] = [3, 4, 5];

function step(role: Named, before: readonly Named[], known: readonly Named[], after: readonly string[], loops: boolean): Step {
  return {
    id: role.id,
    description: `${role.agent.id} ${role.need.does}`,
    agentId: role.agent.id,
    ...(role.action === undefined ? {} : { action: role.action }),
    input: {
      goal: { $from: 'input.goal' },
      ...Object.fromEntries([...known.filter((other) => !before.includes(other)), ...before].map((other) => [other.id, output(other.id)])),
      ...(loops ? { feedback: { $first: [{ $from: 'feedback.verdict' }, null] } } : {}),
    },
    ...(after.length === 0 ? {} : { dependencies: [...after] }),
    retryPolicy: { maxRetries: 2, backoffMs: 1000 },
  };
}

/** A judge that says nothing of the kind is content. */
function gate(judges: readonly Named[], backTo: string): Step {
  const verdicts = judges.flatMap(({ id }) =>
    ['approved', 'ok', 'passed', 'success'].map((field): Json => ({ $from: `steps.${id}.output.${field}` })),
  );
  return {
    id: 'good_enough',
    kind: 'gate',
    description: 'Goes back to the making until the judge is content, three times at most',
    test: { $compare: [{ $first: [...verdicts, true] }, '==', true] },
    dependencies: judges.map(({ id }) => id),
    otherwise: { backTo, max: 3 },
    exhausted: 'continue',
  };
}

const runInput: Json = {
  type: 'object',
  properties: { goal: { type: 'string', description: 'What is to be reached.' } },
  required: ['goal'],
};

export function planFor(goal: string, roles: readonly Role[]): Plan {
  const named = namesFor(roles);
  const stages = [...Map.groupBy(named, ({ need }) => need.stage)]
    .sort(([one], [other]) => one - other)
    .map(([stage, members]) => ({ stage, members }));
  const maker = named.find(({ need }) => making.includes(need.stage));
  const judged = maker !== undefined && stages.some(({ stage }) => stage === judging);
  const steps: Step[] = [];
  let before: readonly Named[] = [];
  let after: readonly string[] = [];
  for (const { stage, members } of stages) {
    const known = named.filter((role) => role.need.stage < stage && role.need.stage >= 2);
    for (const role of members) steps.push(step(role, before, known, after, judged && role === maker));
    before = members;
    after = members.map(({ id }) => id);
    if (stage === judging && maker !== undefined) {
      steps.push(gate(members, maker.id));
      after = ['good_enough'];
    }
  }
  const last = stages.at(-1);
  const results =
    last?.stage === judging && maker !== undefined
      ? named.filter(
          ({ need }) => need.stage === Math.max(...named.filter((role) => role.need.stage < judging).map((role) => role.need.stage)),
        )
      : (last?.members ?? []);
  return {
    id: slug(goal, 'goal'),
    description: shortened(goal, 200) || 'A goal',
    input: runInput,
    steps,
    output: Object.fromEntries(results.map(({ id }) => [id, output(id)])),
  };
}

/** Where nobody can do anything, a person is asked: a plan always goes on. */
export function planForNobody(goal: string): Plan {
  return {
    id: slug(goal, 'goal'),
    description: shortened(goal, 200) || 'A goal',
    input: runInput,
    steps: [
      {
        id: 'who',
        kind: 'ask',
        question: 'No agent in the catalogue can do this. What should happen?',
        show: { $from: 'input.goal' },
        choices: ['I will do it myself', 'Give it up'],
      },
    ],
    output: { $from: 'steps.who.output' },
  };
}
