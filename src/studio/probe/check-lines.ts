/** Checks for a terminal: what was measured in a column, and a sentence under whatever is not fine. Pure. */
import type { Check, Severity } from './check.ts';

const marks: Readonly<Record<Severity, string>> = { ok: '✓', warn: '!', fail: '✗' };

const narrowest = 20;

export function checkLines(checks: readonly Check[], width: number): readonly string[] {
  const room = Math.max(narrowest, width);
  const names = Math.max(0, ...checks.map(({ id }) => id.length));
  return checks.flatMap(({ id, severity, measured, threshold, sentence, scenes }) => {
    const head = cut(`${marks[severity]} ${id.replaceAll('-', ' ').padEnd(names)}  ${measured}`, room);
    if (severity === 'ok') return [head];
    return [head, ...wrapped(`${sentence}${where(scenes)} (${threshold})`, room - 4).map((line) => `    ${line}`)];
  });
}

const cut = (line: string, width: number): string => (line.length <= width ? line : `${line.slice(0, width - 1)}…`);

/** People count from one. */
const where = (scenes: readonly number[]): string =>
  scenes.length === 0 ? '' : ` In scene${scenes.length === 1 ? '' : 's'} ${scenes.map((index) => index + 1).join(', ')}.`;

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(cut(word, width));
  }
  return lines;
}
