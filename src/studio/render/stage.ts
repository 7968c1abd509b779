/**
 * Draws the frames of a scene.
 *
 * S1. A frame depends on the scene and the frame's number alone, so that the same scene gives the same bytes.
 * S2. Frames are drawn in order: a text is turned into planes when it first shows, and forgotten when it is gone.
 * S3. Nothing is kept per frame: the memory does not grow with the length of the scene.
 */
import { framesPerSecond, layoutOf } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';
import type { Palette } from '../film/palette.ts';
import type { TextLayer } from '../film/text-layer.ts';
import { colourOf, type Colour } from './planes/colour.ts';
import { driftOver } from './planes/drift.ts';
import { fillShape } from './planes/fill-shape.ts';
import { layMovedSprite, type Pose } from './planes/lay-moved-sprite.ts';
import { laySprite } from './planes/lay-sprite.ts';
import { opaquePlanes } from './planes/opaque-planes.ts';
import type { Planes } from './planes/planes.ts';
import { pushAside } from './planes/push-aside.ts';
import { roundedBar } from './planes/shape.ts';
import { spritePlanes, type SpritePlanes } from './planes/sprite-planes.ts';
import { zoomOver } from './planes/zoom.ts';
import { softLight } from './soft-light.ts';
import { textContrast } from './text-contrast.ts';
import type { Particle } from './timeline/particles.ts';
import type { ProgressPart } from './timeline/progress.ts';
import { sceneTimeline, type GroundPlace, type SceneTimeline, type TimelineInput } from './timeline/scene-timeline.ts';
import type { TimedText } from './timeline/text-pose.ts';
import type { Cover } from './timeline/transition.ts';

export interface StagedText extends TimedText {
  readonly layer: TextLayer;
}

export interface StageInput {
  readonly scene: TimelineInput;
  /** As large as the timeline wants the ground. */
  readonly background: Bitmap;
  /** As large as their boxes, in the picture's order. */
  readonly sprites: readonly Bitmap[];
  readonly texts: readonly StagedText[];
}

export interface Stage {
  draw(frame: number, into: Planes): void;
  /** The lowest contrast of any text that was drawn with what lay behind it; 21, the highest there is, without texts. */
  contrast(): number;
}

export function openStage({ scene, background, sprites: bitmaps, texts }: StageInput): Stage {
  const { palette, sprites: places } = scene.picture;
  const timeline = sceneTimeline(scene, texts);
  const ground = groundOf(timeline, background, scene);
  const sprites = bitmaps.map((bitmap, which) => spritePlanes(bitmap, rounded(places[which]?.box ?? { x: 0, y: 0 })));
  const light = spritePlanes(softLight(palette.ink), { x: 0, y: 0 });
  const colours = coloursOf(palette);
  const written = writings(texts, scene.frames);
  return {
    draw: (frame, into) => {
      const plan = timeline.at(frame);
      ground(into, plan.ground);
      for (const particle of plan.particles) layParticle(into, light, particle);
      for (const { which, pose } of plan.sprites) lay(into, sprites[which], pose);
      for (const { which, pose } of plan.texts) lay(into, written.measured(which, frame, into), pose);
      written.forget(frame);
      if (plan.cover !== undefined) layCover(into, plan.cover, colours);
      for (const part of plan.progress) layProgress(into, part, colours);
    },
    contrast: () => written.lowest(),
  };
}

type ShowGround = (into: Planes, place: GroundPlace) => void;

function groundOf(timeline: SceneTimeline, background: Bitmap, scene: TimelineInput): ShowGround {
  const planes = opaquePlanes(background);
  const { frame } = layoutOf(scene.aspect);
  const { groundMoves: moves } = timeline;
  if (moves.by === 'zoom') {
    const zoom = zoomOver(planes, frame);
    return (into, place) => {
      if (place.is === 'zoom') zoom(into, place.view);
    };
  }
  const drift = driftOver(planes, frame, moves.axis);
  return (into, place) => {
    if (place.is === 'drift') drift.show(into, place.quarters);
  };
}

interface Colours {
  readonly ground: Colour;
  readonly accent: Colour;
  readonly ink: Colour;
}

const coloursOf = ({ ground, accent, ink }: Palette): Colours => ({
  ground: colourOf(ground[0]),
  accent: colourOf(accent),
  ink: colourOf(ink),
});

function lay(into: Planes, sprite: SpritePlanes | undefined, pose: Pose): void {
  if (sprite === undefined) return;
  const { dx, dy, scale, rotation, opacity } = pose;
  const shifted = scale === 1 && rotation === 0 && isEven(dx) && isEven(dy);
  if (!shifted) layMovedSprite(into, sprite, pose);
  else laySprite(into, dx === 0 && dy === 0 ? sprite : { ...sprite, x: sprite.x + dx, y: sprite.y + dy }, opacity);
}

const isEven = (value: number): boolean => value % 2 === 0;

function layParticle(into: Planes, light: SpritePlanes, { x, y, radius, opacity }: Particle): void {
  const { pivot } = light;
  layMovedSprite(into, light, { dx: x - pivot.x, dy: y - pivot.y, scale: radius / pivot.x, rotation: 0, opacity });
}

function layCover(into: Planes, { push, veils }: Cover, colours: Colours): void {
  if (push !== 0) pushAside(into, push, colours.ground);
  for (const { shape, side, colour } of veils) fillShape(into, shape, { colour: colours[colour], opacity: 1, side });
}

function layProgress(into: Planes, { box, full }: ProgressPart, { accent, ink }: Colours): void {
  if (full < 1) fillShape(into, roundedBar(box), { colour: ink, opacity: 0.28, side: 'inside' });
  if (full > 0) {
    // Never narrower than it is high: it begins as a dot.
    const width = Math.min(box.width, Math.max(box.height, box.width * full));
    fillShape(into, roundedBar({ ...box, width }), { colour: accent, opacity: 1, side: 'inside' });
  }
}

interface Writings {
  /** The text as planes. In the middle of its time its contrast with the frame as it is before it is laid is measured. */
  measured(which: number, frame: number, under: Planes): SpritePlanes | undefined;
  /** Lets go of what is not shown after this frame. */
  forget(frame: number): void;
  lowest(): number;
}

const highestContrast = 21;

function writings(texts: readonly StagedText[], frames: number): Writings {
  const held = new Map<number, SpritePlanes>();
  let lowest = highestContrast;
  const middle = ({ start, end }: TextLayer): number =>
    Math.floor(((Math.max(0, start) + Math.min(end, frames / framesPerSecond)) / 2) * framesPerSecond);
  return {
    measured: (which, frame, under) => {
      const text = texts[which]?.layer;
      if (text === undefined) return undefined;
      const planes = held.get(which) ?? spritePlanes(text.bitmap, rounded(text.box));
      held.set(which, planes);
      if (frame === middle(text)) lowest = Math.min(lowest, textContrast(planes, under) ?? lowest);
      return planes;
    },
    forget: (frame) => {
      for (const which of held.keys()) if ((texts[which]?.layer.end ?? 0) <= (frame + 1) / framesPerSecond) held.delete(which);
    },
    lowest: () => lowest,
  };
}

const rounded = ({ x, y }: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number } => ({
  x: Math.round(x),
  y: Math.round(y),
});
