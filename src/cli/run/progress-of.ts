/** How the run is shown: in place on a terminal, line by line elsewhere. */
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView } from '../../engine/view.ts';
import { Board } from '../progress/board.ts';
import { LiveProgress } from '../progress/live.ts';
import { PlainProgress } from '../progress/plain.ts';
import type { Progress } from '../progress/progress.ts';
import type { Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';

interface Shown {
  readonly orchestrator: Pick<Orchestrator, 'on' | 'get'>;
  readonly runId: string;
  readonly workflow: AnyWorkflow;
  /** How it stood when it was found; undefined when it is new. */
  readonly known: RunView | undefined;
  readonly screen: Screen;
  readonly shell: Shell;
}

const nothing: Progress = {
  sync: () => undefined,
  note: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  end: () => undefined,
};

export function progressOf({ orchestrator, runId, workflow, known, screen, shell }: Shown): Progress {
  if (known?.endedAt !== undefined) return nothing;
  if (!screen.isTerminal) {
    screen.line(`${workflow.id}  run ${runId}${known === undefined ? '' : '  (going on)'}`);
    return new PlainProgress(runId, Date.now(), orchestrator, screen);
  }
  const board = new Board(runId, workflow.id, known?.startedAt ?? Date.now());
  // A run that is known goes by its own version of the plan.
  if (known === undefined) for (const { id } of workflow.plan.steps) board.line(id);
  else board.sync(known, Date.now());
  const terminals = [shell.out, shell.err].filter((one) => one.isTerminal);
  return new LiveProgress(board, orchestrator, screen, terminals);
}
