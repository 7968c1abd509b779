/** All that the checks of a finished film may look at. */
import type { Aspect, Box } from '../film/aspect.ts';
import type { Quality } from '../film/quality.ts';
import type { SceneKind, ShownCaption } from '../film/scene.ts';
import type { Word } from '../film/speech.ts';
import type { Inspection } from './inspection.ts';
import type { MeasuredFilm } from './read-film.ts';
import type { SubtitleFile } from './subtitle-file.ts';

export interface ProbedScene {
  readonly kind: SceneKind;
  /** Where it begins in the film, and how long it is, in seconds. */
  readonly at: number;
  readonly seconds: number;
  /** As they are spoken, or as long as reading them takes; in seconds from the scene's begin. */
  readonly words: readonly Word[];
  readonly captions: readonly ShownCaption[];
  /** Where everything else stands that has to be read. */
  readonly texts: readonly Box[];
  /** The lowest of any text. */
  readonly contrast: number;
  /** Zero where there is no voice. */
  readonly speechSeconds: number;
  readonly inspection: Inspection;
}

export interface Evidence extends MeasuredFilm {
  /** Seconds that were asked for. */
  readonly target: number;
  readonly aspect: Aspect;
  readonly quality: Quality;
  readonly scenes: readonly ProbedScene[];
  readonly subtitles: { readonly srt: SubtitleFile; readonly vtt: SubtitleFile } | null;
}

/** Positions of the scenes for which it holds. */
export const scenesWhere = ({ scenes }: Evidence, holds: (scene: ProbedScene, index: number) => boolean): readonly number[] =>
  scenes.flatMap((scene, index) => (holds(scene, index) ? [index] : []));

export const isSpoken = ({ scenes }: Evidence): boolean => scenes.some(({ speechSeconds }) => speechSeconds > 0);
