/** Wall time in milliseconds since 1970, and a way to be woken. */
export interface Clock {
  now(): number;
  /** Calls `wake` once, at `time` or soon after; answers with its own end. */
  at(time: number, wake: () => void): () => void;
}
