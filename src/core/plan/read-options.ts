/** The parts that steps and plans have in common: retries, timeouts, budgets, workers. */
import type { Json } from '../data/json.ts';
import { defined, isObject, type Fields } from './fields.ts';
import { quote } from './problem.ts';
import type { Budget, Join, OnFailure, RetryPolicy, Timeout, Undo, Worker } from './model.ts';

const backoffs = ['fixed', 'linear', 'exponential'] as const;

/** `retryPolicy` is seed 004's, whose delays grow linearly; `retry` is the builder's, with its defaults. */
export function readRetry(fields: Fields): RetryPolicy | undefined {
  const name = fields.either('retryPolicy', 'retry');
  const policy = fields.object(name);
  if (policy === undefined) return undefined;
  const short = name === 'retry';
  if (short) {
    fields.reading.moved.set(fields.at('retryPolicy'), policy.path);
    for (const [long, own] of [
      ['maxRetries', 'max'],
      ['backoffMs', 'delay'],
      ['capMs', 'cap'],
    ] as const) {
      fields.reading.moved.set(`${fields.at('retryPolicy')}.${long}`, policy.at(own));
    }
  }
  const max = short ? 'max' : 'maxRetries';
  policy.missing(max, 'it is not said how often to retry', `Give "${max}", a number.`);
  const read = defined<RetryPolicy>({
    maxRetries: policy.number(max) ?? 0,
    backoffMs: policy.duration(short ? 'delay' : 'backoffMs') ?? (short ? 1000 : 0),
    backoff: policy.oneOf('backoff', backoffs) ?? (short ? 'exponential' : 'linear'),
    capMs: policy.duration(short ? 'cap' : 'capMs'),
    jitter: policy.number('jitter'),
    only: policy.strings('only'),
    except: policy.strings('except'),
  });
  policy.close(`"${name}"`);
  return read;
}

export function readTimeout(fields: Fields): Timeout | undefined {
  if (!isObject(fields.some('timeout'))) {
    const attempt = fields.duration('timeout');
    fields.reading.moved.set(`${fields.at('timeout')}.attempt`, fields.at('timeout'));
    return attempt === undefined ? undefined : { attempt };
  }
  const timeout = fields.object('timeout');
  const read = timeout === undefined ? {} : defined<Timeout>({ attempt: timeout.duration('attempt'), total: timeout.duration('total') });
  timeout?.close('"timeout"');
  return Object.keys(read).length === 0 ? undefined : read;
}

export function readBudget(fields: Fields): Budget | undefined {
  if (!isObject(fields.some('budget'))) {
    const limit = fields.number('budget');
    fields.reading.moved.set(`${fields.at('budget')}.limit`, fields.at('budget'));
    return limit === undefined ? undefined : { limit, onLimit: 'stop' };
  }
  const budget = fields.object('budget');
  if (budget === undefined) return undefined;
  budget.missing('limit', 'the budget has no limit', 'Give "limit", in US dollars.');
  const read: Budget = { limit: budget.number('limit') ?? 0, onLimit: budget.oneOf('onLimit', ['degrade', 'ask', 'stop']) ?? 'stop' };
  budget.close('"budget"');
  return read;
}

export function readOnFailure(fields: Fields): OnFailure | undefined {
  if (!isObject(fields.some('onFailure'))) return fields.oneOf('onFailure', ['fail', 'continue']);
  const target = fields.object('onFailure');
  if (target === undefined) return undefined;
  target.missing('goTo', 'it is not said which step to go to', 'Give "goTo", the id of a step.');
  const read = defined<Exclude<OnFailure, string>>({ goTo: target.string('goTo') ?? '', max: target.number('max') });
  target.close('"onFailure"');
  return read;
}

export function readJoin(fields: Fields): Join | undefined {
  const source = fields.some('join');
  if (source === undefined) return undefined;
  if (source === 'any') return { atLeast: 1, rest: 'cancel' };
  if (!isObject(source))
    fields.reading.report(
      fields.at('join'),
      `${quote(source)} is not a join`,
      'Give "any", or { "atLeast": 2 }; leave it out to wait for all dependencies.',
    );
  const join = isObject(source) ? fields.object('join') : undefined;
  if (join === undefined) return undefined;
  join.missing('atLeast', 'it is not said how many dependencies are enough', 'Give "atLeast", a number.');
  const read: Join = { atLeast: join.number('atLeast') ?? 1, rest: join.oneOf('rest', ['cancel', 'finish']) ?? 'cancel' };
  join.close('"join"');
  return read;
}

const workers = ['agentId', 'capability', 'workflow', 'plan'] as const;

export type InnerPlan = (source: Json, path: string) => Json;

/** Who works: named beside the step's own fields, or, as in the normal form, in `worker`. */
export function readWorker(fields: Fields, inner: InnerPlan): Worker {
  const apart = fields.object('worker');
  const from = apart ?? fields;
  if (apart === undefined)
    for (const name of [...workers, 'action']) fields.reading.moved.set(`${fields.at('worker')}.${name}`, fields.at(name));
  const given = workers.filter((name) => from.has(name));
  const [kind = 'agentId', ...more] = given;
  if (given.length === 0)
    from.reading.report(from.at('agentId'), 'it is not said who does the work', 'Give "agentId", "capability", "workflow" or "plan".');
  for (const name of more) from.reading.report(from.at(name), `"${kind}" says already who does the work`, 'Keep one of them.');
  const action = from.string('action');
  const read = workerOf(from, kind, action, inner);
  apart?.close('"worker"');
  return read;
}

function workerOf(from: Fields, kind: (typeof workers)[number], action: string | undefined, inner: InnerPlan): Worker {
  switch (kind) {
    case 'agentId':
      return { agentId: from.string('agentId') ?? '', action: action ?? 'run' };
    case 'capability':
      return { capability: from.string('capability') ?? '', action: action ?? 'run' };
    case 'workflow':
    case 'plan':
      if (action !== undefined) from.reading.report(from.at('action'), `a ${kind} has no actions`, 'Remove it.');
      return kind === 'workflow'
        ? { workflow: from.string('workflow') ?? '' }
        : { plan: inner(from.some('plan') ?? null, from.at('plan')) };
  }
}

/** Compensation is done by the step's own agent unless another is named. */
export function readUndo(fields: Fields, worker: Worker): Undo | undefined {
  const undo = fields.object('undo');
  if (undo === undefined) return undefined;
  // The registry resolves a name by id first and by capability second, so a capability can stand here.
  const own = 'agentId' in worker ? worker.agentId : 'capability' in worker ? worker.capability : undefined;
  const agentId = undo.string('agentId');
  const action = undo.string('action');
  if (agentId === undefined && own === undefined)
    undo.reading.report(undo.at('agentId'), 'it is not said who undoes the step', 'Give "agentId".');
  if (agentId === undefined && action === undefined)
    undo.reading.report(undo.at('action'), 'it is not said how to undo the step', 'Give "action", one of the agent’s.');
  const read = defined<Undo>({
    agentId: agentId ?? own ?? '',
    action: action ?? 'run',
    input: undo.raw('input'),
    retryPolicy: readRetry(undo),
  });
  undo.close('"undo"');
  return read;
}

export function readResources(fields: Fields): Readonly<Record<string, number>> | undefined {
  const source = fields.some('resources');
  fields.object('resources');
  if (!isObject(source)) return undefined;
  const read: Record<string, number> = {};
  for (const [name, amount] of Object.entries(source)) {
    if (typeof amount === 'number') read[name] = amount;
    else
      fields.reading.report(
        `${fields.at('resources')}.${name}`,
        `${JSON.stringify(amount)} is not a number`,
        'Give how much of it the step needs.',
      );
  }
  return read;
}
