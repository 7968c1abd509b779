/**
 * What is known of a run while it is watched: told by the engine's live events, set
 * right by a view whenever there is one.
 *
 * B1. Nothing here is drawn, and nothing is asked: the painters read it.
 */
import type { Json } from '../../core/data/json.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView, StepView } from '../../engine/view.ts';
import { oneLine } from '../terminal/width.ts';

export interface Line {
  readonly id: string;
  kind: StepView['kind'] | undefined;
  state: StepView['status'];
  agent: string | undefined;
  /** When the step, or its present visit, began. */
  since: number | undefined;
  took: number | undefined;
  attempt: number;
  visit: number;
  items: { total: number; done: number; failed: number } | undefined;
  /** How far the agent says it is, 0..1. */
  share: number | undefined;
  /** The same of the items that are in hand. */
  readonly parts: Map<number, number>;
  /** The last thing that was said. */
  said: string | undefined;
  retryAt: number | undefined;
  error: string | undefined;
  waitsFor: string | undefined;
}

const fresh = (id: string): Line => ({
  id,
  kind: undefined,
  state: 'pending',
  agent: undefined,
  since: undefined,
  took: undefined,
  attempt: 0,
  visit: 1,
  items: undefined,
  share: undefined,
  parts: new Map(),
  said: undefined,
  retryAt: undefined,
  error: undefined,
  waitsFor: undefined,
});

export class Board {
  readonly runId: string;
  readonly lines: Map<string, Line> = new Map();
  readonly children: Map<string, Board> = new Map();
  readonly startedAt: number;
  workflow: string;
  status: RunView['status'] = 'running';
  phase = 'forward';
  endedAt: number | undefined;

  constructor(runId: string, workflow: string, startedAt: number) {
    this.runId = runId;
    this.workflow = workflow;
    this.startedAt = startedAt;
  }

  line(step: string): Line {
    let line = this.lines.get(step);
    if (line === undefined) this.lines.set(step, (line = fresh(step)));
    return line;
  }

  /** The board of this run, or of one that it called. */
  of(runId: string, now: number): Board | undefined {
    if (runId === this.runId) return this;
    if (!runId.startsWith(`${this.runId}~`)) return undefined;
    const next = runId.indexOf('~', this.runId.length + 1);
    const id = next < 0 ? runId : runId.slice(0, next);
    let child = this.children.get(id);
    if (child === undefined) this.children.set(id, (child = new Board(id, '', now)));
    return child.of(runId, now);
  }

  /** `film`, `pictures[3]`: the step that called a child. */
  callerOf(child: Board): { readonly step: string; readonly name: string } {
    const key = child.runId.slice(this.runId.length + 1);
    const parts = key.split('.');
    const plain = parts.slice(0, -1).join('.');
    if (key === 'fallback' || this.lines.has(plain)) return { step: plain, name: plain === '' ? key : plain };
    return { step: parts.slice(0, -2).join('.'), name: `${parts.slice(0, -2).join('.')}[${parts.at(-2)}]` };
  }

  /** The journal's word counts more than what events left here. */
  sync(view: RunView, now: number): void {
    this.workflow = view.workflow;
    this.status = view.status;
    this.phase = view.phase;
    this.endedAt = view.endedAt;
    for (const [id, step] of Object.entries(view.steps)) setRight(this.line(id), step, now);
    for (const { step, question } of view.questions) this.line(step).said = oneLine(question);
    for (const { step, choice } of view.decisions)
      if (this.line(step).state === 'done') this.line(step).said = choice === undefined ? 'answered' : oneLine(choice);
  }

  get hasEnded(): boolean {
    return this.status === 'succeeded' || this.status === 'failed' || this.status === 'cancelled';
  }
}

function setRight(line: Line, step: StepView, now: number): void {
  line.kind = step.kind;
  if (line.state !== step.status) {
    line.state = step.status;
    if (step.status === 'pending') line.since = undefined;
    else if (step.status === 'running' || step.status === 'retrying' || step.status === 'waiting') line.since ??= now;
    else line.took ??= line.since === undefined ? undefined : now - line.since;
  }
  line.attempt = Math.max(line.attempt, step.attempts);
  line.visit = step.visits;
  line.retryAt = step.retryAt;
  line.waitsFor = step.waitsFor;
  line.error = step.error === undefined ? undefined : oneLine(step.error.message);
  if (step.items !== undefined) line.items = step.items;
}

/** What a person, or a branch, decided. */
function decision(response: Json | undefined): string | undefined {
  if (typeof response !== 'object' || response === null || !('choice' in response) || typeof response.choice !== 'string') return undefined;
  return oneLine(response.choice);
}

/** Keeps the board up to date by the engine's events; `changed` after each. Answers with its own end. */
export function follow(board: Board, orchestrator: Pick<Orchestrator, 'on'>, now: () => number, changed: () => void): () => void {
  const at = (event: { readonly runId: string; readonly stepId?: string }): Line | undefined =>
    event.stepId === undefined ? undefined : board.of(event.runId, now())?.line(event.stepId);
  const begin = (line: Line): void => {
    line.state = 'running';
    line.since ??= now();
    line.retryAt = undefined;
  };
  const end = (line: Line, state: Line['state']): void => {
    line.state = state;
    line.took = line.since === undefined ? undefined : now() - line.since;
    line.said = undefined;
    line.share = undefined;
    line.waitsFor = undefined;
  };
  const told = <E extends { readonly runId: string; readonly stepId: string }>(
    change: (line: Line, event: E) => void,
  ): ((event: E) => void) => {
    return (event) => {
      const line = at(event);
      if (line === undefined) return;
      change(line, event);
      changed();
    };
  };
  const ends = [
    orchestrator.on('run:status', ({ runId, status }) => {
      const one = board.of(runId, now());
      if (one !== undefined) one.status = status;
      changed();
    }),
    orchestrator.on(
      'step:started',
      told((line, event) => {
        begin(line);
        line.agent = event.agentId;
        line.visit = event.visit;
        if (event.item === undefined) line.attempt = event.attempt;
      }),
    ),
    orchestrator.on(
      'step:completed',
      told((line, { response }) => {
        end(line, 'done');
        line.said = decision(response);
      }),
    ),
    orchestrator.on(
      'step:skipped',
      told((line, { why }) => end(line, why === 'overtaken' ? 'overtaken' : 'skipped')),
    ),
    orchestrator.on(
      'step:failed',
      told((line, event) => {
        end(line, 'failed');
        line.error = oneLine(event.error.message);
      }),
    ),
    orchestrator.on(
      'step:retry',
      told((line, event) => {
        if (event.item === undefined) {
          line.state = 'retrying';
          line.retryAt = event.at;
        }
        line.attempt = Math.max(line.attempt, event.attempt);
        line.error = oneLine(event.error.message);
      }),
    ),
    orchestrator.on(
      'step:reopened',
      told((line, { runId, by, round }) => {
        // What follows from it is done again too; the next view says which steps these are.
        Object.assign(line, fresh(line.id), {
          kind: line.kind,
          visit: line.visit + 1,
          said: `sent back by ${oneLine(by)}, round ${round}`,
        });
        board.of(runId, now())?.line(by);
      }),
    ),
    orchestrator.on(
      'map:opened',
      told((line, { items }) => {
        begin(line);
        line.parts.clear();
        line.items = { total: items, done: 0, failed: 0 };
      }),
    ),
    orchestrator.on('item:completed', (event) => {
      const line = at(event);
      if (line?.items !== undefined) line.items.done++;
      line?.parts.delete(event.item);
      changed();
    }),
    orchestrator.on('item:failed', (event) => {
      const line = at(event);
      if (line?.items !== undefined) line.items.failed++;
      line?.parts.delete(event.item);
      changed();
    }),
    orchestrator.on(
      'step:progress',
      told((line, { share, message, item }) => {
        if (item === undefined) line.share = share;
        else line.parts.set(item, share);
        if (message !== undefined) line.said = oneLine(message);
      }),
    ),
    orchestrator.on(
      'step:log',
      told((line, { message }) => (line.said = oneLine(message))),
    ),
    orchestrator.on(
      'question:opened',
      told((line, { question }) => {
        line.state = 'waiting';
        line.since ??= now();
        line.waitsFor = 'an answer';
        line.said = oneLine(question);
      }),
    ),
  ];
  return () => {
    for (const stop of ends) stop();
  };
}
