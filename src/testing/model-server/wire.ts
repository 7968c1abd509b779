/** How a provider's protocol writes an answer down. */
import type { Answer, Media, Tokens } from './script.ts';

/** One event of a stream: its data, and its name where the protocol names events. */
export interface Chunk {
  readonly event?: string;
  readonly data: unknown;
}

export interface Wire {
  readonly whole: (answer: Answer, model: string) => unknown;
  /** Before the first text. */
  readonly begin: (model: string, tokens: Tokens | undefined) => readonly Chunk[];
  readonly text: (piece: string, model: string) => readonly Chunk[];
  /** Tool calls, the finish reason, the usage. */
  readonly finish: (answer: Answer, model: string) => readonly Chunk[];
  readonly error: (message: string) => readonly Chunk[];
  /** What stands after the last event. */
  readonly done: string;
  /** A picture or a sound within JSON; absent where the bytes themselves are the answer. */
  readonly media: (media: Media) => unknown;
  readonly vectors: (vectors: readonly (readonly number[])[], tokens: number, one: boolean) => unknown;
}
