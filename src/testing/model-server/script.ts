/** What a model server is told to answer. */

export interface Tokens {
  readonly input: number;
  /** Of the input, what was read from the provider's cache. */
  readonly cached?: number;
  readonly cacheWrite?: number;
  readonly output: number;
}

export interface Answer {
  readonly is: 'answer';
  /** One text, or the pieces that a stream gives; between them it may wait for a gate. */
  readonly text: string | readonly (string | Gate)[];
  readonly tools?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly usage?: Tokens | 'none';
  readonly finish?: 'stop' | 'length' | 'filter';
}

export type Reply =
  | Answer
  /** An error of the server; `body` may echo what was sent, its key too. */
  | {
      readonly is: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | ((sent: Sent) => string);
      readonly contentType?: string;
    }
  /** 200 and whatever it says. */
  | { readonly is: 'body'; readonly body: string; readonly contentType?: string }
  /** Never answers. */
  | { readonly is: 'hang' }
  /** The connection breaks: after these pieces of a stream, or in the middle of an answer that is not streamed. */
  | { readonly is: 'cut'; readonly after: readonly (string | Gate)[] }
  /** A stream that ends in order, but without a finish reason and without `[DONE]`. */
  | { readonly is: 'unfinished'; readonly after: readonly (string | Gate)[] }
  /** A stream that tells an error after these pieces. */
  | { readonly is: 'stream_error'; readonly after: readonly (string | Gate)[]; readonly message: string }
  /** A finish reason, and then no `[DONE]`. */
  | { readonly is: 'without_done'; readonly answer: Answer }
  | Media
  | { readonly is: 'vectors'; readonly vectors: readonly (readonly number[])[]; readonly tokens?: number }
  /** Waits until the gate is opened. */
  | { readonly is: 'held'; readonly gate: Gate; readonly reply: Reply };

/** What a model for pictures or for speech gives. */
export interface Media {
  readonly is: 'image' | 'speech';
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly tokens?: Tokens;
}

/** A request as a scripted reply sees it. */
export interface Sent {
  readonly key: string;
  readonly body: string;
}

/** Holds back what stands behind it until it is opened. */
export class Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.opened = promise;
    this.open = resolve;
  }
}

/** A good answer. */
export function answer(text: Answer['text'], extra: Omit<Answer, 'is' | 'text'> = {}): Answer {
  return { is: 'answer', text, ...extra };
}

/** A picture, in the way in which the protocol gives one. */
export function image(bytes: Uint8Array, type = 'image/png', tokens?: Tokens): Media {
  return { is: 'image', bytes, type, ...(tokens === undefined ? {} : { tokens }) };
}

export function speech(bytes: Uint8Array, type = 'audio/wav'): Media {
  return { is: 'speech', bytes, type };
}

/** An error in the form that all three wires share. */
export function status(code: number, message: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const body = JSON.stringify({ type: 'error', error: { type: 'scripted', message, code, status: 'SCRIPTED' } });
  return { is: 'status', status: code, headers, body };
}

/** Where the pieces of an answer are not streamed. */
export function wholeText(text: Answer['text']): string {
  return typeof text === 'string' ? text : text.filter((piece) => typeof piece === 'string').join('');
}

export function piecesOf(text: Answer['text']): readonly (string | Gate)[] {
  return typeof text === 'string' ? (text === '' ? [] : [text]) : text;
}

export const usualTokens: Tokens = { input: 11, output: 7 };
