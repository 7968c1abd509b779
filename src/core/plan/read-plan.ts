/** The plan JSON: our own, which is seed 004's made wider, and the normal form itself. */
import type { Json } from '../data/json.ts';
import { defined, Fields, isList, isObject, type JsonObject, type Reading } from './fields.ts';
import type { Plan, Step } from './model.ts';
import { idFrom } from './plan-id.ts';
import { quote, suggest } from './problem.ts';
import { readBudget } from './read-options.ts';
import { readStep } from './read-step.ts';
import { inSequence } from './sequence.ts';
import { isStateMachine, readStateMachine } from './state-machine.ts';

/** A plan in any of the accepted forms; what it lacks is reported, and something harmless put in its place. */
export function readAnyPlan(source: Json, path: string, reading: Reading): Plan {
  if (!isObject(source)) {
    reading.report(path, 'a plan must be an object', 'Give { "id", "steps": [ … ] }.');
    return { format: 'continuo/1', id: '', steps: [] };
  }
  return isStateMachine(source) ? readStateMachine(source, path, reading) : readPlanJson(source, path, reading);
}

function readPlanJson(source: JsonObject, path: string, reading: Reading): Plan {
  const fields = new Fields(source, path, reading);
  checkFormat(fields);
  const name = fields.string('name');
  const goal = fields.string('goal');
  if (!fields.has('name')) fields.missing('id', 'the plan has no id', 'Give "id", the name of the workflow.');
  const steps = readSteps(fields);
  const parallel = fields.boolean('parallel') ?? true;
  if (!parallel) refuseJoins(fields, steps);
  const fallback = fields.some('fallbackPlan');
  const plan = defined<Plan>({
    format: 'continuo/1',
    id: fields.string('id') ?? idFrom(name ?? ''),
    version: readVersion(fields),
    description: fields.string('description') ?? goal,
    input: fields.some('input'),
    steps: parallel ? steps : inSequence(steps),
    output: fields.some('output'),
    timeout: fields.duration('timeout'),
    fallbackPlan: fallback === undefined ? undefined : readAnyPlan(fallback, fields.at('fallbackPlan'), reading),
    budget: readBudget(fields),
    priority: fields.number('priority'),
    concurrency: readConcurrency(fields),
    retention: fields.duration('retention'),
  });
  fields.close('a plan');
  return plan;
}

function checkFormat(fields: Fields): void {
  const format = fields.some('format');
  if (format === undefined || format === 'continuo/1') return;
  const newer = typeof format === 'string' && /^continuo\/\d+$/.test(format);
  fields.reading.report(
    fields.at('format'),
    newer ? `a newer version of Continuo wrote this plan: its format is ${quote(format)}` : `${quote(format)} is not a format of plans`,
    newer ? 'Upgrade this installation.' : suggest(format, ['continuo/1']),
  );
}

function readVersion(fields: Fields): string | undefined {
  const version = fields.some('version');
  return typeof version === 'number' ? String(version) : fields.string('version');
}

function readSteps(fields: Fields): readonly Step[] {
  fields.missing('steps', 'the plan has no steps', 'Give "steps", a list.');
  const inner = (source: Json, path: string): Json => readInnerPlan(source, path, fields.reading);
  return (fields.list('steps') ?? []).map((step, place) => readStep(step, `${fields.at('steps')}[${place}]`, fields.reading, inner));
}

/** One after another, there is never a rest to be cut off. */
function refuseJoins(fields: Fields, steps: readonly Step[]): void {
  for (const [place, { id, join }] of steps.entries()) {
    if (join !== undefined)
      fields.reading.report(
        `${fields.at('steps')}[${place}].join`,
        `step ${quote(id)} joins steps that run one after another`,
        'Remove it, or "parallel": false.',
      );
  }
}

function readConcurrency(fields: Fields): Plan['concurrency'] {
  const concurrency = fields.object('concurrency');
  if (concurrency === undefined) return undefined;
  concurrency.missing('key', 'the concurrency has no key', 'Give "key": runs with the same key go one after another.');
  const read = { key: concurrency.raw('key') ?? null, limit: concurrency.number('limit') ?? 1 };
  concurrency.close('"concurrency"');
  return read;
}

/** A plan that is written inside a step stands there literally: its references are its own. */
function readInnerPlan(source: Json, path: string, reading: Reading): Json {
  if (!isObject(source)) return source;
  const literal = source['$literal'];
  if (isPlanLike(literal) && Object.keys(source).length === 1)
    return { $literal: asJson(readAnyPlan(literal, `${path}.$literal`, reading)) };
  if (!isPlanLike(source)) return source;
  reading.moved.set(`${path}.$literal`, path);
  return { $literal: asJson(readAnyPlan(source, path, reading)) };
}

export function isPlanLike(value: Json | undefined): value is JsonObject {
  return isObject(value) && isList(value['steps']);
}

function asJson(plan: Plan): Json {
  // Plans are plain JSON by P1, which the interface types cannot say.
  return plan as unknown as Json;
}
