/**
 * What the workloads ask of an engine, ours or another's.
 *
 * B1. A promise resolves when what was asked for is durable, as far as the engine goes;
 *     `durability` says how far that is.
 * B2. Every run checks its own result and rejects when it is wrong, so that nothing but
 *     work that was done is counted.
 * B3. What an engine cannot do it says in words, in place of the function.
 */
export interface Payload {
  readonly n: number;
  readonly text: string;
}

export interface Engine {
  /** Whether what is acknowledged has been synced, and survives a power cut, or only a crash of the process. */
  readonly durability: 'synced' | 'unsynced';
  /** One run of five steps, each of which gives back what it got. */
  readonly five: Can<(input: Payload) => Promise<void>>;
  /** One run of a step that makes a list, a map over the list, and a step that takes the results. */
  readonly fan: Can<(width: number) => Promise<void>>;
  /** One run of so many steps, one after another, all results kept. What it gives starts such a run. */
  readonly chain: Can<(steps: number) => Promise<() => Promise<void>>>;
  /** Starts a run that waits for an hour, and gives its id once it is parked. */
  readonly park: Can<() => Promise<string>>;
  /** Asks how a run stands, and rejects when it does not wait. */
  readonly status: Can<(id: string) => Promise<void>>;
  /** Bytes on disk, where they do not lie in the directory that it was given. */
  readonly stored?: () => Promise<number>;
  close(): Promise<void>;
}

/** The thing itself, or why there is none. */
export type Can<F> = F | string;

/** What each engine's module exports. */
export interface EngineModule {
  readonly open: (dir: string) => Promise<Engine>;
}
