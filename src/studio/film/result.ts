/** What a finished film is handed over with. */
import type { BlobRef } from '../../ports/agent.ts';
import type { Size } from './aspect.ts';

/** One thing that was looked at, in a plain sentence. */
export interface FilmSentence {
  readonly name: string;
  readonly passed: boolean;
  readonly measured: string;
  readonly sentence: string;
}

export interface FilmResult {
  readonly title: string;
  readonly film: BlobRef;
  readonly thumbnail: BlobRef;
  readonly srt: BlobRef;
  readonly vtt: BlobRef;
  /** As it was filmed, in the form that the next request may bring along. */
  readonly script: unknown;
  /** Who wrote it. */
  readonly writtenBy: 'person' | 'rules' | 'model';
  readonly seconds: number;
  readonly size: Size;
  readonly scenes: number;
  /** From 1 to 10. */
  readonly score: number;
  readonly rating: 'EXCELLENT' | 'GOOD' | 'FAIR' | 'POOR';
  readonly passed: boolean;
  /** How often it was made better before it was handed over. */
  readonly refinements: number;
  readonly summary: string;
  readonly strengths: readonly string[];
  /** What would make it better. */
  readonly problems: readonly string[];
  readonly checks: readonly FilmSentence[];
  /** For whoever made it: what the film cannot know, what was done otherwise than asked. */
  readonly notes: readonly string[];
  /** In dollars. */
  readonly cost: number;
}
