/**
 * How a run stands, together with the runs that it called: whether anything moves by
 * itself, and if not, what is missing.
 */
import type { Question } from '../../core/run/outstanding.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView } from '../../engine/view.ts';

export type OpenQuestion = Question & { readonly runId: string };

export interface Standing {
  /** The run itself, then those called that have not ended. */
  readonly views: readonly [RunView, ...RunView[]];
  readonly is:
    | 'ended'
    /** An agent works. */
    | 'busy'
    /** People are asked, and nobody works. */
    | 'asking'
    | 'paused'
    /** Nobody works, and nobody is asked: it is for time, a signal or its turn. */
    | 'waiting';
  readonly questions: readonly OpenQuestion[];
  /** Whether time alone will bring it on: a retry, or a step that waits for an instant. */
  readonly retries: boolean;
  readonly timers: boolean;
  /** In words, with the run that it is for. */
  readonly waitsFor: readonly { readonly runId: string; readonly step: string; readonly what: string }[];
}

export async function standingOf(orchestrator: Pick<Orchestrator, 'get' | 'list'>, runId: string): Promise<Standing> {
  const root = await orchestrator.get(runId);
  if (root.endedAt !== undefined) return { views: [root], is: 'ended', questions: [], retries: false, timers: false, waitsFor: [] };
  const views: [RunView, ...RunView[]] = [root];
  let busy = false;
  for (const view of views) {
    const children = (await orchestrator.list({ parent: view.runId, limit: 10_000 })).filter((child) => child.endedAt === undefined);
    for (const { run } of children) views.push(await orchestrator.get(run));
    // What is in hand and is no child is an agent's.
    if (inHand(view) > children.length) busy = true;
  }
  const questions = views.flatMap((view) => view.questions.map((question) => ({ ...question, runId: view.runId })));
  const steps = views.flatMap((view) => Object.entries(view.steps).map(([step, state]) => ({ runId: view.runId, step, state })));
  const waits = steps.filter(({ state }) => state.status === 'waiting' && state.waitsFor !== 'an answer');
  const isPaused = views.some((view) => view.status === 'paused');
  const retries = !isPaused && (steps.some(({ state }) => state.status === 'retrying') || views.some((view) => view.phase === 'undoing'));
  const timers = !isPaused && waits.some(({ state }) => state.waitsFor === 'its time');
  return {
    views,
    is: busy ? 'busy' : isPaused ? 'paused' : questions.length > 0 ? 'asking' : 'waiting',
    questions,
    retries,
    timers,
    waitsFor: waits.map(({ runId: run, step, state }) => ({ runId: run, step, what: state.waitsFor ?? 'something' })),
  };
}

/** Attempts and children that the run has under way. */
function inHand(view: RunView): number {
  const running = Object.values(view.steps).reduce((sum, step) => sum + (step.status === 'running' ? (step.items?.running ?? 1) : 0), 0);
  const outside = view.phase === 'fallback' || (view.phase === 'undoing' && view.status === 'running') ? 1 : 0;
  return running + outside;
}
