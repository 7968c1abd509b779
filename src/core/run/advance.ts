/**
 * From "something happened" to rest: starts what is ready, skips what cannot run,
 * closes what is complete, and ends the run when nothing is left.
 *
 * A1. Only steps that were touched are looked at, so that the cost of a decision does
 *     not grow with the plan.
 * A2. A paused or ending run starts nothing.
 */
import { ContinuoError, fault, faultOf } from '../errors.ts';
import type { Json } from '../data/json.ts';
import { truthy } from '../plan/expression.ts';
import type { MapStep, WorkStep } from '../plan/model.ts';
import type { Node } from '../plan/program.ts';
import { keepOf } from './active.ts';
import { inline, type Draft } from './draft.ts';
import { endIfQuiet, failRun } from './ending.ts';
import { decideJoin, overtakeAgain, turnOf } from './joins.ts';
import { openAsk, openGate, openWait } from './opening.ts';
import type { Fault } from './events.ts';
import { mayGoWell } from './retry.ts';
import type { Run, Work } from './state.ts';
import { workOf } from './tasks.ts';
import { nextVisit } from './visits.ts';

export function advance(draft: Draft): void {
  while (draft.run.pausedAt === undefined) {
    const place = draft.touched.shift();
    if (place !== undefined) consider(draft, draft.program.node(place));
    else if (!endIfQuiet(draft)) return;
  }
}

function consider(draft: Draft, node: Node): void {
  const state = draft.run.steps.get(node.place);
  if (draft.run.phase.is !== 'forward') return;
  if (state.is === 'active' && state.work.do === 'map') return closeMap(draft, node.place);
  if (state.is !== 'idle') return;
  const turn = turnOf(draft.program, draft.run, node);
  if (turn === 'not yet') return;
  if (turn === 'never') return skip(draft, node, 'dependencies');
  decideJoin(draft, node);
  guarded(draft, node, () => {
    if (node.when !== undefined && !truthy(node.when(draft.scope(node)))) skip(draft, node, 'when');
    else begin(draft, node);
  });
}

function skip(draft: Draft, node: Node, why: 'when' | 'dependencies'): void {
  draft.push({ type: 'step.skipped', step: node.place, why });
  draft.settled(node.place);
}

/** A function of the plan that fails, fails its step and nothing else. */
function guarded(draft: Draft, node: Node, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof ContinuoError)) throw error;
    failStep(draft, node.place, faultOf(error));
  }
}

function begin(draft: Draft, node: Node): void {
  const state = draft.run.steps.get(node.place);
  const keep = keepOf(state);
  // Work that is taken up again after a failure goes on in its visit; only going back makes a new one.
  const visit = keep === undefined || state.visit === 0 ? nextVisit(draft.run, node.place) : state.visit;
  const at = { step: node.place, visit };
  const step = node.step;
  switch (step.kind) {
    case 'step':
    case 'call':
      return draft.push({ type: 'task.started', ...at, attempt: (keep?.attempts ?? 0) + 1 });
    case 'map': {
      const items = draft.shelf.opened({ place: node.place, visit, epoch: draft.run.epoch }, listOf(step.id, node.main(draft.scope(node))));
      draft.push({ type: 'map.opened', ...at, items: items.length });
      return closeMap(draft, node.place);
    }
    case 'gate':
      return openGate(draft, node, step, visit, failStep);
    case 'branch': {
      const choice = node.main(draft.scope(node));
      if (typeof choice !== 'string' || !step.cases.includes(choice)) {
        throw new ContinuoError(
          'BRANCH_UNKNOWN',
          `branch ${step.id} chose ${JSON.stringify(choice ?? null)}; its cases are ${step.cases.join(', ')}`,
        );
      }
      return finish(draft, node, visit, { choice });
    }
    case 'ask':
      return openAsk(draft, node, step, visit);
    case 'wait':
      return openWait(draft, node, step, visit);
    case 'emit':
      draft.push({ type: 'emitted', name: step.event, data: inline(node.main(draft.scope(node)) ?? null), step: node.place });
      return finish(draft, node, visit, null);
  }
}

/** What is opened together is decided together, and meanwhile nothing else is. */
const mostItems = 20_000;

export function listOf(step: string, value: Json | undefined): readonly Json[] {
  if (Array.isArray(value) && value.length > mostItems)
    throw new ContinuoError('VALUE_TOO_LARGE', `the \`over\` of map ${step} gave ${value.length} items; a map takes ${mostItems}`);
  if (Array.isArray(value)) return value as readonly Json[];
  throw new ContinuoError(
    'MAP_NOT_A_LIST',
    `the \`over\` of map ${step} gave ${value === undefined || value === null ? 'nothing' : `a ${typeof value}`}, not a list`,
  );
}

export function finish(draft: Draft, node: Node, visit: number, output: Json): void {
  draft.push({ type: 'step.completed', step: node.place, visit, output: inline(output) });
  draft.settled(node.place);
}

type MapWork = Extract<Work, { do: 'map' }>;

function mapAt(run: Run, place: number): { readonly visit: number; readonly work: MapWork } | undefined {
  const state = run.steps.get(place);
  return state.is === 'active' && state.work.do === 'map' ? { visit: state.visit, work: state.work } : undefined;
}

/** Of a list that is shorter than `enough`, all are needed. */
function hasEnough(step: WorkStep | MapStep, { items, done }: MapWork): boolean {
  return step.kind === 'map' && step.enough !== undefined && done >= Math.min(step.enough, items.length);
}

/** Whether more items have failed than may. */
function hasLost(step: WorkStep | MapStep, { items, failed }: MapWork): boolean {
  if (step.kind !== 'map') return failed > 0;
  return failed > (step.enough === undefined ? (step.tolerate ?? 0) : Math.max(0, items.length - step.enough));
}

/** Starts items as far as concurrency lets it. */
function fillMap(draft: Draft, place: number): void {
  const step = workOf(draft.program.node(place));
  const limit = (step.kind === 'map' ? step.concurrency : undefined) ?? Infinity;
  for (let map = mapAt(draft.run, place); map !== undefined; map = mapAt(draft.run, place)) {
    const { work, visit } = map;
    if (work.open >= limit || hasEnough(step, work) || hasLost(step, work) || work.next >= work.items.length) return;
    const item = work.items.get(work.next);
    if (item.is === 'done') draft.push({ type: 'item.kept', step: place, item: work.next });
    else draft.push({ type: 'task.started', step: place, item: work.next, visit, attempt: item.is === 'failed' ? item.attempts + 1 : 1 });
  }
}

/** After an item settled: the next ones start, or the map is complete. */
export function closeMap(draft: Draft, place: number): void {
  if (draft.run.phase.is === 'forward' && draft.run.pausedAt === undefined) fillMap(draft, place);
  const map = mapAt(draft.run, place);
  if (map === undefined) return;
  const { work, visit } = map;
  const step = workOf(draft.program.node(place));
  const enough = hasEnough(step, work);
  if (work.open > 0 && !enough) return;
  if (!enough && hasLost(step, work)) return failStep(draft, place, itemsFailed(step.id, work));
  if (!enough && work.next < work.items.length) return;
  draft.push({ type: 'map.closed', step: place, visit });
  draft.settled(place);
}

function itemsFailed(id: string, work: MapWork): Fault {
  const errors = work.items.toArray().flatMap((item, index) => (item.is === 'failed' ? [{ item: index, ...item.error }] : []));
  const first = errors[0];
  // One that may go well another time is enough for the map to be tried again by whoever called its run.
  const hopeless = errors.some((error) => mayGoWell(error)) ? {} : { retryable: false };
  return fault(
    'MAP_ITEMS_FAILED',
    `${work.failed} of ${work.items.length} items of ${id} failed; the first is [${first?.item ?? 0}]: ${first?.message ?? ''}`,
    {
      ...hopeless,
      details: errors.slice(0, 10).map(({ item, code, message }) => ({ item, code, message })),
    },
  );
}

/** The step has failed for good: what its plan says of that happens. */
export function failStep(draft: Draft, place: number, error: Fault): void {
  const node = draft.program.node(place);
  const state = draft.run.steps.get(place);
  const visit = state.is === 'active' ? state.visit : nextVisit(draft.run, place);
  const ending = draft.run.phase.is !== 'forward';
  const round = (draft.run.loops[place]?.round ?? 0) + 1;
  const back = node.step.kind === 'gate' ? undefined : node.back;
  const again = !ending && back !== undefined && round <= back.max;
  const handled = !ending && (again || node.rescue !== undefined || node.step.onFailure === 'continue');
  draft.push({ type: 'step.failed', step: place, visit, error, handled });
  if (again) {
    draft.push({ type: 'step.reopened', step: back.to, by: place, round, verdict: { code: error.code, message: error.message } });
    draft.touched.push(back.to);
    overtakeAgain(draft);
  } else if (handled) draft.settled(place);
  else failRun(draft, { ...error, message: `${node.id}: ${error.message}` }, true);
}
