/** A short, as schemas/video_script.json says it, and how long it takes to say it. */

export interface Scene {
  readonly text: string;
  /** Seconds. */
  readonly duration: number;
  readonly visual_prompt: string;
  readonly search_terms: readonly string[];
}

export interface VideoScript {
  readonly title: string;
  readonly hook: string;
  readonly scenes: readonly Scene[];
  readonly cta: string;
  /** Seconds. */
  readonly total_duration: number;
  /** Wishes that could not be fulfilled. */
  readonly open_notes: readonly string[];
}

export interface Research {
  readonly topic: string;
  readonly trends: readonly { readonly name: string; readonly evidence: string; readonly sources: readonly string[] }[];
  readonly key_insights: readonly string[];
  readonly suggested_angles: readonly string[];
  readonly note: string | null;
}

const WORDS_PER_SECOND = 150 / 60;
const PAUSE = 0.25;

const tenth = (value: number): number => Math.round(value * 10) / 10;

export const wordCount = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

/** Seconds for a text with the breath after it. */
export const secondsFor = (text: string): number => wordCount(text) / WORDS_PER_SECOND + PAUSE;

/** The words that fit into a time, in so many scenes. */
export const wordsWithin = (seconds: number, scenes: number): number => Math.floor((seconds - scenes * PAUSE) * WORDS_PER_SECOND);

/** The script with all its times counted from its words, and what is left of the length spread over the scenes. */
export function timed(script: VideoScript, length?: number): VideoScript {
  const spoken = [script.hook, ...script.scenes.map((scene) => scene.text), script.cta].reduce((sum, text) => sum + secondsFor(text), 0);
  const spare = length === undefined ? 0 : Math.min(1, Math.max(0, (length - spoken) / script.scenes.length));
  const scenes = script.scenes.map((scene) => ({ ...scene, duration: tenth(secondsFor(scene.text) + spare) }));
  const total = secondsFor(script.hook) + secondsFor(script.cta) + scenes.reduce((sum, scene) => sum + scene.duration, 0);
  return { ...script, scenes, total_duration: tenth(total) };
}
