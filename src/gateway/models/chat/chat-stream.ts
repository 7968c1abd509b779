/**
 * Chat completions that come in pieces, read into the parts of a stream.
 *
 * C1. The last part is `finish`, and only where the model said why it ended; its usage may come after that, and before
 *     `[DONE]` or the end of the stream.
 * C2. A tool call is begun when its name is known, and whole at the end.
 * C3. What comes after `[DONE]` is read and is nothing, so that the connection can serve the next request.
 */
import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { fieldsOf, type NamedFields } from '../named-fields.ts';
import { chatUsage } from '../usage.ts';
import { callIn, callsIn, finishIn, spokenIn } from './chat-answer.ts';
import { dataOf } from './events.ts';

interface Call {
  id: string;
  name: string;
  input: string;
}

type Part = LanguageModelV4StreamPart;

/** What the gateway reads has no use for names of texts. */
const only = '0';

export async function* partsOf(bytes: ReadableStream<Uint8Array>, wantsRaw: boolean): AsyncGenerator<Part, void, undefined> {
  const calls = new Map<string, Call>();
  let model: string | undefined;
  let finish: LanguageModelV4FinishReason | undefined;
  let usage: unknown;
  let hasRefused = false;
  let isOver = false;
  function* ending(): Generator<Part, void, undefined> {
    isOver = true;
    if (finish === undefined) return;
    for (const { id, name, input } of calls.values()) if (name !== '') yield { type: 'tool-call', toolCallId: id, toolName: name, input };
    yield { type: 'finish', finishReason: finish, usage: chatUsage(usage) };
  }
  for await (const data of dataOf(bytes)) {
    if (data === '[DONE]') yield* ending();
    if (isOver) continue;
    const chunk = fieldsOf(JSON.parse(data));
    if (wantsRaw) yield { type: 'raw', rawValue: chunk };
    if (chunk['error'] !== undefined && chunk['error'] !== null) {
      yield { type: 'error', error: chunk };
      return;
    }
    if (typeof chunk['model'] === 'string' && model === undefined) {
      model = chunk['model'];
      yield { type: 'response-metadata', modelId: model };
    }
    usage = chunk['usage'] ?? usage;
    const { choices } = chunk;
    const choice = fieldsOf(Array.isArray(choices) ? choices[0] : undefined);
    const delta = fieldsOf(choice['delta']);
    const { text, reasoning, isRefusal } = spokenIn(delta);
    hasRefused ||= isRefusal;
    if (reasoning !== '') yield { type: 'reasoning-delta', id: only, delta: reasoning };
    if (text !== '') yield { type: 'text-delta', id: only, delta: text };
    for (const piece of callsIn(delta)) yield* called(calls, piece);
    finish = finishIn(choice, hasRefused) ?? finish;
  }
  if (!isOver) yield* ending();
}

/** C2 */
function* called(calls: Map<string, Call>, piece: NamedFields): Generator<Part, void, undefined> {
  const { id, name, input } = callIn(piece);
  // Servers that do not number their calls send each whole, or name it in its first piece.
  const number = typeof piece['index'] === 'number' ? String(piece['index']) : undefined;
  const place = number ?? (id === '' ? [...calls.keys()].at(-1) : id) ?? '0';
  const call = calls.get(place) ?? { id: '', name: '', input: '' };
  calls.set(place, call);
  const isBegun = call.name !== '';
  if (call.id === '') call.id = id;
  if (!isBegun) call.name = name;
  call.input += input;
  if (call.name === '') return;
  if (call.id === '') call.id = `call-${place}`;
  if (!isBegun) yield { type: 'tool-input-start', id: call.id, toolName: call.name };
  const fresh = isBegun ? input : call.input;
  if (fresh !== '') yield { type: 'tool-input-delta', id: call.id, delta: fresh };
}
