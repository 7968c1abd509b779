import type { Program } from '../plan/program.ts';
import { attemptsInHand } from '../run/outstanding.ts';
import { hasEnded } from '../run/phases.ts';
import type { Run } from '../run/state.ts';

/** Something that a run waits for. */
export interface Awaited {
  readonly step: string;
  readonly item?: number;
  readonly for: 'result' | 'retry' | 'answer' | 'signal' | 'time';
}

interface Side {
  readonly program: Program;
  readonly run: Run;
}

/** What the one waits for and the other does not. */
export function awaitedBy(one: Side, other: Side): readonly Awaited[] {
  const known = new Set([...awaited(other)].map((what) => JSON.stringify(what)));
  return [...awaited(one)].filter((what) => !known.has(JSON.stringify(what)));
}

function* awaited({ program, run }: Side): Generator<Awaited> {
  if (hasEnded(run)) return;
  for (const { step, item } of attemptsInHand(run))
    yield { step: program.node(step).id, ...(item === undefined ? {} : { item }), for: 'result' };
  for (const place of run.active) {
    const state = run.steps.get(place);
    const { step, id } = program.node(place);
    if (state.is !== 'active') continue;
    if (state.work.do === 'ask') yield { step: id, for: 'answer' };
    else if (step.kind === 'wait') yield { step: id, for: 'signal' in step.for || 'event' in step.for ? 'signal' : 'time' };
    else if (state.work.do === 'task' && state.work.task.is !== 'running')
      yield { step: id, for: state.work.task.is === 'held' ? 'answer' : 'retry' };
  }
}
