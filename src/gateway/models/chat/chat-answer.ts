/** What chat completions answer, whole or in pieces: nothing of it is believed before it was looked at. */
import type { LanguageModelV4Content, LanguageModelV4FinishReason } from '@ai-sdk/provider';
import { fieldsOf, type NamedFields } from '../named-fields.ts';

export interface Spoken {
  /** A refusal is what it says. */
  readonly text: string;
  readonly reasoning: string;
  readonly isRefusal: boolean;
}

/** In a message, or in a piece of one. */
export function spokenIn({ content, refusal, reasoning_content: thought, reasoning }: NamedFields): Spoken {
  const parts = Array.isArray(content) ? content.map(fieldsOf) : [];
  const said = parts.length === 0 ? textOf(content) : parts.map((part) => (part['type'] === 'text' ? textOf(part['text']) : '')).join('');
  const thinking = parts.flatMap((part) => (part['type'] === 'thinking' && Array.isArray(part['thinking']) ? part['thinking'] : []));
  return {
    text: said + textOf(refusal),
    reasoning: textOf(thought ?? reasoning) + thinking.map((part) => textOf(fieldsOf(part)['text'])).join(''),
    isRefusal: textOf(refusal) !== '',
  };
}

/** Undefined where none is said. */
export function finishIn(choice: NamedFields, isRefusal: boolean): LanguageModelV4FinishReason | undefined {
  const raw = choice['finish_reason'];
  return typeof raw === 'string' ? { unified: unifiedOf(raw, isRefusal), raw } : undefined;
}

function unifiedOf(raw: string, isRefusal: boolean): LanguageModelV4FinishReason['unified'] {
  switch (raw) {
    case 'stop':
      return isRefusal ? 'content-filter' : 'stop';
    case 'length':
      return 'length';
    case 'content_filter':
      return 'content-filter';
    case 'tool_calls':
    case 'function_call':
      return 'tool-calls';
    default:
      return 'other';
  }
}

export interface Answered {
  readonly content: LanguageModelV4Content[];
  readonly finishReason: LanguageModelV4FinishReason;
}

/** Undefined for what is no answer. */
export function answerIn(body: unknown): Answered | undefined {
  const { choices } = fieldsOf(body);
  const choice = fieldsOf(Array.isArray(choices) ? choices[0] : undefined);
  if (typeof choice['message'] !== 'object') return undefined;
  const message = fieldsOf(choice['message']);
  const words = message['content'] ?? '';
  if (typeof words !== 'string' && !Array.isArray(words)) return undefined;
  const { text, isRefusal } = spokenIn(message);
  const content: LanguageModelV4Content[] = text === '' ? [] : [{ type: 'text', text }];
  for (const [place, call] of callsIn(message).entries()) {
    const { id, name, input } = callIn(call);
    if (name === '') return undefined;
    content.push({ type: 'tool-call', toolCallId: id === '' ? `call-${place}` : id, toolName: name, input });
  }
  return { content, finishReason: finishIn(choice, isRefusal) ?? { unified: 'other', raw: undefined } };
}

/** Of a message, or of a piece of one. */
export function callsIn({ tool_calls: calls }: NamedFields): readonly NamedFields[] {
  return Array.isArray(calls) ? calls.map(fieldsOf) : [];
}

/** What is not there, or not yet, is empty. */
export function callIn({ id, function: called }: NamedFields): { readonly id: string; readonly name: string; readonly input: string } {
  const { name, arguments: input } = fieldsOf(called);
  // Some servers give arguments as they are, and not as their text.
  return { id: textOf(id), name: textOf(name), input: typeof input === 'object' && input !== null ? JSON.stringify(input) : textOf(input) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
