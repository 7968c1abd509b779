/** Answers in the gateway's own words: `POST /inference`. */
import type { Finish, Inference, Speaker, ToolCall } from '../../gateway/inference.ts';
import { problemOf } from '../http/problem.ts';
import type { Telling } from './answering.ts';
import type { InferenceAnswer as Answer } from './inference-wire.ts';

const finishes: Readonly<Record<Finish, NonNullable<Answer['finish_reason']>>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  'tool-calls': 'tool_call',
  other: 'unknown',
};

export function ownWords(isJson: boolean, requestId: string): Telling<Answer> {
  return {
    whole: (inference) => ({ ...placeOf(by(inference)), ...saidBy(inference, isJson), ...endOf(inference) }),
    begin: () => [],
    text: (text, speaker) => [{ ...placeOf(speaker), ...(isJson ? { raw: text } : { content: [{ type: 'text', id: '0', text }] }) }],
    end: (inference) => [
      ...inference.toolCalls.map((call) => ({ ...placeOf(by(inference)), content: [callOf(call)] })),
      { ...placeOf(by(inference)), ...(isJson ? { raw: '' } : { content: [] }), ...endOf(inference) },
    ],
    broken: (error) => `event: error\ndata: ${JSON.stringify(problemOf(error, requestId))}\n\n`,
  };
}

const by = ({ inferenceId, episodeId, variant }: Inference): Speaker => ({ inferenceId, episodeId, variant });

function placeOf({ inferenceId, episodeId, variant }: Speaker): Pick<Answer, 'inference_id' | 'episode_id' | 'variant_name'> {
  return { inference_id: inferenceId, episode_id: episodeId, variant_name: variant };
}

function saidBy({ output, toolCalls }: Inference, isJson: boolean): Pick<Answer, 'content' | 'output'> {
  if (isJson) return { output: { raw: JSON.stringify(output), parsed: output } };
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return { content: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...toolCalls.map(callOf)] };
}

function callOf({ id, name, arguments: given }: ToolCall) {
  return { type: 'tool_call' as const, id, name, arguments: given, raw_arguments: rawArguments(given) };
}

export function rawArguments(given: ToolCall['arguments']): string {
  return typeof given === 'string' ? given : JSON.stringify(given);
}

function endOf({ source, usage, cost, finish }: Inference): Pick<Answer, 'source' | 'usage' | 'finish_reason'> {
  return {
    source,
    usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens, cost },
    ...(finish === undefined ? {} : { finish_reason: finishes[finish] }),
  };
}
