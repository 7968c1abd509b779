/** Puts a question to the person at the terminal. */
import type { Question } from '../../core/run/outstanding.ts';
import type { AnswerOptions } from '../../engine/orchestrator.ts';
import { oneLine } from '../terminal/width.ts';
import type { Screen } from '../terminal/screen.ts';
import { fillForm } from './form.ts';
import type { LineReader } from './reader.ts';
import { showQuestion } from './show-question.ts';

/** The answer; undefined when none was given. */
export async function askPerson(question: Question, reader: LineReader, screen: Screen, user: string): Promise<AnswerOptions | undefined> {
  showQuestion(screen, question, Date.now());
  const by = await whoAnswers(question, reader, screen, user);
  if (by === undefined) return undefined;
  const item = question.item === undefined ? {} : { item: question.item };
  if (question.choices !== undefined) {
    const choice = await choose(question.choices, reader, screen);
    return choice === undefined ? undefined : { choice, by, ...item };
  }
  screen.line();
  if (question.form !== undefined) {
    const filled = await fillForm(question.form, reader, screen);
    return filled === undefined ? undefined : { value: filled.value, by, ...item };
  }
  const line = await reader.line('  answer: ');
  return line === undefined ? undefined : { choice: line.trim(), by, ...item };
}

async function whoAnswers({ who }: Question, reader: LineReader, screen: Screen, user: string): Promise<string | undefined> {
  if (who === undefined || who.includes(user)) return user;
  for (;;) {
    const name = (await reader.line(`  you are ${oneLine(user)}; answer as: `))?.trim();
    if (name === undefined || who.includes(name)) return name;
    screen.line(`    ${screen.paint('yellow', `${who.map(oneLine).join(', ')} may answer.`)}`);
  }
}

async function choose(choices: readonly string[], reader: LineReader, screen: Screen): Promise<string | undefined> {
  const { paint } = screen;
  screen.line();
  for (const [at, choice] of choices.entries()) screen.line(`    ${paint('cyan', String(at + 1))}  ${oneLine(choice)}`);
  screen.line();
  for (;;) {
    const line = (await reader.line(`  ${paint('magenta', '›')} `))?.trim();
    if (line === undefined) return undefined;
    const choice = choiceFor(line, choices);
    if (choice !== undefined) return choice;
    if (line !== '') screen.line(`    ${paint('yellow', `A number from 1 to ${choices.length}, or the name.`)}`);
  }
}

/** By its name, its number, or a beginning that only it has. */
export function choiceFor(line: string, choices: readonly string[]): string | undefined {
  if (line === '') return undefined;
  const exact = choices.find((choice) => choice === line) ?? choices.find((choice) => choice.toLowerCase() === line.toLowerCase());
  if (exact !== undefined) return exact;
  if (/^\d+$/.test(line)) return choices[Number(line) - 1];
  const [only, ...others] = choices.filter((choice) => choice.toLowerCase().startsWith(line.toLowerCase()));
  return others.length === 0 ? only : undefined;
}
