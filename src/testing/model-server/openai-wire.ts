/** Chat completions, as OpenAI and everybody who is compatible with it write them. */
import { usualTokens, wholeText } from './script.ts';
import type { Answer, Media, Tokens } from './script.ts';
import type { Chunk, Wire } from './wire.ts';

const reasons = { stop: 'stop', length: 'length', filter: 'content_filter' } as const;

function usageOf(tokens: Tokens): unknown {
  return {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
    ...(tokens.cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: tokens.cached } }),
  };
}

function usageFields(answer: Answer): { usage?: unknown } {
  return answer.usage === 'none' ? {} : { usage: usageOf(answer.usage ?? usualTokens) };
}

function reasonOf(answer: Answer): string {
  return answer.finish === undefined && (answer.tools?.length ?? 0) > 0 ? 'tool_calls' : reasons[answer.finish ?? 'stop'];
}

function chunk(model: string, choice: unknown, more: object = {}): Chunk {
  const choices = choice === undefined ? [] : [choice];
  return { data: { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_767_225_600, model, choices, ...more } };
}

const toolCallsOf = (answer: Answer): readonly object[] =>
  (answer.tools ?? []).map((tool, index) => ({
    index,
    id: tool.id,
    type: 'function',
    function: { name: tool.name, arguments: tool.arguments },
  }));

export const openaiWire: Wire = {
  whole: (answer, model) => {
    const calls = toolCallsOf(answer);
    const message = { role: 'assistant', content: wholeText(answer.text), ...(calls.length === 0 ? {} : { tool_calls: calls }) };
    const choices = [{ index: 0, message, finish_reason: reasonOf(answer) }];
    return { id: 'chatcmpl-1', object: 'chat.completion', created: 1_767_225_600, model, choices, ...usageFields(answer) };
  },
  begin: (model) => [chunk(model, { index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null })],
  text: (content, model) => [chunk(model, { index: 0, delta: { content }, finish_reason: null })],
  finish: (answer, model) => [
    ...toolCallsOf(answer).map((call) => chunk(model, { index: 0, delta: { tool_calls: [call] }, finish_reason: null })),
    chunk(model, { index: 0, delta: {}, finish_reason: reasonOf(answer) }),
    ...(answer.usage === 'none' ? [] : [chunk(model, undefined, usageFields(answer))]),
  ],
  error: (message) => [{ data: { error: { message, type: 'server_error', code: null, param: null } } }],
  done: 'data: [DONE]\n\n',
  media: ({ is, bytes, tokens }: Media) =>
    is === 'speech'
      ? undefined
      : {
          created: 1_767_225_600,
          data: [{ b64_json: Buffer.from(bytes).toString('base64') }],
          ...(tokens === undefined
            ? {}
            : { usage: { input_tokens: tokens.input, output_tokens: tokens.output, total_tokens: tokens.input + tokens.output } }),
        },
  vectors: (vectors, tokens) => ({
    object: 'list',
    data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    model: 'embedding',
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }),
};
