import type { RunView } from '../../engine/view.ts';
import type { Words } from '../serving/happening.ts';

/** Shows how a run goes, live or line by line. */
export interface Progress {
  /** How things really stand: the run, and those that it called. */
  sync(views: readonly RunView[]): void;
  /** Leaves the screen to a conversation, until `resume`. */
  pause(): void;
  resume(): void;
  /** Something besides the run: a server that is away. */
  note(words: Words): void;
  /** The last picture stays. */
  end(): void;
}
