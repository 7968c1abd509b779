/** Messages, as Anthropic writes them. Its input tokens leave out what the cache read and took. */
import { usualTokens, wholeText } from './script.ts';
import type { Answer, Tokens } from './script.ts';
import type { Chunk, Wire } from './wire.ts';

const reasons = { stop: 'end_turn', length: 'max_tokens', filter: 'refusal' } as const;

function usageOf(tokens: Tokens): object {
  const { cached = 0, cacheWrite = 0 } = tokens;
  return {
    input_tokens: tokens.input - cached - cacheWrite,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: cacheWrite,
    output_tokens: tokens.output,
  };
}

const tokensOf = (usage: Tokens | 'none' | undefined): Tokens => (usage === 'none' || usage === undefined ? usualTokens : usage);

function reasonOf(answer: Answer): string {
  return answer.finish === undefined && (answer.tools?.length ?? 0) > 0 ? 'tool_use' : reasons[answer.finish ?? 'stop'];
}

const chunk = (event: string, fields: object): Chunk => ({ event, data: { type: event, ...fields } });

function message(model: string, more: object): object {
  return { id: 'msg_1', type: 'message', role: 'assistant', model, stop_sequence: null, ...more };
}

export const anthropicWire: Wire = {
  whole: (answer, model) => {
    const text = wholeText(answer.text);
    const tools = (answer.tools ?? []).map(({ id, name, arguments: input }) => ({
      type: 'tool_use',
      id,
      name,
      input: JSON.parse(input) as unknown,
    }));
    const content = [...(text === '' ? [] : [{ type: 'text', text }]), ...tools];
    return message(model, { content, stop_reason: reasonOf(answer), usage: usageOf(tokensOf(answer.usage)) });
  },
  begin: (model, tokens) => [
    chunk('message_start', {
      message: message(model, { content: [], stop_reason: null, usage: usageOf({ ...(tokens ?? usualTokens), output: 1 }) }),
    }),
    chunk('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    chunk('ping', {}),
  ],
  text: (text) => [chunk('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })],
  finish: (answer) => [
    chunk('content_block_stop', { index: 0 }),
    ...(answer.tools ?? []).flatMap(({ id, name, arguments: input }, at) => [
      chunk('content_block_start', { index: at + 1, content_block: { type: 'tool_use', id, name, input: {} } }),
      chunk('content_block_delta', { index: at + 1, delta: { type: 'input_json_delta', partial_json: input } }),
      chunk('content_block_stop', { index: at + 1 }),
    ]),
    chunk('message_delta', {
      delta: { stop_reason: reasonOf(answer), stop_sequence: null },
      usage: { output_tokens: tokensOf(answer.usage).output },
    }),
    chunk('message_stop', {}),
  ],
  error: (text) => [chunk('error', { error: { type: 'overloaded_error', message: text } })],
  done: '',
  media: () => ({ type: 'error', error: { type: 'not_found_error', message: 'there are no pictures and no voices here' } }),
  vectors: () => ({ type: 'error', error: { type: 'not_found_error', message: 'there are no embeddings here' } }),
};
