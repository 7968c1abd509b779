import type { Drawing } from './drawing/marks.ts';
import type { SceneWords } from './recognise.ts';

export interface Found {
  readonly drawing: Drawing;
  /** What it shows, in words. */
  readonly shows: string;
}

/** One thing that can be drawn: undefined where a scene does not clearly say it. */
export type Depiction = (scene: SceneWords) => Found | undefined;

export const found = (shows: string, drawing: Drawing): Found => ({ drawing, shows });

/** A depiction of a step. */
export const when =
  (is: (scene: SceneWords) => boolean, shows: string, draw: (scene: SceneWords) => Drawing): Depiction =>
  (scene) =>
    scene.step && is(scene) ? found(shows, draw(scene)) : undefined;
