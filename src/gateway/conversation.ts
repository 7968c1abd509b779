/** What is asked, whichever way it was said, as one conversation. */
import { isFields, isList, type Fields } from '../core/data/fields.ts';
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { FunctionConfig, SchemaFile } from './config/model.ts';
import type { InferInput } from './inference.ts';
import { readBlocks, type ToolUse } from './tool-turns.ts';

/** Text as it is, or fields for a template. */
export type Said = { readonly is: 'text'; readonly text: string } | { readonly is: 'fields'; readonly fields: Fields };

export interface Dialogue {
  readonly system: Said | undefined;
  readonly turns: readonly DialogueTurn[];
}

export interface DialogueTurn {
  readonly role: 'user' | 'assistant';
  /** Undefined where the turn is of tools alone. */
  readonly said: Said | undefined;
  readonly tools?: ToolUse;
}

/** Says what is wrong with a value, or nothing. */
export type Judge = (schema: SchemaFile, value: Json) => readonly { readonly path: string; readonly message: string }[];

/** The input as it is now: whatever its caller does with it afterwards. */
export function inputOf(fn: FunctionConfig, input: InferInput): Json {
  return typeof input === 'string' ? input : plain(input, `the input of function ${fn.name}`);
}

export function readDialogue(fn: FunctionConfig, input: Json, judge: Judge): Dialogue {
  const dialogue = dialogueOf(fn, input);
  if (dialogue.turns.length === 0) throw invalid(fn, ['messages: there is none']);
  const problems = [
    ...misfits(fn, 'system', dialogue.system, judge),
    ...dialogue.turns.flatMap((turn) => misfits(fn, turn.role, turn.said, judge)),
  ];
  if (problems.length > 0) throw invalid(fn, problems);
  return dialogue;
}

function dialogueOf(fn: FunctionConfig, input: Json): Dialogue {
  if (typeof input === 'string') return { system: undefined, turns: [{ role: 'user', said: { is: 'text', text: input } }] };
  if (!isFields(input)) throw invalid(fn, ['the input: must be text, an object of fields, or { system?, messages }']);
  const { system, messages } = input;
  if (isList(messages) && !hasMessages(fn.schemas['user'])) {
    const asked = new Map<string, string>();
    return {
      system: system === undefined ? undefined : said(fn, system, 'system'),
      turns: messages.map((message, place) => turnOf(fn, message, `messages[${place}]`, asked)),
    };
  }
  return dialogueOfFields(fn.schemas, input);
}

/** `messages` is upstream's way to speak, unless the function has a field of that name. */
function hasMessages(schema: SchemaFile | undefined): boolean {
  return schema !== undefined && propertiesOf(schema).has('messages');
}

/** `asked`: tools that earlier messages called, by the id of the call. */
function turnOf(fn: FunctionConfig, message: Json, where: string, asked: Map<string, string>): DialogueTurn {
  if (!isFields(message)) throw invalid(fn, [`${where}: must be { role, content }`]);
  const { role, content = null } = message;
  if (role !== 'user' && role !== 'assistant')
    throw invalid(fn, [`${where}.role: must be "user" or "assistant", is ${JSON.stringify(role)}`]);
  if (!isList(content)) return { role, said: said(fn, content, `${where}.content`) };
  const blocks = readBlocks(role, content, asked, (place, why) => invalid(fn, [`${where}.content${place}: ${why}`]));
  if (blocks.tools !== undefined && fn.type === 'json') throw invalid(fn, [`${where}: a json function calls no tools`]);
  return {
    role,
    said: blocks.said === undefined ? undefined : said(fn, blocks.said, `${where}.content`),
    ...(blocks.tools === undefined ? {} : { tools: blocks.tools }),
  };
}

function said(fn: FunctionConfig, value: Json, where: string): Said {
  if (typeof value === 'string') return { is: 'text', text: value };
  if (!isFields(value)) throw invalid(fn, [`${where}: must be text or an object of fields`]);
  return { is: 'fields', fields: value };
}

function dialogueOfFields({ system, user }: FunctionConfig['schemas'], fields: Fields): Dialogue {
  const areDeclared = system !== undefined && user !== undefined;
  return {
    system: { is: 'fields', fields: areDeclared ? declared(system, fields) : fields },
    turns: [{ role: 'user', said: { is: 'fields', fields: areDeclared ? without(fields, system, user) : fields } }],
  };
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
