/** What is told of work that was done, for whoever draws it as a trace. */

/** One piece of work. Ids are those of OpenTelemetry: 32 and 16 hexadecimal digits. */
export interface SpanData {
  readonly trace: string;
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly kind: 'server' | 'internal' | 'client';
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly attributes: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly error?: { readonly code: string; readonly message: string };
  /** Work of other traces that this goes on from. */
  readonly links?: readonly { readonly trace: string; readonly id: string }[];
  /** Whether whoever began the trace records it; absent where that is nobody but us. */
  readonly sampled?: boolean;
}

/** T1. Telling never waits and never fails: what cannot be brought anywhere is dropped, and counted. */
export interface Telemetry {
  span(span: SpanData): void;
  /** Whether a trace that is begun here is recorded: every node gives the same answer. */
  records(trace: string): boolean;
  /** Resolves when everything told so far was brought there, or was dropped, or when that takes too long. */
  flushed(): Promise<void>;
  close(): Promise<void>;
}
