/** A question as it is put on the screen. */
import type { Json } from '../../core/data/json.ts';
import type { Question } from '../../core/run/outstanding.ts';
import type { Screen } from '../terminal/screen.ts';
import { clock, moment, span } from '../terminal/time.ts';
import { fit, oneLine, safe } from '../terminal/width.ts';

export function showQuestion(screen: Screen, question: Question, now: number): void {
  const { paint } = screen;
  const item = question.item === undefined ? '' : `[${question.item}]`;
  screen.line();
  screen.line(
    `  ${paint('magenta', '?')} ${paint('bold', safe(question.question).replaceAll('\n', '\n    '))}  ${paint('dim', `${oneLine(question.step)}${item}`)}`,
  );
  if (question.show !== undefined) {
    screen.line();
    for (const line of shown(question.show, screen)) screen.line(`    ${line}`);
  }
  for (const line of notes(question, now)) screen.line(`    ${paint('dim', line)}`);
}

function shown(value: Json, screen: Screen): readonly string[] {
  const lines = outline(value, screen.columns - 5);
  const room = Math.max(8, screen.rows - 8);
  return lines.length <= room ? lines : [...lines.slice(0, room - 1), screen.paint('dim', `… ${lines.length - room + 1} more lines`)];
}

/** A value as somebody would write it down, and not as a program would. */
export function outline(value: Json, columns: number): readonly string[] {
  if (typeof value === 'string') return safe(value).split('\n');
  if (typeof value !== 'object' || value === null) return [String(value)];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, one]) => {
    const [first = '', ...rest] = outline(one, columns - 2);
    if (isList) return [`• ${first}`, ...rest.map((line) => `  ${line}`)].map((line) => fit(line, columns));
    const isBlock = rest.length > 0 || (typeof one === 'object' && one !== null);
    const block = isBlock ? [`${oneLine(key)}:`, ...[first, ...rest].map((line) => `  ${line}`)] : [`${oneLine(key)}: ${first}`];
    return block.map((line) => fit(line, columns));
  });
}

/** What else is to be known about it. */
export function* notes(question: Question, now: number): Generator<string> {
  const { quorum, answers, who, deadline, otherwise } = question;
  if (quorum > 1) yield `${answers} of ${quorum} answers so far`;
  if (who !== undefined) yield `for ${who.map(oneLine).join(', ')}`;
  if (deadline !== undefined)
    yield `${deadlineWord(deadline, now)}${otherwise === undefined ? ', then it fails' : `, then ${oneLine(typeof otherwise === 'string' ? otherwise : JSON.stringify(otherwise))} is taken`}`;
}

function deadlineWord(deadline: number, now: number): string {
  const left = deadline - now;
  return left <= 0 ? 'its time is over' : `until ${left < 43_200_000 ? clock(deadline) : moment(deadline)} (${span(left)})`;
}
