/** What is told of a run, as it goes over the wire: made into text once, for all who read it. */
import type { Json } from '../../core/data/json.ts';

export interface Message {
  /**
   * How far whoever has read it has read the run's journal: to be given when he comes again. Whole numbers are those of
   * the journal's events, from 1 on; of several messages of one event the earlier have tenths. What is in no journal
   * has none.
   */
  readonly cursor?: number;
  readonly event: string;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly run?: string;
  readonly data: Json;
}

export interface Written extends Message {
  /** The message as JSON. */
  readonly text: string;
  /** Learners that it concerns. */
  readonly learners: readonly string[];
}

export function written(message: Message, learners: readonly string[] = []): Written {
  return { ...message, learners, text: JSON.stringify(message) };
}
