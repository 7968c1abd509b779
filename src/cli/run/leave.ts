/** The last words about a run, and the exit code that goes with them. */
import type { Answers } from '../../engine/answers.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';
import { commandLine } from '../hints.ts';
import { pad, wrap } from '../terminal/width.ts';
import { tellAnswers } from './answers.ts';
import { outcomeJson, questionJson } from './outcome.ts';
import { againWith, answerWith, reportEnd, reportWaiting, type Again } from './report.ts';
import type { Left } from './session.ts';

interface Leaving {
  readonly shell: Shell;
  readonly screen: Screen;
  readonly left: Left;
  readonly again: Again;
  readonly json: boolean;
  /** Who answered what the run asked of the gateway. */
  readonly answers: readonly Answers[];
  /** The exit code that says which signal it was. */
  readonly interruptedBy: number;
}

export function leave({ shell, screen, left: { why, standing }, again, json, answers, interruptedBy }: Leaving): number {
  const [view] = standing.views;
  switch (why) {
    case 'interrupted':
      screen.line();
      screen.line(`  ${screen.paint('yellow', 'interrupted')}; nothing that is done is lost. To go on:`);
      screen.line();
      screen.line(`    ${againWith(again, view.runId)}`);
      if (json) shell.out.line(JSON.stringify(outcomeJson(view, { interrupted: true })));
      return interruptedBy;
    case 'waiting': {
      reportWaiting(screen, standing, again);
      const questions = standing.questions.map((question) => questionJson(question, answerWith(question, again.store)[0] ?? ''));
      if (json)
        shell.out.line(
          JSON.stringify(outcomeJson(view, { questions, ...(standing.waitsFor.length === 0 ? {} : { waitsFor: standing.waitsFor }) })),
        );
      return exitCodes.waiting;
    }
    case 'ended':
      if (json) shell.out.line(JSON.stringify(outcomeJson(view, answers.length === 0 ? {} : { answers })));
      else reportEnd(screen, view, again);
      if (!json) tellWho(screen, answers);
      return exitCodeOf(view.status);
  }
}

function tellWho(screen: Screen, answers: readonly Answers[]): void {
  if (answers.length === 0) return;
  screen.line();
  for (const [name, value] of tellAnswers(answers))
    for (const [at, line] of wrap(value, screen.columns - 12).entries())
      screen.line(screen.paint('dim', `  ${at === 0 ? pad(name, 8) : ' '.repeat(8)} ${line}`));
  if (answers.every(({ source }) => source === 'rules'))
    screen.line(screen.paint('dim', `  models answer where there is a key: ${commandLine('gateway', 'check')}`));
}
