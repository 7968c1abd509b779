/** Calls of tools, and what they gave, in the turns of a conversation. */
import { isFields, type Fields } from '../core/data/fields.ts';
import type { Json } from '../core/data/json.ts';
import type { ToolCall } from './inference.ts';

export interface ToolResult {
  /** Of the call that it answers. */
  readonly id: string;
  readonly name: string;
  readonly result: string;
}

/** What a turn holds besides words. */
export interface ToolUse {
  readonly calls: readonly ToolCall[];
  readonly results: readonly ToolResult[];
}

/** A turn that is written as a list of blocks. */
export interface Blocks {
  /** Undefined where nobody says anything: the turn is of tools alone. */
  readonly said: string | Fields | undefined;
  readonly tools: ToolUse | undefined;
}

/** `asked` are the tools that were called so far, by the call's id; calls that are read here are added. */
export function readBlocks(
  role: 'user' | 'assistant',
  blocks: readonly Json[],
  asked: Map<string, string>,
  refuse: (place: string, why: string) => Error,
): Blocks {
  const texts: string[] = [];
  const fields: Fields[] = [];
  const calls: ToolCall[] = [];
  const results: ToolResult[] = [];
  for (const [place, block] of blocks.entries()) {
    const wrong = (why: string): Error => refuse(`[${place}]`, why);
    if (!isFields(block)) throw wrong('must be { type, … }');
    if (block['type'] === 'text') {
      if (typeof block['text'] === 'string') texts.push(block['text']);
      else if (isFields(block['arguments'])) fields.push(block['arguments']);
      else throw wrong('must have a text, or arguments for the template');
    } else if (block['type'] === 'tool_call' && role === 'assistant') {
      const call = callOf(block, wrong);
      asked.set(call.id, call.name);
      calls.push(call);
    } else if (block['type'] === 'tool_result' && role === 'user') {
      results.push(resultOf(block, asked, wrong));
    } else {
      const possible = role === 'assistant' ? '"text" and "tool_call"' : '"text" and "tool_result"';
      throw wrong(`the blocks of ${role} are of the types ${possible}, not ${JSON.stringify(block['type'] ?? null)}`);
    }
  }
  if (fields.length > 1 || (fields.length === 1 && texts.length > 0)) throw refuse('', 'takes arguments for the template once, and alone');
  const tools = calls.length + results.length === 0 ? undefined : { calls, results };
  return { said: fields[0] ?? (texts.length === 0 && tools !== undefined ? undefined : texts.join('\n')), tools };
}

function callOf({ id, name, arguments: given = {} }: Fields, wrong: (why: string) => Error): ToolCall {
  if (typeof id !== 'string' || typeof name !== 'string') throw wrong('a tool_call is { id, name, arguments }');
  return { id, name, arguments: typeof given === 'string' ? parsed(given) : given };
}

function resultOf({ id, result }: Fields, asked: ReadonlyMap<string, string>, wrong: (why: string) => Error): ToolResult {
  if (typeof id !== 'string' || result === undefined) throw wrong('a tool_result is { id, result }');
  const name = asked.get(id);
  if (name === undefined) throw wrong(`answers the tool call ${JSON.stringify(id)}, and no message before it makes that call`);
  return { id, name, result: typeof result === 'string' ? result : JSON.stringify(result) };
}

/** Arguments that are no JSON are what the model said, and are told as it said them. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
