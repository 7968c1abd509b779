/**
 * When everything happens: from scenes and their voices to lengths in whole frames. Pure.
 *
 * T1. How long a scene is follows from that scene alone, and how it gives way to the next from its place: a changed
 *     scene leaves all others as they are.
 * T2. No voice is cut off, and nothing is shorter than eyes need.
 */
import { framesPerSecond, type SceneKind, type Transition, type Word } from 'continuo/studio';

export interface Spoken {
  readonly kind: SceneKind;
  /** How long its voice speaks. */
  readonly seconds: number;
  readonly words: readonly Word[];
  /** How long the script wants it on the screen; null where it does not say. */
  readonly planned: number | null;
}

export interface Placed {
  /** Where it begins in the film, in seconds. */
  readonly at: number;
  readonly frames: number;
  /** In seconds from the scene's begin. */
  readonly words: readonly Word[];
  /** Where its voice begins, in seconds from the scene's begin. */
  readonly voiceAt: number;
  readonly opening: Transition;
  readonly closing: Transition;
}

/** A breath before the first word, and one after the last. */
const lead: Readonly<Record<SceneKind, number>> = { title: 0.15, materials: 0.3, step: 0.3, result: 0.3, ending: 0.3 };
const tail: Readonly<Record<SceneKind, number>> = { title: 0.35, materials: 0.45, step: 0.4, result: 0.6, ending: 1.1 };
/** Nothing can be seen in less. */
const shortest: Readonly<Record<SceneKind, number>> = { title: 2, materials: 3, step: 2.6, result: 2.6, ending: 2.6 };
/** What the script plans beyond the words is given to the hands, up to so much. */
const longestPause = 2;

/** Seconds of film from which on there is time for every pause, and the share that the shortest film gets of them. */
const unhurried = 45;
const leastCalm = 0.5;

const transitions: readonly Transition[] = ['wipe', 'iris', 'slide'];

/** `target` is how long the film is to be: a short one breathes less. */
export function timelineOf(scenes: readonly Spoken[], target: number): readonly Placed[] {
  const calm = Math.min(1, Math.max(leastCalm, target / unhurried));
  let begun = 0;
  return scenes.map((scene, index): Placed => {
    const before = lead[scene.kind] * calm;
    const frames = Math.ceil(lengthOf(scene, calm) * framesPerSecond);
    const placed: Placed = {
      at: begun / framesPerSecond,
      frames,
      words: scene.words.map((word) => ({ ...word, start: word.start + before, end: word.end + before })),
      voiceAt: before,
      opening: index === 0 ? 'cut' : between(index),
      closing: index === scenes.length - 1 ? 'cut' : between(index + 1),
    };
    begun += frames;
    return placed;
  });
}

function lengthOf({ kind, seconds, planned }: Spoken, calm: number): number {
  const bare = Math.max(shortest[kind] * calm, lead[kind] * calm + seconds + tail[kind] * calm);
  return Math.min(Math.max(bare, planned ?? 0), bare + longestPause);
}

const between = (index: number): Transition => transitions[index % transitions.length] ?? 'cut';

export const secondsOf = (timeline: readonly Pick<Placed, 'frames'>[]): number =>
  timeline.reduce((sum, { frames }) => sum + frames, 0) / framesPerSecond;
