import type { RunView } from '../../engine/view.ts';

/** Shows how a run goes, live or line by line. */
export interface Progress {
  /** How things really stand: the run, and those that it called. */
  sync(views: readonly RunView[]): void;
  /** Leaves the screen to a conversation, until `resume`. */
  pause(): void;
  resume(): void;
  /** The last picture stays. */
  end(): void;
}
