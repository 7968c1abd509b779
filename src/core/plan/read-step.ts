/** One step of the plan JSON, brought to the normal form. */
import type { Json } from '../data/json.ts';
import { defined, Fields, isObject, type Reading } from './fields.ts';
import type { AskStep, BranchStep, EmitStep, GateStep, MapStep, Step, StepKind, WaitStep, WorkStep } from './model.ts';
import {
  readBudget,
  readJoin,
  readOnFailure,
  readResources,
  readRetry,
  readTimeout,
  readUndo,
  readWorker,
  type InnerPlan,
} from './read-options.ts';

type Common = Pick<EmitStep, 'id' | 'description' | 'dependencies' | 'join' | 'when' | 'onFailure'>;
type Work = Omit<WorkStep, keyof Common | 'kind' | 'input'>;

const kinds: readonly StepKind[] = ['step', 'map', 'gate', 'branch', 'ask', 'wait', 'call', 'emit'];

/** Stands where a step could not be read, and gives no cause for further complaints. */
const unreadable = { kind: 'emit', event: 'unreadable', data: null } as const;

const kindsOf: Readonly<Record<string, StepKind>> = {
  over: 'map',
  tolerate: 'map',
  enough: 'map',
  test: 'gate',
  choose: 'branch',
  cases: 'branch',
  question: 'ask',
  choices: 'ask',
  form: 'ask',
  signal: 'wait',
  duration: 'wait',
  until: 'wait',
  event: 'emit',
};

/** For a field that only steps of another kind have: mostly that kind was left out. */
const mends: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kindsOf).map(([field, kind]) => [field, `Steps with "${field}" are of "kind": "${kind}".`]),
);

export function readStep(source: Json, path: string, reading: Reading, inner: InnerPlan): Step {
  const fields = new Fields(isObject(source) ? source : {}, path, reading);
  const kind = fields.has('kind') ? fields.oneOf('kind', kinds) : 'step';
  // Its place is kept, so that the paths of the other steps stay right.
  if (!isObject(source)) {
    reading.report(path, 'a step must be an object', 'Give { "id", "agentId", "action", "input", "dependencies" }.');
    return { id: '', ...unreadable, dependencies: [] };
  }
  const common = readCommon(fields);
  if (kind === undefined) return { ...common, ...unreadable };
  // `readKind` gives the fields of one kind and that kind's name, which its type cannot tie together.
  const step = { ...common, ...readKind(kind, fields, inner) } as Step;
  fields.close(`${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}${kind === 'step' ? '' : ' step'}`, mends);
  return step;
}

function readCommon(fields: Fields): Common {
  fields.missing('id', 'the step has no id', 'Give "id", a name that no other step has.');
  const list = fields.either('dependencies', 'after');
  if (list === 'after') fields.reading.moved.set(fields.at('dependencies'), fields.at('after'));
  const name = fields.string('name');
  return defined<Common>({
    id: fields.string('id') ?? '',
    description: fields.string('description') ?? name,
    dependencies: [...new Set(fields.strings(list))],
    join: readJoin(fields),
    when: fields.some('when'),
    onFailure: readOnFailure(fields),
  });
}

/** What a step has beside the common fields. */
type Own = OwnOf<WorkStep> | OwnOf<MapStep> | OwnOf<GateStep> | OwnOf<BranchStep> | OwnOf<AskStep> | OwnOf<WaitStep> | OwnOf<EmitStep>;
type OwnOf<T> = Omit<T, keyof Common>;

function readKind(kind: StepKind, fields: Fields, inner: InnerPlan): Own {
  switch (kind) {
    case 'step':
    case 'call':
      return readWork(kind, fields, inner);
    case 'map':
      return readMap(fields, inner);
    case 'gate':
      return readGate(fields);
    case 'branch':
      return readBranch(fields);
    case 'ask':
      return readAsk(fields);
    case 'wait':
      return readWait(fields);
    case 'emit':
      return readEmit(fields);
  }
}

function readOptions(fields: Fields, inner: InnerPlan): Work {
  const worker = readWorker(fields, inner);
  return defined<Work>({
    worker,
    retryPolicy: readRetry(fields),
    timeout: readTimeout(fields),
    heartbeat: fields.duration('heartbeat'),
    undo: readUndo(fields, worker),
    memo: fields.boolean('memo'),
    priority: fields.number('priority'),
    resources: readResources(fields),
    budget: readBudget(fields),
  });
}

function readWork(kind: 'step' | 'call', fields: Fields, inner: InnerPlan): OwnOf<WorkStep> {
  const work = readOptions(fields, inner);
  const calls = 'workflow' in work.worker || 'plan' in work.worker;
  if (kind === 'call' && !calls)
    fields.reading.report(
      fields.at('kind'),
      'a call names no workflow and no plan',
      'Give "workflow" or "plan"; an agent’s work is a "step".',
    );
  return { kind: calls ? 'call' : 'step', ...work, input: fields.raw('input') ?? null };
}

function readMap(fields: Fields, inner: InnerPlan): OwnOf<MapStep> {
  fields.missing(
    'over',
    'it is not said what the map goes over',
    'Give "over", a list or a reference to one: { "$from": "steps.script.output.scenes" }.',
  );
  return defined<OwnOf<MapStep>>({
    kind: 'map',
    ...readOptions(fields, inner),
    over: fields.raw('over') ?? null,
    input: fields.raw('input') ?? { $item: '' },
    concurrency: fields.number('concurrency'),
    tolerate: fields.number('tolerate'),
    enough: fields.number('enough'),
  });
}

function readGate(fields: Fields): OwnOf<GateStep> {
  fields.missing(
    'test',
    'the gate tests nothing',
    'Give "test", for instance { "$compare": [{ "$from": "steps.review.output.score" }, ">=", 7] }.',
  );
  const back = fields.object('otherwise');
  back?.missing('backTo', 'it is not said where the gate goes back to', 'Give "backTo", the id of an earlier step.');
  back?.missing('max', 'the back edge is unbounded', 'Give "max", how often the gate may go back.');
  const keepBest = back?.some('keepBest');
  const otherwise =
    back && defined<NonNullable<GateStep['otherwise']>>({ backTo: back.string('backTo') ?? '', max: back.number('max') ?? 1, keepBest });
  back?.close('"otherwise"');
  const exhausted = fields.oneOf('exhausted', ['fail', 'continue']) ?? (keepBest === undefined ? 'fail' : 'continue');
  return defined<OwnOf<GateStep>>({ kind: 'gate', test: fields.raw('test') ?? null, otherwise, exhausted });
}

function readBranch(fields: Fields): OwnOf<BranchStep> {
  fields.missing('choose', 'the branch chooses by nothing', 'Give "choose", an expression that gives the name of a case.');
  fields.missing('cases', 'the branch has no cases', 'Give "cases", the names that "choose" may give.');
  return { kind: 'branch', choose: fields.raw('choose') ?? null, cases: fields.strings('cases') ?? [] };
}

function readAsk(fields: Fields): OwnOf<AskStep> {
  fields.missing('question', 'nothing is asked', 'Give "question".');
  return defined<OwnOf<AskStep>>({
    kind: 'ask',
    question: fields.raw('question') ?? '',
    show: fields.some('show'),
    choices: fields.strings('choices'),
    form: fields.some('form'),
    deadline: fields.duration('deadline'),
    otherwise: fields.has('choices') ? fields.some('otherwise') : answerAt(fields),
    quorum: fields.number('quorum'),
    who: fields.strings('who'),
  });
}

/** At a deadline, `null` is an answer; without one it is nothing. */
function answerAt(fields: Fields): Json | undefined {
  return fields.has('deadline') ? fields.raw('otherwise') : fields.some('otherwise');
}

const awaited = ['duration', 'until', 'signal', 'event'] as const;

/** What is waited for stands in `for`, or, in short, beside the step's own fields. */
function readWait(fields: Fields): OwnOf<WaitStep> {
  const apart = fields.object('for');
  const from = apart ?? fields;
  if (apart === undefined) for (const name of awaited) fields.reading.moved.set(`${fields.at('for')}.${name}`, fields.at(name));
  const given = awaited.filter((name) => from.has(name));
  const [kind, ...more] = given;
  if (kind === undefined)
    from.reading.report(from.at('duration'), 'it is not said what to wait for', 'Give "duration", "until", "signal" or "event".');
  for (const name of more) from.reading.report(from.at(name), `"${kind ?? ''}" says already what to wait for`, 'Keep one of them.');
  const read = defined<OwnOf<WaitStep>>({
    kind: 'wait',
    for: awaitedBy(from, kind ?? 'duration'),
    deadline: fields.duration('deadline'),
    otherwise: answerAt(fields),
  });
  apart?.close('"for"');
  return read;
}

function awaitedBy(from: Fields, kind: (typeof awaited)[number]): WaitStep['for'] {
  switch (kind) {
    case 'duration':
      return { duration: from.duration('duration') ?? 0 };
    case 'until':
      return { until: from.some('until') ?? null };
    case 'signal':
      return { signal: from.string('signal') ?? '' };
    case 'event':
      return { event: from.string('event') ?? '' };
  }
}

function readEmit(fields: Fields): OwnOf<EmitStep> {
  fields.missing('event', 'nothing is emitted', 'Give "event", the name of the event.');
  return { kind: 'emit', event: fields.string('event') ?? '', data: fields.raw('data') ?? null };
}
