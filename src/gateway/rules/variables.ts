import { isFields, isList, type Fields } from '../../core/data/fields.ts';
import type { Json } from '../../core/data/json.ts';

/**
 * What the templates of a grammar see of an input: its fields; `user_text` where it is text. Of a conversation it is
 * what the user said last, with all of `messages` beside.
 */
export function variablesOf(input: Json): Fields {
  if (!isFields(input)) return { user_text: input };
  const { messages } = input;
  if (!isList(messages)) return input;
  const last = messages.findLast((message) => isFields(message) && message['role'] === 'user');
  const content = (isFields(last) ? last['content'] : undefined) ?? '';
  return { ...input, ...(isFields(content) ? content : { user_text: content }) };
}
