/** A form filled in on a terminal: one question for each property of its schema. */
import type { Json } from '../../core/data/json.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine } from '../terminal/width.ts';
import type { LineReader } from './reader.ts';

type Schema = Readonly<Record<string, Json | undefined>>;

/** What a line stands for, or what is wrong with it. */
type Read = { readonly value: Json | undefined } | { readonly problem: string };

/** The value; undefined when there was no more input. */
export async function fillForm(form: Json, reader: LineReader, screen: Screen): Promise<{ readonly value: Json } | undefined> {
  const schema = schemaOf(form);
  const properties = schema['properties'];
  if (!isObject(properties))
    return askFor('answer', schema, true, reader, screen).then((asked) =>
      asked === undefined ? undefined : { value: asked.value ?? null },
    );
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const filled: Record<string, Json> = {};
  for (const [name, property] of Object.entries(properties)) {
    const asked = await askFor(name, schemaOf(property), required.includes(name), reader, screen);
    if (asked === undefined) return undefined;
    if (asked.value !== undefined) filled[name] = asked.value;
  }
  return { value: filled };
}

async function askFor(
  name: string,
  schema: Schema,
  isRequired: boolean,
  reader: LineReader,
  screen: Screen,
): Promise<{ readonly value: Json | undefined } | undefined> {
  const { paint } = screen;
  const about = textOf(schema['description']) ?? textOf(schema['title']);
  if (about !== undefined) screen.line(`    ${paint('dim', oneLine(about))}`);
  for (;;) {
    const line = await reader.line(`  ${paint('bold', oneLine(name))} ${paint('dim', `(${kindOf(schema, isRequired)})`)}: `);
    if (line === undefined) return undefined;
    const read = readField(line.trim(), schema, isRequired);
    if ('value' in read) return read;
    screen.line(`    ${paint('yellow', read.problem)}`);
  }
}

/** What may be typed, in a few words. */
function kindOf(schema: Schema, isRequired: boolean): string {
  const choices = choicesOf(schema);
  const kind =
    choices === undefined
      ? textOf(schema['type']) === 'boolean'
        ? 'yes or no'
        : (textOf(schema['type']) ?? 'JSON')
      : choices.map(word).join(' / ');
  const usual = schema['default'];
  if (usual !== undefined) return `${kind}, usually ${word(usual)}`;
  return isRequired ? kind : `${kind}, may be empty`;
}

export function readField(text: string, schema: Schema, isRequired: boolean): Read {
  if (text === '') {
    if (schema['default'] !== undefined) return { value: schema['default'] };
    if (!isRequired) return { value: undefined };
    return textOf(schema['type']) === 'string' && schema['minLength'] === undefined && choicesOf(schema) === undefined
      ? { value: '' }
      : { problem: 'It must be given.' };
  }
  const choices = choicesOf(schema);
  if (choices !== undefined) {
    const found = choices.find((one) => word(one) === text) ?? choices.find((one) => word(one).toLowerCase() === text.toLowerCase());
    return found === undefined ? { problem: `One of ${choices.map(word).join(', ')}, please.` } : { value: found };
  }
  return readTyped(text, schema);
}

function readTyped(text: string, schema: Schema): Read {
  switch (textOf(schema['type'])) {
    case 'string':
      return { value: text };
    case 'number':
    case 'integer': {
      const number = Number(text);
      const isRight = Number.isFinite(number) && (schema['type'] === 'number' || Number.isInteger(number));
      return isRight ? { value: number } : { problem: schema['type'] === 'integer' ? 'A whole number, please.' : 'A number, please.' };
    }
    case 'boolean':
      if (/^(?:y|yes|true|1)$/i.test(text)) return { value: true };
      return /^(?:n|no|false|0)$/i.test(text) ? { value: false } : { problem: 'Yes or no, please.' };
    case 'array':
      return text.startsWith('[')
        ? readJson(text)
        : { value: text.split(',').map((one) => readItem(one.trim(), schemaOf(schema['items']))) };
    default:
      return readJson(text);
  }
}

function readItem(text: string, schema: Schema): Json {
  const read = readTyped(text, { type: 'string', ...schema });
  return 'value' in read ? (read.value ?? null) : text;
}

function readJson(text: string): Read {
  try {
    // JSON.parse gives JSON and nothing else.
    return { value: JSON.parse(text) as Json };
  } catch {
    return { problem: 'That is not JSON.' };
  }
}

function choicesOf(schema: Schema): readonly Json[] | undefined {
  if (schema['const'] !== undefined) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined;
}

const word = (value: Json): string => (typeof value === 'string' ? oneLine(value) : JSON.stringify(value));
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const schemaOf = (value: Json | undefined): Schema => (isObject(value) ? value : {});

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
