/**
 * One streamed answer of one provider.
 *
 * S1. Whole is what the provider ended with a finish reason; a stream that merely stops is cut.
 * S2. Nothing is read before it is asked for, so that a slow reader slows the provider down.
 * S3. However it ends (whole, cut, closed), the request is over and its bill is settled once.
 */
import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';
import { noUsage } from '../inference.ts';
import type { ToolCall } from '../inference.ts';
import { finishOf, flawOf, toolCallOf } from './answer.ts';
import { charge, ended, failed, limitOf, neverSent, openBill, optionsOf, seenBy } from './attempt.ts';
import type { Answered, Errand } from './attempt.ts';
import type { Bill } from './bill.ts';
import { failureOf, malformed } from './failure.ts';
import type { Failure } from './failure.ts';
import type { Leash } from './leash.ts';
import type { Line } from './lines.ts';
import { jsonToolOf } from './request.ts';
import { RawUsage } from './raw-usage.ts';
import type { Outcome } from './routing.ts';
import { usageOf } from './usage.ts';

export type StreamPart =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'answer'; readonly answer: Answered }
  | { readonly is: 'failure'; readonly failure: Failure }
  | { readonly is: 'aborted' };

/** Opens a stream and reads on to its first text: until then another provider can still take its place. */
export async function openStream(errand: Errand, line: Line, leash: Leash): Promise<Outcome<AnswerStream>> {
  const bill = await openBill(errand, line);
  if (leash.ended !== undefined) return await neverSent(bill);
  leash.limit('total', limitOf(errand, line, 'streamTotal'));
  const begun = leash.limit('first_token', limitOf(errand, line, 'firstToken'));
  const raw = line.provider.cost.length > 0 ? { includeRawChunks: true } : {};
  let stream;
  try {
    ({ stream } = await leash.hold(line.connection.language.doStream({ ...optionsOf(errand, line, leash), ...raw })));
  } catch (error) {
    leash.end();
    return await failed(leash, bill, leash.ended === undefined ? failureOf(error, seenBy(errand)) : undefined);
  }
  const opened = new AnswerStream({ errand, line, leash, bill, begun, reader: stream.getReader() });
  const first = await opened.next();
  if (first.is === 'failure' || first.is === 'aborted') return first;
  opened.first = first;
  return { is: 'answer', answer: opened };
}

interface Open {
  readonly errand: Errand;
  readonly line: Line;
  readonly leash: Leash;
  readonly bill: Bill;
  /** Called when the first token is there. */
  readonly begun: () => void;
  readonly reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>;
}

export class AnswerStream {
  /** What was read while opening. */
  first: StreamPart = { is: 'aborted' };
  readonly line: Line;
  readonly #open: Open;
  readonly #jsonTool: string | undefined;
  readonly #raw = new RawUsage();
  readonly #toolCalls: ToolCall[] = [];
  #jsonToolId: string | undefined;
  /** What was given out; with a json tool, its arguments. */
  #text = '';
  /** With a json tool: what was said besides, in case that the tool is not called. */
  #aside = '';
  #providerModel: string | undefined;
  #over = false;

  constructor(open: Open) {
    this.#open = open;
    this.line = open.line;
    this.#jsonTool = jsonToolOf(open.errand.call);
  }

  async next(): Promise<StreamPart> {
    const { reader, leash, errand } = this.#open;
    for (;;) {
      let read;
      try {
        read = await leash.hold(reader.read());
      } catch (error) {
        return await this.#cut(leash.ended === undefined ? failureOf(error, seenBy(errand)) : undefined);
      }
      if (read.done) return await this.#cut(malformed('the stream ended before the answer was whole'));
      const part = read.value;
      if (part.type === 'error') return await this.#cut(failureOf(part.error, seenBy(errand)));
      if (part.type === 'finish') return await this.#finish(part.finishReason, part.usage);
      const text = this.#textIn(part);
      if (text === '') continue;
      this.#text += text;
      return { is: 'text', text };
    }
  }

  /** Nobody reads on. */
  async close(): Promise<void> {
    if (this.#over) return;
    this.#end();
    await this.#open.bill.pay('unknown');
  }

  #textIn(part: LanguageModelV4StreamPart): string {
    switch (part.type) {
      case 'raw':
        this.#raw.add(part.rawValue);
        return '';
      case 'response-metadata':
        this.#providerModel ??= part.modelId;
        return '';
      case 'reasoning-delta':
        this.#open.begun();
        return '';
      case 'text-delta':
        if (part.delta !== '') this.#open.begun();
        if (this.#jsonTool === undefined) return part.delta;
        this.#aside += part.delta;
        return '';
      case 'tool-input-start':
        this.#open.begun();
        if (part.toolName === this.#jsonTool) this.#jsonToolId ??= part.id;
        return '';
      case 'tool-input-delta':
        return part.id === this.#jsonToolId ? part.delta : '';
      case 'tool-call':
        if (part.toolName !== this.#jsonTool) this.#toolCalls.push(toolCallOf(part));
        // Some providers give the arguments whole and without deltas.
        else if (this.#text === '') return part.input;
        return '';
      default:
        return '';
    }
  }

  async #finish(reason: LanguageModelV4FinishReason, used: LanguageModelV4Usage): Promise<StreamPart> {
    const { errand, line, bill } = this.#open;
    if (reason.unified === 'interrupted') return await this.#cut(malformed('the stream ended before the answer was whole'));
    if (this.#text === '') this.#text = this.#aside;
    const content = { text: this.#text, toolCalls: this.#toolCalls };
    const usage = usageOf(used);
    this.#over = true;
    void this.#drain();
    const cost = await charge(errand, line, bill, usage, this.#raw.value);
    const failure = flawOf(content, reason);
    if (failure !== undefined) return { is: 'failure', failure };
    const providerModel = this.#providerModel ?? line.provider.modelName;
    const answer = { ...content, finish: finishOf(reason), usage: usage ?? noUsage, cost, provider: line.provider.name, providerModel };
    return { is: 'answer', answer };
  }

  async #cut(failure: Failure | undefined): Promise<StreamPart> {
    const why = failure ?? ended(this.#open.leash);
    this.#end();
    // Whatever the provider says in the middle of a stream, it has begun to work.
    await this.#open.bill.pay('unknown');
    return why === 'aborted' ? { is: 'aborted' } : { is: 'failure', failure: why };
  }

  #end(): void {
    const { leash, reader } = this.#open;
    this.#over = true;
    leash.abort();
    reader.cancel().catch(() => {});
  }

  /** What still comes after the end is read away, so that the connection can serve the next request. */
  async #drain(): Promise<void> {
    const { leash, reader } = this.#open;
    try {
      while (!(await leash.hold(reader.read())).done);
    } catch {
      // The answer was whole; how the connection ends does not matter.
    } finally {
      leash.end();
    }
  }
}
