/** What is drawn where in each frame of a scene: from the scene alone, without a single pixel. */
import { framesPerSecond, layoutOf, type Size } from '../../film/aspect.ts';
import type { SegmentInput } from '../../film/scene.ts';
import type { Pose } from '../planes/lay-moved-sprite.ts';
import type { Axis } from '../planes/drift.ts';
import type { View } from '../planes/zoom.ts';
import { driftPath, kenBurns } from './ground-path.ts';
import { particlesOf, type Particle } from './particles.ts';
import { progressParts, type ProgressPart } from './progress.ts';
import { spritePose } from './sprite-pose.ts';
import { textPose, type TimedText } from './text-pose.ts';
import { coverOf, turnAt, type Cover } from './transition.ts';

/** A layer that is shown: which of its list, and how it lies. */
export interface Placed {
  readonly which: number;
  readonly pose: Pose;
}

export type GroundPlace = { readonly is: 'drift'; readonly quarters: number } | { readonly is: 'zoom'; readonly view: View };

export interface FramePlan {
  readonly ground: GroundPlace;
  readonly particles: readonly Particle[];
  readonly sprites: readonly Placed[];
  readonly texts: readonly Placed[];
  readonly cover: Cover | undefined;
  readonly progress: readonly ProgressPart[];
}

export interface SceneTimeline {
  readonly groundSize: Size;
  readonly groundMoves: { readonly by: 'drift'; readonly axis: Axis } | { readonly by: 'zoom' };
  at(frame: number): FramePlan;
}

/** What a timeline is made of: everything of a segment but its words. */
export type TimelineInput = Pick<SegmentInput, 'index' | 'count' | 'frames' | 'picture' | 'aspect' | 'quality' | 'opening' | 'closing'>;

export function sceneTimeline(scene: TimelineInput, texts: readonly TimedText[]): SceneTimeline {
  const layout = layoutOf(scene.aspect);
  const seconds = scene.frames / framesPerSecond;
  const ground = groundOf(scene, layout.frame);
  const particles = particlesOf({ frame: layout.frame, quality: scene.quality, seed: scene.index });
  const performances = scene.picture.sprites.map((sprite, order) => ({
    sprite,
    order,
    frame: layout.frame,
    seconds,
    present: scene.index === 0,
    plain: scene.quality === 'draft',
  }));
  return {
    groundSize: ground.size,
    groundMoves: ground.moves,
    at: (frame) => {
      const time = frame / framesPerSecond;
      const turn = turnAt(scene, frame);
      return {
        ground: ground.at(frame),
        particles: particles(time),
        sprites: shown(performances.map((performance) => spritePose(performance, time))),
        texts: shown(texts.map((text) => textPose(text, time))),
        cover: turn === undefined ? undefined : coverOf(turn, layout.frame, middleOf(layout.picture)),
        progress: progressParts({ line: layout.progress, index: scene.index, count: scene.count, share: (frame + 1) / scene.frames }),
      };
    },
  };
}

interface Ground {
  readonly size: Size;
  readonly moves: SceneTimeline['groundMoves'];
  readonly at: (frame: number) => GroundPlace;
}

function groundOf(scene: TimelineInput, frame: Size): Ground {
  const { overscan, motion } = scene.picture;
  // Chroma halves what is even alone.
  const size = {
    width: frame.width + 2 * Math.max(0, Math.floor(overscan.x)),
    height: frame.height + 2 * Math.max(0, Math.floor(overscan.y)),
  };
  if (motion === 'ken-burns') {
    const view = kenBurns(scene, size, frame);
    return { size, moves: { by: 'zoom' }, at: (at) => ({ is: 'zoom', view: view(at) }) };
  }
  const path = driftPath(scene, size, frame);
  return { size, moves: { by: 'drift', axis: path.axis }, at: (at) => ({ is: 'drift', quarters: path.at(at) }) };
}

const middleOf = (box: Size & { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number } => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

const shown = (poses: readonly (Pose | undefined)[]): readonly Placed[] =>
  poses.flatMap((pose, which) => (pose === undefined ? [] : [{ which, pose }]));
