/** What a function is asked on the command line: read, or said how to ask it. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FunctionConfig } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import { commandLine } from '../hints.ts';
import { parseJson } from '../load/json-text.ts';
import { oneLine, pad, widthOf, wrap } from '../terminal/width.ts';
import { exampleInput, fieldsOf, textField, type Field } from './fields.ts';

export type Input = string | Readonly<Record<string, unknown>>;

/**
 * Fields where it is JSON, and otherwise text: a person may just say what it is about, as long as there is one field
 * that this can mean.
 */
export async function inputOf(given: string | undefined, fn: FunctionConfig, stdin: NodeJS.ReadStream): Promise<Input> {
  if (given === undefined) throw new ContinuoError('USAGE', `what is function ${fn.name} asked? Give --input\n${howToAsk(fn)}`);
  const { said, where } = await saidBy(given, stdin);
  if (said === '') throw new ContinuoError('USAGE', `${where} is empty\n${howToAsk(fn)}`);
  if (/^\s*\{/.test(said)) return fieldsIn(said, where, fn);
  const fields = fieldsOf(fn);
  if (fields.length === 0) return textIn(said);
  const field = textField(fields);
  if (field !== undefined) return { [field.name]: textIn(said) };
  throw new ContinuoError('INPUT_INVALID', `function ${fn.name} takes fields, and not text\n${howToAsk(fn)}`);
}

async function saidBy(given: string, stdin: NodeJS.ReadStream): Promise<{ readonly said: string; readonly where: string }> {
  if (given === '-') return { said: (await text(stdin)).trimEnd(), where: 'what came on stdin for --input' };
  if (!given.startsWith('@')) return { said: given, where: '--input' };
  const path = given.slice(1);
  try {
    return { said: readFileSync(path, 'utf8').trimEnd(), where: `${path} (--input)` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ContinuoError('USAGE', `--input names a file that cannot be read: ${why}`);
  }
}

function fieldsIn(said: string, where: string, fn: FunctionConfig): Readonly<Record<string, unknown>> {
  try {
    // It begins with a brace.
    return parseJson(said, where, 'USAGE') as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw error instanceof ContinuoError ? explained(error, fn) : error;
  }
}

/** What is in quotes as JSON wants them, and otherwise every character as it is. */
function textIn(said: string): string {
  try {
    const value: unknown = JSON.parse(said);
    return typeof value === 'string' ? value : said;
  } catch {
    return said;
  }
}

/** The same error, with what the function takes. */
export function explained(error: ContinuoError, fn: FunctionConfig): ContinuoError {
  return new ContinuoError(error.code, `${error.message}\n${howToAsk(fn)}`, error.details, error.retryable);
}

/** An input that is longer is no example any more. */
const readable = 400;

function howToAsk(fn: FunctionConfig): string {
  const fields = fieldsOf(fn);
  const example = (input: string): string => `for example:\n    ${commandLine('infer', fn.name, '--input', input)}`;
  if (fields.length === 0) return `it takes text; ${example('…')}`;
  const field = textField(fields);
  const input = field === undefined ? JSON.stringify(exampleInput(fields)) : '…';
  const also = field === undefined ? '' : ` (a text alone is its ${field.name})`;
  const how = input.length > readable ? `${example('@input.json')}\nwhat is in it:\n${schemaLines(fn)}` : example(input);
  return `it takes${also}:\n${fieldLines(fields).join('\n')}\n${how}`;
}

function schemaLines({ schemas }: FunctionConfig): string {
  const paths = [schemas['system'], schemas['user']].flatMap((schema) => (schema === undefined ? [] : [schema.path]));
  return paths.map((path) => `    ${relative(process.cwd(), path)}`).join('\n');
}

/** At most 76 columns wide: there is room before it on a terminal of 80. */
function fieldLines(fields: readonly Field[]): readonly string[] {
  const names = widest(fields.map(({ name }) => oneLine(name)));
  const takes = widest(fields.map(takesOf));
  const before = names + takes + 6;
  return fields.flatMap((field) => {
    const head = `  ${pad(oneLine(field.name), names)}  ${pad(takesOf(field), takes)}`;
    return wrap(oneLine(field.about), Math.max(24, 76 - before)).map((line, at) =>
      `${at === 0 ? head : ' '.repeat(before - 2)}  ${line}`.trimEnd(),
    );
  });
}

const takesOf = ({ takes, isRequired }: Field): string => oneLine(`${takes}${isRequired ? '' : ' (optional)'}`);
const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
