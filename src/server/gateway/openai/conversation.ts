/** OpenAI's messages as a conversation of the gateway. */
import { ContinuoError } from '../../../core/errors.ts';
import type { Block, Conversation } from '../../../gateway/inference.ts';
import type { AssistantMessage, Message, WordsOrFields } from './wire.ts';

type Turn = Conversation['messages'][number];

/** What system and developer say stands before all else; what tools gave is a turn of the user. */
export function conversationOf(messages: readonly Message[]): Conversation {
  const system = systemOf(messages);
  const turns: Turn[] = [];
  for (const message of messages) {
    if (message.role === 'user') turns.push({ role: 'user', content: wordsOf(message.content) });
    else if (message.role === 'assistant') turns.push(assistantTurn(message));
    else if (message.role === 'tool') addResult(turns, { type: 'tool_result', id: message.tool_call_id, result: textOf(message.content) });
  }
  if (turns.length === 0) throw invalid('there is no message of the user');
  return { ...(system === undefined ? {} : { system }), messages: turns };
}

function systemOf(messages: readonly Message[]): NonNullable<Conversation['system']> | undefined {
  const said = messages.flatMap((message) => (message.role === 'system' || message.role === 'developer' ? [wordsOf(message.content)] : []));
  const [first] = said;
  if (said.length < 2) return first;
  const texts = said.filter((one) => typeof one === 'string');
  if (texts.length < said.length) throw invalid('fields for the system template stand in one message alone');
  return texts.join('\n');
}

function assistantTurn({ content, tool_calls: calls = [] }: AssistantMessage): Turn {
  const words = content === null || content === undefined ? undefined : wordsOf(content);
  if (calls.length === 0) {
    if (words === undefined) throw invalid('a message of the assistant has neither content nor tool_calls');
    return { role: 'assistant', content: words };
  }
  const blocks: Block[] = calls.map((call) => ({
    type: 'tool_call',
    id: call.id,
    name: call.function.name,
    arguments: call.function.arguments,
  }));
  if (words !== undefined && words !== '')
    blocks.unshift(typeof words === 'string' ? { type: 'text', text: words } : { type: 'text', arguments: words });
  return { role: 'assistant', content: blocks };
}

/** The results of calls that were made together are one turn. */
function addResult(turns: Turn[], result: Block): void {
  const last = turns.at(-1);
  const content = last?.role === 'user' && Array.isArray(last.content) ? (last.content as readonly Block[]) : undefined;
  if (content === undefined) turns.push({ role: 'user', content: [result] });
  else turns.splice(-1, 1, { role: 'user', content: [...content, result] });
}

function wordsOf(content: WordsOrFields): string | Readonly<Record<string, unknown>> {
  if (typeof content === 'string') return content;
  const [first] = content;
  if (first !== undefined && 'tensorzero::arguments' in first) return first['tensorzero::arguments'];
  return textOf(content);
}

function textOf(content: WordsOrFields): string {
  if (typeof content === 'string') return content;
  return content.map((part) => ('text' in part ? part.text : '')).join('\n');
}

function invalid(why: string): ContinuoError {
  return new ContinuoError('REQUEST_INVALID', `body/messages: ${why}`);
}
