/** Plans with every option that can be written, for reading and not for running. */
import * as fc from 'fast-check';
import type { Plan } from '../../src/core/plan/model.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { values } from './json-values.ts';

const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> => fc.record(fields, { requiredKeys: [] });

const ms = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom(1, 60_000, 3653 * 86_400_000));
const words = fc.uniqueArray(fc.constantFrom('x', 'y', 'ä', '$z', '__proto__'), { minLength: 1, maxLength: 3 });
const literal = values.map((value) => ({ $literal: value }));
const budget = fc.record({ limit: fc.double({ min: 0.01, max: 1e6, noNaN: true }), onLimit: fc.constantFrom('degrade', 'stop') });

const retryPolicy = fc
  .tuple(
    fc.record({
      maxRetries: fc.nat({ max: 9 }),
      backoffMs: fc.nat({ max: 5000 }),
      backoff: fc.constantFrom('fixed', 'linear', 'exponential'),
    }),
    some({
      capMs: fc.nat({ max: 9000 }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
      only: fc.constant(['A']),
      except: fc.constant(['B', 'C']),
    }),
  )
  .map(([needed, more]) => ({ ...needed, ...more }));

const shared = {
  retryPolicy,
  priority: fc.integer({ min: -5, max: 5 }),
  budget,
  timeout: fc.oneof(
    ms.map((attempt) => ({ attempt })),
    ms.map((total) => ({ total })),
    ms.map((attempt) => ({ attempt, total: attempt })),
  ),
};
const undo = fc
  .tuple(
    fc.record({ agentId: fc.constant('u'), action: fc.constant('back') }),
    some({ input: fc.constant({ $from: 'own.output' }), retryPolicy }),
  )
  .map(([needed, more]) => ({ ...needed, ...more }));
const agents = fc
  .oneof(
    fc.record({ agentId: fc.constant('a'), action: fc.constant('run') }),
    fc.record({ capability: fc.constant('speech'), action: fc.constant('say') }),
  )
  .map((worker) => ({ worker }));
const made = some({ ...shared, undo, heartbeat: ms.map((time) => time), memo: fc.boolean(), resources: fc.constant({ gpu: 1, cpu: 0.5 }) });
const called = some({ ...shared, undo });
const callee = fc
  .oneof(
    fc.constant({ workflow: 'other' }),
    fc.constant({ plan: { $from: 'input.plan' } }),
    fc.constant({ plan: { id: 'inner', steps: [{ id: 'x', agentId: 'a' }] } }),
  )
  .map((worker) => ({ worker }));

const merged = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((fields) => Object.assign({}, ...fields) as object);
const kind = (name: string): fc.Arbitrary<object> => fc.constant({ kind: name });

const step = fc.oneof(
  merged(kind('step'), agents, made, some({ input: literal })),
  merged(kind('call'), callee, called, some({ input: literal })),
  merged(
    kind('map'),
    agents,
    made,
    fc.record({ over: literal }),
    some({
      input: fc.constant({ n: { $index: true }, of: { $item: 'a' } }),
      concurrency: fc.integer({ min: 1, max: 9 }),
      tolerate: fc.nat({ max: 9 }),
    }),
  ),
  merged(kind('gate'), fc.record({ test: literal }), some({ exhausted: fc.constantFrom('fail', 'continue') })),
  merged(kind('branch'), fc.record({ choose: literal, cases: words })),
  merged(
    kind('ask'),
    fc.record({ question: fc.constantFrom('?', { $text: ['a', { $from: 'input' }] }) }),
    fc.oneof(
      words.map((choices) => ({ choices })),
      fc.constant({ form: { type: 'object' } }),
    ),
    some({ show: literal, deadline: ms, quorum: fc.constant(1), who: words }),
  ),
  merged(
    kind('wait'),
    fc
      .oneof(
        ms.map((duration) => ({ duration })),
        fc.constantFrom('2026-03-01T09:00:00Z', 5).map((until) => ({ until })),
      )
      .map((awaited) => ({ for: awaited })),
  ),
  merged(
    kind('wait'),
    fc.constantFrom({ signal: 's' }, { event: 'e' }).map((awaited) => ({ for: awaited })),
    fc.oneof(
      fc.constant({}),
      fc.tuple(ms, values).map(([deadline, otherwise]) => ({ deadline, otherwise })),
    ),
  ),
  merged(kind('emit'), fc.record({ event: fc.constant('e') }), some({ data: literal })),
);

const common = some({
  description: fc.constantFrom('words', ''),
  when: fc.constantFrom(true, false, { $from: 'input.go' }),
  onFailure: fc.constantFrom('fail', 'continue'),
});

export const optionPlans: fc.Arbitrary<Plan> = fc
  .tuple(
    fc.array(fc.tuple(step, common, fc.nat({ max: 7 })), { minLength: 1, maxLength: 4 }),
    some({
      version: fc.constantFrom('1', 'two'),
      description: fc.constant('words'),
      input: fc.constant({ type: 'object' }),
      output: literal,
      timeout: ms,
      budget: fc.oneof(budget, fc.constant({ limit: 1, onLimit: 'ask' })),
      priority: fc.integer({ min: -9, max: 9 }),
      concurrency: fc.record({ key: fc.constant({ $from: 'input.site' }), limit: fc.integer({ min: 1, max: 9 }) }),
      retention: ms,
      fallbackPlan: fc.constant({ id: 'spare', steps: [{ id: 'x', agentId: 'a' }] }),
    }),
  )
  .map(([steps, more]) =>
    parsePlan({
      id: 'options',
      ...more,
      steps: steps.map(([own, shared_, after], at) => ({
        id: `s${at}`,
        ...own,
        ...shared_,
        dependencies: steps.slice(0, at).flatMap((_, before) => (((after >> before) & 1) === 1 ? [`s${before}`] : [])),
      })),
    }),
  );
