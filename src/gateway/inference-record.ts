/** An inference in the forms that it has: for the caller, for the ledger, and back. */
import { hash } from 'node:crypto';
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { InferenceRecord } from '../ports/ledger.ts';
import type { VariantConfig } from './config/model.ts';
import type { SpanPlace } from './inference-spans.ts';
import type { Inference, InferOptions, ToolCall, Tried } from './inference.ts';
import type { VariantAnswer, VariantCall } from './variants/variant-call.ts';

export interface Asked {
  readonly call: VariantCall;
  readonly episode: string;
  readonly options: InferOptions;
  readonly at: number;
  readonly began: number;
  /** Those that were asked, the first choice first. */
  readonly variants: string[];
  /** Of its parts, which do not know yet under which id their whole is kept. */
  readonly records: InferenceRecord[];
  /** Where somebody wants to know what was done. */
  readonly span: SpanPlace | undefined;
}

export function inferenceOf(
  { call, episode, began }: Asked,
  variant: VariantConfig,
  answer: VariantAnswer,
  tried: readonly Tried[],
): Inference {
  return {
    inferenceId: call.id,
    episodeId: episode,
    function: call.fn.name,
    variant: variant.name,
    ...(answer.model === undefined ? {} : { model: answer.model }),
    ...(answer.provider === undefined ? {} : { provider: answer.provider }),
    source: answer.source,
    output: answer.output,
    toolCalls: answer.toolCalls,
    ...(answer.finish === undefined ? {} : { finish: answer.finish }),
    rung: answer.rung,
    ...call.spending.whole,
    latency: performance.now() - began,
    tried: [...tried, ...answer.tried],
  };
}

export function recordOf(
  { call, episode, options, at, began, variants }: Asked,
  inference: Inference | undefined,
  error: unknown,
  keepContents: boolean,
): InferenceRecord {
  const { usage, cost } = call.spending.own;
  return {
    id: call.id,
    at,
    project: call.project,
    function: call.fn.name,
    // Where nobody answered it is the failure of the first choice.
    variant: inference?.variant ?? variants[0] ?? '',
    ...(inference?.model === undefined ? {} : { model: inference.model }),
    ...(inference?.provider === undefined ? {} : { provider: inference.provider }),
    source: inference?.source ?? 'model',
    episode,
    ...(options.run === undefined ? {} : { run: options.run }),
    ...(options.step === undefined ? {} : { step: options.step }),
    status: inference === undefined ? 'failed' : 'ok',
    ...(inference === undefined ? { error: errorOf(error, call.signal) } : { rung: inference.rung }),
    inputTokens: usage.inputTokens,
    cachedTokens: usage.cachedTokens,
    outputTokens: usage.outputTokens,
    cost,
    latency: inference?.latency ?? performance.now() - began,
    tags: options.tags ?? {},
    ...(keepContents ? { input: JSON.stringify(call.input) } : {}),
    ...(keepContents && inference !== undefined ? { output: outputText(inference) } : {}),
  };
}

function errorOf(error: unknown, signal: AbortSignal | undefined): { readonly code: string; readonly message: string } {
  const message = (error instanceof Error ? error.message : String(error)).toWellFormed();
  if (signal?.aborted === true) return { code: 'CANCELLED', message };
  return { code: error instanceof ContinuoError ? error.code : 'INTERNAL', message };
}

/** The same for the same key in the same place, in the shape of other ids. */
export function idOf(...place: readonly string[]): string {
  const hex = hash('sha256', JSON.stringify(place));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An answer as the ledger has it; undefined when it failed or when contents are not kept. */
export function recalled(record: InferenceRecord): Inference | undefined {
  const { output } = record;
  if (record.status !== 'ok' || output === undefined) return undefined;
  return {
    inferenceId: record.id,
    episodeId: record.episode,
    function: record.function,
    variant: record.variant,
    ...(record.model === undefined ? {} : { model: record.model }),
    ...(record.provider === undefined ? {} : { provider: record.provider }),
    source: record.source,
    ...outputOf(output),
    rung: record.rung ?? 'none',
    usage: { inputTokens: record.inputTokens, cachedTokens: record.cachedTokens, cacheWriteTokens: 0, outputTokens: record.outputTokens },
    cost: record.cost,
    latency: record.latency,
    tried: [],
  };
}

interface WithTools {
  readonly text: string;
  readonly tool_calls: readonly ToolCall[];
}

function outputText({ output, toolCalls }: Inference): string {
  return JSON.stringify(toolCalls.length === 0 ? output : { text: output, tool_calls: toolCalls });
}

/** Only functions that chat have tools, and theirs is text otherwise. */
function outputOf(text: string): Pick<Inference, 'output' | 'toolCalls'> {
  // The ledger keeps what `outputText` gave.
  const kept = JSON.parse(text) as Json | WithTools;
  const isWithTools = (value: Json | WithTools): value is WithTools => typeof value === 'object' && value !== null && 'tool_calls' in value;
  return isWithTools(kept) ? { output: kept.text, toolCalls: kept.tool_calls } : { output: kept, toolCalls: [] };
}
