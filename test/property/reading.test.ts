/** Reading plans: every spelling is the same plan, what was read reads again, and what is wrong is told with its place. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '../../src/core/data/json.ts';
import { ContinuoError } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { compile } from '../../src/core/plan/program.ts';
import { parsePlan, readPlan } from '../../src/core/plan/read.ts';
import { planHash, planWorkflow } from '../../src/core/plan/workflow.ts';
import { start } from '../../src/core/run/decide.ts';
import { values } from './json-values.ts';
import { machines } from './machines.ts';
import { optionPlans } from './option-plans.ts';
import { plans } from './plans.ts';
import { respelled } from './spellings.ts';
import { holds } from './chance.ts';

const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function readsAgain(plan: Plan): void {
  const again = parsePlan(throughText(plan));
  assert.deepEqual(again, plan);
  assert.equal(planHash(again), planHash(plan));
}

/** Whatever is accepted can be started. */
function starts(plan: Plan): void {
  try {
    start(compile(planWorkflow(plan)), 'r', { project: 'p', input: { value: null } }, 0);
  } catch (error) {
    if (!(error instanceof ContinuoError)) throw error;
    assert.fail(`an accepted plan does not start: ${error.message}`);
  }
}

const anyPlans = fc.oneof(plans, optionPlans);

describe('a plan that was read', () => {
  it('reads again as the same plan, with the same hash', () => {
    holds(fc.property(anyPlans, readsAgain), 200);
  });

  it('is the same in whatever spelling it was written', () => {
    holds(
      fc.property(anyPlans, fc.infiniteStream(fc.nat()), (plan, chance) => {
        const spelled = respelled(plan, (ways) => Number(chance.next().value ?? 0) % ways);
        const read = parsePlan(spelled);
        assert.deepEqual(read, plan);
        assert.equal(planHash(read), planHash(plan));
      }),
      500,
    );
  });

  it('in the order of its steps is still one when it is read again', () => {
    holds(
      fc.property(anyPlans, (plan) => {
        const { plan: sequence, problems } = readPlan({ ...plan, parallel: false });
        if (sequence === undefined) assert.notEqual(problems.length, 0);
        else readsAgain(sequence);
      }),
      200,
    );
  });
});

/** Everything that is told has a place that is there, or would be. */
function toldWell(source: unknown): void {
  const { plan, problems } = readPlan(source);
  if (plan !== undefined) {
    readsAgain(plan);
    starts(plan);
    assert.equal(problems.length, 0);
    return;
  }
  assert.notEqual(problems.length, 0);
  const whole = typeof source !== 'object' || source === null || Array.isArray(source);
  for (const { path, problem, mend } of problems) {
    assert.ok(problem !== '' && mend !== '');
    // A field without a name has none at the top.
    assert.ok(whole || path !== '' || Object.hasOwn(source, ''), `${problem} has no place`);
    assert.ok(isPlace(path, source), `${path} is no place in the source`);
  }
  assert.throws(
    () => parsePlan(source),
    (error: unknown) =>
      error instanceof ContinuoError &&
      (error.code === 'PLAN_INVALID' || error.code === 'PLAN_UNREADABLE') &&
      problems.every(({ path }) => error.message.includes(path)),
  );
}

/** All of the path but its last part leads to something. */
function isPlace(path: string, here: unknown): boolean {
  const fields = typeof here === 'object' && here !== null ? Object.entries(here) : [];
  for (const [key, value] of fields) {
    const written = Array.isArray(here) ? `[${key}]` : key;
    if (path === written) return true;
    const rest = path.slice(written.length);
    if (path.startsWith(written) && /^[.[]/.test(rest) && isPlace(rest.replace(/^\./, ''), value)) return true;
  }
  return !/[.[]/.test(path);
}

interface Change {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'rename' | 'repeat';
  readonly value: Json;
  readonly name: string;
}

const words = fc.constantFrom(
  'id',
  'kind',
  'steps',
  'a',
  'b',
  'goTo',
  'max',
  'otherwise',
  'dependencies',
  'when',
  '$from',
  '$code',
  'digest',
  'constructor',
  '__proto__',
  'retry',
  'for',
  'cases',
);
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 200 }),
  how: fc.constantFrom('replace', 'remove', 'rename', 'repeat'),
  value: fc.oneof(
    values,
    fc.constantFrom<Json>(
      { $from: 'steps.a.output' },
      { $from: 'steps.b.output.x' },
      { $text: [] },
      { $not: null },
      'a',
      'b',
      [],
      {},
      0,
      -1,
      1.5,
    ),
  ),
  name: words,
});

/** Somewhere in the value, one thing is different. */
function changed(source: Json, { at, how, value, name }: Change): Json {
  const copy = throughText(source) as Json;
  const spots: (readonly [holder: Record<string, Json> | Json[], key: string])[] = [];
  const visit = (here: Json): void => {
    if (typeof here !== 'object' || here === null) return;
    for (const key of Object.keys(here)) {
      // What JSON.parse made is not frozen.
      const holder = here as Record<string, Json>;
      spots.push([holder, key]);
      visit(holder[key] ?? null);
    }
  };
  visit(copy);
  const spot = spots[at % Math.max(1, spots.length)];
  if (spot === undefined) return copy;
  const [holder, key] = spot;
  const list = Array.isArray(holder);
  if (how === 'repeat' && list) holder.push(holder[Number(key)] ?? null);
  else if (how === 'remove' || how === 'rename') {
    const old = (holder as Record<string, Json>)[key] ?? null;
    if (list) holder.splice(Number(key), 1);
    else delete holder[key];
    if (how === 'rename' && !list)
      Object.defineProperty(holder, name, { value: old, enumerable: true, configurable: true, writable: true });
  } else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

describe('whatever is given for a plan', () => {
  it('is refused with the reasons, where it is garbage', () => {
    holds(
      fc.property(
        fc.oneof(
          values,
          fc.anything(),
          fc.record({ id: values, steps: values }),
          fc.record({ id: fc.constant('p'), steps: fc.array(values) }),
        ),
        toldWell,
      ),
      500,
    );
  });

  it('is a plan, or is refused with the reasons, where a plan was changed here and there', () => {
    holds(
      fc.property(anyPlans, fc.array(change, { minLength: 1, maxLength: 4 }), (plan, changes) => {
        toldWell(changes.reduce((source: Json, one) => changed(source, one), plan as unknown as Json));
      }),
      1000,
    );
  });

  it('is a plan, or is refused with the reasons, where it is a state machine', () => {
    holds(
      fc.property(machines, fc.array(change, { maxLength: 2 }), (machine, changes) =>
        toldWell(changes.reduce((source: Json, one) => changed(source, one), machine as Json)),
      ),
      500,
    );
  });
});
