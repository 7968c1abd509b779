import type { Json } from '../../core/data/json.ts';

type Fields = { readonly [name: string]: Json };

/**
 * What the templates of a grammar see of an input: its fields; `user_text` where it is text. Of a conversation it is
 * what the user said last, with all of `messages` beside.
 */
export function variablesOf(input: Json): Fields {
  if (!isFields(input)) return { user_text: input };
  const { messages } = input;
  if (!Array.isArray(messages)) return input;
  const last = messages.findLast((message: Json) => isFields(message) && message['role'] === 'user') as Fields | undefined;
  const content = last?.['content'] ?? '';
  return { ...input, ...(isFields(content) ? content : { user_text: content }) };
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
