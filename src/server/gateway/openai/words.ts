/** Answers in OpenAI's words. */
import type { Finish, Inference, Speaker, ToolCall } from '../../../gateway/inference.ts';
import type { Telling } from '../answering.ts';
import { rawArguments } from '../own-words.ts';
import { openaiError } from './errors.ts';
import type { Choice, Completion } from './wire.ts';

const finishes: Readonly<Record<Finish, Choice['finish_reason']>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  'tool-calls': 'tool_calls',
  other: 'stop',
};

interface Spoken {
  /** As it was asked for. */
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly withUsage: boolean;
}

export function openaiWords(spoken: Spoken): Telling<Completion> {
  const { withUsage } = spoken;
  const chunk = (by: Speaker, delta: object, finish: string | null = null): object => ({
    ...headOf(by, spoken, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    // Who asks for usage gets it in a chunk of its own, and the others say that it is not theirs.
    ...(withUsage ? { usage: null } : {}),
  });
  return {
    whole: (inference) => wholeOf(inference, spoken),
    begin: (by) => [chunk(by, { role: 'assistant', content: '' })],
    text: (text, by) => [chunk(by, { content: text })],
    end: (inference) => [
      ...inference.toolCalls.map((call, index) => chunk(inference, { tool_calls: [{ index, ...callOf(call) }] })),
      chunk(inference, {}, finishOf(inference)),
      ...(withUsage ? [{ ...headOf(inference, spoken, 'chat.completion.chunk'), choices: [], usage: usageOf(inference) }] : []),
    ],
    broken: (error) => `data: ${JSON.stringify(openaiError(error, '', 0).body)}\n\n`,
  };
}

function wholeOf(inference: Inference, spoken: Spoken): Completion {
  const { output, toolCalls } = inference;
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return {
    ...headOf(inference, spoken, 'chat.completion'),
    choices: [
      {
        index: 0,
        finish_reason: finishOf(inference),
        logprobs: null,
        message: {
          role: 'assistant',
          content: text === '' && toolCalls.length > 0 ? null : text,
          refusal: null,
          ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(callOf) }),
        },
      },
    ],
    usage: usageOf(inference),
  };
}

function headOf<Kind extends string>({ inferenceId, episodeId, variant }: Speaker, { model, created }: Spoken, object: Kind) {
  return { id: inferenceId, episode_id: episodeId, object, created, model: `${model}::variant_name::${variant}` };
}

function callOf({ id, name, arguments: given }: ToolCall) {
  return { id, type: 'function' as const, function: { name, arguments: rawArguments(given) } };
}

function finishOf({ finish, toolCalls }: Inference): Choice['finish_reason'] {
  return finish === undefined || finish === 'other' ? (toolCalls.length > 0 ? 'tool_calls' : 'stop') : finishes[finish];
}

function usageOf({ usage, cost }: Inference): Completion['usage'] {
  const { inputTokens, outputTokens } = usage;
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens, tensorzero_cost: cost };
}
