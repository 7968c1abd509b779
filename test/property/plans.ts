/** Random valid plans, small ones first. A plan shrinks to fewer steps with fewer words. */
import * as fc from 'fast-check';
import type { Plan } from '../../src/core/plan/model.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { begin } from './facts.ts';

/** A step as it is drawn: what refers to others is a number, resolved when the steps before and after are known. */
interface Draft {
  readonly after: number;
  readonly fields: Fields;
  readonly from: number;
  readonly when: 'always' | 'output' | 'choice' | 'never';
  readonly failure: 'fail' | 'continue' | 'back' | 'rescue';
  readonly to: number;
  readonly max: number;
  readonly back: boolean;
}

type Fields = { readonly [key: string]: unknown };

const rarely = <T>(value: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(otherwise), weight: 3 }, value);
const maybe = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Fields> => fc.record(fields, { requiredKeys: [] });

// All times are few and even, so that many things fall due at the same instant.
const delay = fc.constantFrom(0, 250, 250);
const retryPolicy = fc
  .record(
    {
      maxRetries: fc.integer({ min: 0, max: 3 }),
      backoffMs: delay,
      backoff: fc.constantFrom('fixed', 'linear', 'exponential'),
      capMs: fc.constantFrom(250, 500),
      only: fc.constant(['E1']),
      except: fc.constant(['E2']),
    },
    { requiredKeys: ['maxRetries', 'backoffMs', 'backoff'] },
  )
  .map((policy) => policy);

const work = maybe({
  retryPolicy,
  timeout: fc.constantFrom({ total: 500 }, { total: 1000 }),
  undo: fc.oneof(
    fc.constant({ agentId: 'u', action: 'undo' }),
    fc.record({ agentId: fc.constant('u'), action: fc.constant('undo'), retryPolicy }),
  ),
});
const deadline = fc.oneof(
  fc.constant({}),
  fc.constantFrom({ deadline: 250 }, { deadline: 500 }),
  fc.constant({ deadline: 750, otherwise: 'y' }),
);

const map = fc
  .tuple(
    work,
    fc.oneof(
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }).map((over) => ({ over })),
      fc.constant({ over: '$from' }),
    ),
    maybe({ concurrency: fc.integer({ min: 1, max: 2 }), tolerate: fc.integer({ min: 1, max: 2 }) }),
  )
  .map(([options, over, numbers]) => ({ kind: 'map', agentId: 'a', ...options, ...over, ...numbers }));

const gate = fc
  .record({
    test: fc.constantFrom('$from', false, false, true),
    keepBest: fc.boolean(),
    exhausted: fc.constantFrom('fail', 'continue', 'continue'),
  })
  .map((fields) => ({ kind: 'gate', ...fields }));

const ask = fc
  .tuple(
    deadline,
    maybe({ quorum: fc.constant(2), who: fc.constant(['ann', 'bob']) }),
    fc.oneof(fc.constant({ choices: ['y', 'n'] }), fc.constant({ form: { type: 'string' } })),
  )
  .map((fields) => ({ kind: 'ask', question: '?', ...Object.assign({}, ...fields) }));

const awaited = fc.constantFrom({ signal: 's' }, { signal: 's' }, { signal: 't' }, { event: 'e' });

const wait = fc
  .oneof(
    { arbitrary: fc.constantFrom({ duration: 0 }, { duration: 250 }, { duration: 500 }), weight: 1 },
    { arbitrary: fc.constantFrom(0, 250, 1000).map((later) => ({ until: begin + later })), weight: 1 },
    { arbitrary: fc.tuple(awaited, deadline).map(([what, by]) => ({ ...what, ...by })), weight: 4 },
  )
  .map((fields) => ({ kind: 'wait', ...fields }));

/** How many questions and waits there are among the rest. */
const fieldsOf = (world: number): fc.Arbitrary<Fields> =>
  fc.oneof(
    { arbitrary: work.map((options) => ({ agentId: 'a', ...options })), weight: 5 },
    { arbitrary: map, weight: 2 },
    { arbitrary: gate, weight: 3 },
    { arbitrary: fc.constantFrom('$from', 'x').map((choose) => ({ kind: 'branch', choose, cases: ['x', 'y'] })), weight: 1 },
    { arbitrary: ask, weight: world },
    { arbitrary: wait, weight: world },
    { arbitrary: fc.constant({ kind: 'emit', event: 'e' }), weight: 1 },
    { arbitrary: work.map((options) => ({ workflow: 'w', ...options })), weight: 1 },
  );

const small = fc.nat({ max: 31 });

const draftOf = (world: number): fc.Arbitrary<Draft> =>
  fc.record({
    after: small,
    fields: fieldsOf(world),
    from: small,
    when: rarely(fc.constantFrom('output', 'choice', 'never'), 'always'),
    failure: rarely(fc.constantFrom('continue', 'back', 'rescue'), 'fail'),
    to: small,
    max: fc.integer({ min: 1, max: 2 }),
    back: fc.constantFrom(true, true, false),
  });

const pick = <T>(list: readonly T[], number: number): T | undefined => (list.length === 0 ? undefined : list[number % list.length]);

interface Known {
  readonly id: string;
  readonly kind: unknown;
  readonly before: ReadonlySet<string>;
}

/** The number's bits say which of the steps before a step comes after. */
function stepsOf(drafts: readonly Draft[]): readonly Fields[] {
  const ids = drafts.map((_, at) => String.fromCharCode(97 + at));
  const rescues = drafts.map(({ failure, to }, at) => (failure === 'rescue' ? pick(ids.slice(at + 1), to) : undefined));
  const known: Known[] = [];
  return drafts.map((one, at) => {
    const id = ids[at] ?? '';
    const dependencies = known.filter((_, place) => ((one.after >> place) & 1) === 1).map((step) => step.id);
    const direct = known.filter((step, place) => dependencies.includes(step.id) || rescues[place] === id);
    const before = new Set(direct.flatMap((step) => [step.id, ...step.before]));
    known.push({ id, kind: one.fields['kind'], before });
    return {
      id,
      dependencies,
      ...ownFields(one, [...before], known),
      ...failureOf(one, [...before, id], rescues[at]),
      ...whenOf(one, before, known),
    };
  });
}

function ownFields({ fields: own, from, to, max, back }: Draft, before: readonly string[], known: readonly Known[]): Fields {
  const id = pick(before, from);
  const output = (path = ''): unknown => (id === undefined ? false : { $from: `steps.${id}.output${path}` });
  const { kind } = own;
  const read = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value === '$from' ? output() : value]));
  const target = pick(before, to);
  if (kind === 'gate') {
    const { keepBest, ...rest } = read;
    const best = keepBest === true ? { keepBest: output() } : {};
    return { ...rest, ...(target === undefined || !back ? {} : { otherwise: { backTo: target, max, ...best } }) };
  }
  if (kind !== undefined || known.length > 9) return read;
  return {
    ...read,
    input: {
      of: output(),
      round: { $from: 'feedback.round' },
      by: { $from: 'feedback.by' },
      was: { $from: `feedback.previous.${id ?? 'a'}` },
    },
  };
}

function failureOf({ failure, fields: { kind }, to, max }: Draft, targets: readonly string[], rescue: string | undefined): Fields {
  if (failure === 'continue') return { onFailure: 'continue' };
  if (failure === 'rescue') return rescue === undefined ? {} : { onFailure: { goTo: rescue } };
  if (failure !== 'back' || kind === 'gate') return {};
  return { onFailure: { goTo: pick(targets, to), max } };
}

function whenOf({ when, from }: Draft, before: ReadonlySet<string>, known: readonly Known[]): Fields {
  if (when === 'never') return { when: false };
  const id = pick([...before], from);
  const branch = known.find((step) => step.kind === 'branch' && before.has(step.id));
  if (when === 'choice' && branch !== undefined)
    return { when: { $compare: [{ $from: `steps.${branch.id}.output.choice` }, '==', from % 2 === 0 ? 'x' : 'y'] } };
  return when === 'output' && id !== undefined ? { when: { $from: `steps.${id}.output` } } : {};
}

const drafts = fc.oneof(...[1, 4].map((world) => fc.array(draftOf(world), { minLength: 1, maxLength: 7, size: 'max' })));

export const plans: fc.Arbitrary<Plan> = fc
  .record({
    drafts,
    timeout: rarely<number | undefined>(fc.constant(1000), undefined),
    fallbackPlan: rarely<object | undefined>(fc.constant({ id: 'spare', steps: [{ id: 'x', agentId: 'a' }] }), undefined),
  })
  .map(({ drafts: drawn, timeout, fallbackPlan }) =>
    parsePlan({
      id: 'drawn',
      steps: stepsOf(drawn),
      ...(timeout === undefined ? {} : { timeout }),
      ...(fallbackPlan === undefined ? {} : { fallbackPlan }),
    }),
  );
