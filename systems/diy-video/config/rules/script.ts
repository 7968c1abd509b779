/** What goes into and comes out of `script_generator`, as schemas/script_input.json and schemas/script.json say it. */
import type { ContentMode } from './pace.ts';

export interface ScriptInput {
  readonly topic: string;
  readonly content_mode: ContentMode;
  /** Seconds. */
  readonly target_duration: number;
  readonly quality_mode: 'draft' | 'standard' | 'high';
  /** What was said about the script before. */
  readonly feedback?: string;
}

export interface Script {
  readonly title: string;
  readonly hook: string;
  readonly audience: string;
  readonly materials: readonly { readonly name: string; readonly amount: string | null }[];
  readonly safety: readonly string[];
  readonly gather: { readonly narration: string; readonly picture: string };
  readonly steps: readonly ScriptStep[];
  readonly result: { readonly narration: string; readonly picture: string };
  readonly cta: { readonly narration: string };
  readonly total_seconds: number;
  readonly keywords: readonly string[];
  /** Nothing is known about the topic; the steps would suit others as well. */
  readonly generic: boolean;
  /** For whoever made it: what the script cannot know. */
  readonly note: string | null;
  readonly sources: readonly string[];
}

export interface ScriptStep {
  readonly number: number;
  readonly action: string;
  readonly narration: string;
  readonly picture: string;
  readonly why: string | null;
  readonly seconds: number;
}
