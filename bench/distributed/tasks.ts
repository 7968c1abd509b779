/** What a node of the bench can be asked, and what it answers: plain data, because it goes from process to process. */
import type { Watched } from './watching.ts';

export interface NodeSpec {
  readonly postgres: string;
  readonly redis: string;
  readonly blobs: string;
  readonly role: 'engine' | 'worker';
  /** Whether it can make attempts itself. */
  readonly agents: boolean;
}

export interface Worked {
  readonly runs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Produced {
  readonly succeeded: number;
  readonly failed: number;
  readonly seconds: number;
}

export interface Tasks {
  /** Runs of five steps, so many at a time, for so long. */
  readonly fives: (asked: { readonly atATime: number; readonly forSeconds: number }) => Promise<Worked>;
  /** Starts these productions together, and waits until all have ended. */
  readonly produce: (asked: { readonly ids: readonly string[]; readonly steps: number }) => Promise<Produced>;
  /** Follows the live events of these runs and asks how they stand, until it is told to stop. */
  readonly watch: (asked: { readonly ids: readonly string[] }) => Promise<void>;
  readonly watched: (asked: null) => Promise<Watched>;
  /** CPU seconds of the process so far. */
  readonly cpu: (asked: null) => Promise<number>;
  readonly close: (asked: null) => Promise<void>;
}

export type Task = keyof Tasks;
export type Asked<T extends Task> = Parameters<Tasks[T]>[0];
export type Answer<T extends Task> = Awaited<ReturnType<Tasks[T]>>;

export interface Request {
  readonly id: number;
  readonly task: Task;
  readonly asked: object | null;
}

export type Reply = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string };
