/** A question as it is put on the screen. */
import type { Json } from '../../core/data/json.ts';
import type { Question } from '../../core/run/outstanding.ts';
import { prettyJson } from '../terminal/pretty-json.ts';
import type { Screen } from '../terminal/screen.ts';
import { clock, moment, span } from '../terminal/time.ts';
import { oneLine, safe } from '../terminal/width.ts';

export function showQuestion(screen: Screen, question: Question, now: number): void {
  const { paint } = screen;
  const item = question.item === undefined ? '' : `[${question.item}]`;
  screen.line();
  screen.line(`  ${paint('magenta', '?')} ${paint('bold', safe(question.question).replaceAll('\n', '\n    '))}  ${paint('dim', `${oneLine(question.step)}${item}`)}`);
  if (question.show !== undefined) {
    screen.line();
    for (const line of shown(question.show, screen)) screen.line(`    ${line}`);
  }
  for (const line of notes(question, now)) screen.line(`    ${paint('dim', line)}`);
}

function shown(value: Json, screen: Screen): readonly string[] {
  if (typeof value === 'string') return safe(value).split('\n').slice(0, screen.rows);
  return prettyJson(value, { lines: Math.max(8, screen.rows - 8), columns: screen.columns - 5 }, screen.paint);
}

/** What else is to be known about it. */
export function* notes(question: Question, now: number): Generator<string> {
  const { quorum, answers, who, deadline, otherwise } = question;
  if (quorum > 1) yield `${answers} of ${quorum} answers so far`;
  if (who !== undefined) yield `for ${who.map(oneLine).join(', ')}`;
  if (deadline !== undefined) yield `${deadlineWord(deadline, now)}${otherwise === undefined ? ', then it fails' : `, then ${oneLine(typeof otherwise === 'string' ? otherwise : JSON.stringify(otherwise))} is taken`}`;
}

function deadlineWord(deadline: number, now: number): string {
  const left = deadline - now;
  return left <= 0 ? 'its time is over' : `until ${left < 86_400_000 ? clock(deadline) : moment(deadline)} (${span(left)})`;
}
