/** What is asked, whichever way it was said, as one conversation. */
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { FunctionConfig, SchemaFile } from './config/model.ts';
import type { Conversation, InferInput } from './inference.ts';

export type Fields = Readonly<Record<string, Json>>;

/** Text as it is, or fields for a template. */
export type Said = { readonly is: 'text'; readonly text: string } | { readonly is: 'fields'; readonly fields: Fields };

export interface Dialogue {
  readonly system: Said | undefined;
  readonly turns: readonly { readonly role: 'user' | 'assistant'; readonly said: Said }[];
}

/** Says what is wrong with a value, or nothing. */
export type Judge = (schema: SchemaFile, value: Json) => readonly { readonly path: string; readonly message: string }[];

export function readDialogue(fn: FunctionConfig, input: InferInput, judge: Judge): Dialogue {
  const dialogue = dialogueOf(fn, input);
  if (dialogue.turns.length === 0) throw invalid(fn, ['messages: there is none']);
  const problems = [
    ...misfits(fn, 'system', dialogue.system, judge),
    ...dialogue.turns.flatMap((turn) => misfits(fn, turn.role, turn.said, judge)),
  ];
  if (problems.length > 0) throw invalid(fn, problems);
  return dialogue;
}

function dialogueOf(fn: FunctionConfig, input: InferInput): Dialogue {
  if (typeof input === 'string') return { system: undefined, turns: [{ role: 'user', said: textSaid(input) }] };
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw invalid(fn, ['the input: must be text, an object of fields, or { system?, messages }']);
  if (isConversation(fn, input)) {
    return {
      system: input.system === undefined ? undefined : said(input.system, 'system'),
      turns: input.messages.map(({ role, content }, place) => {
        if (role !== 'user' && role !== 'assistant')
          throw invalid(fn, [`messages[${place}].role: must be "user" or "assistant", is ${JSON.stringify(role)}`]);
        return { role, said: said(content, `messages[${place}].content`) };
      }),
    };
  }
  const fields = fieldsOf(input, 'the input');
  const { system, user } = fn.schemas;
  return {
    system: { is: 'fields', fields: system === undefined || user === undefined ? fields : declared(system, fields) },
    turns: [
      { role: 'user', said: { is: 'fields', fields: system === undefined || user === undefined ? fields : without(fields, system, user) } },
    ],
  };
}

/** `messages` is upstream's way to speak, unless the function has a field of that name. */
function isConversation(fn: FunctionConfig, input: Readonly<Record<string, unknown>> | Conversation): input is Conversation {
  return Array.isArray(input.messages) && !(fn.schemas.user !== undefined && propertiesOf(fn.schemas.user).has('messages'));
}

const textSaid = (text: string): Said => ({ is: 'text', text });

function said(value: unknown, where: string): Said {
  return typeof value === 'string' ? textSaid(value) : { is: 'fields', fields: fieldsOf(value, where) };
}

function fieldsOf(value: unknown, where: string): Fields {
  const json = plain(value, where);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new ContinuoError('INPUT_INVALID', `${where} must be text or an object of fields`);
  // Neither a list nor a plain value.
  return json as Fields;
}

/** With a schema for either, the system template gets the fields that its schema names … */
function declared(system: SchemaFile, fields: Fields): Fields {
  const names = propertiesOf(system);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}

/** … and the user template the rest, and those that both name. */
function without(fields: Fields, system: SchemaFile, user: SchemaFile): Fields {
  const [ofSystem, ofUser] = [propertiesOf(system), propertiesOf(user)];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => ofUser.has(name) || !ofSystem.has(name)));
}

/** What JSON makes of a value, which stays as it is. */
export function plain(value: unknown, where: string): Json {
  try {
    // undefined, where JSON has nothing to say, becomes null.
    return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
  } catch (error) {
    throw new ContinuoError('INPUT_INVALID', `${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function propertiesOf({ schema }: SchemaFile): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return new Set();
  const { properties } = schema;
  return new Set(typeof properties === 'object' && properties !== null ? Object.keys(properties) : []);
}

function misfits(fn: FunctionConfig, role: string, what: Said | undefined, judge: Judge): readonly string[] {
  const schema = fn.schemas[role];
  if (schema === undefined || what === undefined) return [];
  if (what.is === 'text') return [`${role}: takes an object with the fields ${[...propertiesOf(schema)].join(', ')}, not text`];
  return judge(schema, what.fields).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
}

function invalid(fn: FunctionConfig, problems: readonly string[]): ContinuoError {
  return new ContinuoError('INPUT_INVALID', `the input of function ${fn.name} does not fit: ${problems.join('; ')}`, [...problems]);
}
