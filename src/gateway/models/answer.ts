/** What a provider answered, read into text and tool calls. */
import type { LanguageModelV4Content, LanguageModelV4FinishReason, LanguageModelV4ToolCall } from '@ai-sdk/provider';
import type { Json } from '../../core/data/json.ts';
import type { ToolCall } from '../inference.ts';
import { malformed } from './failure.ts';
import type { Failure } from './failure.ts';
import type { ModelAnswer } from './model-call.ts';

export interface Content {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
}

/** With `jsonTool` the arguments of that tool are the text. */
export function contentOf(parts: readonly LanguageModelV4Content[], jsonTool: string | undefined): Content {
  let text = '';
  let argument: string | undefined;
  const toolCalls: ToolCall[] = [];
  for (const part of parts) {
    if (part.type === 'text') text += part.text;
    if (part.type !== 'tool-call') continue;
    if (part.toolName === jsonTool) argument ??= part.input;
    else toolCalls.push(toolCallOf(part));
  }
  return { text: argument ?? text, toolCalls };
}

export function toolCallOf(part: LanguageModelV4ToolCall): ToolCall {
  return { id: part.toolCallId, name: part.toolName, arguments: argumentsOf(part.input) };
}

/** What is not JSON is handed on as it came: whoever has the schema can say better what is wrong with it. */
function argumentsOf(input: string): Json {
  if (input.trim() === '') return {};
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

export function finishOf(reason: LanguageModelV4FinishReason): ModelAnswer['finish'] {
  return reason.unified === 'interrupted' ? 'error' : reason.unified;
}

/** Why what came is not an answer; undefined when it is. */
export function flawOf(content: Content, reason: LanguageModelV4FinishReason): Failure | undefined {
  const finish = finishOf(reason);
  if (finish === 'error') return malformed(`it gave up in the middle${reason.raw === undefined ? '' : ` (finish reason ${reason.raw})`}`);
  if (content.text === '' && content.toolCalls.length === 0 && (finish === 'stop' || finish === 'other' || finish === 'tool-calls'))
    return malformed('its answer is empty');
  return undefined;
}
