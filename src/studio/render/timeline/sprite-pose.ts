import type { Size } from '../../film/aspect.ts';
import type { Sprite } from '../../film/picture.ts';
import { easeOut } from '../motion/easing.ts';
import { floatAt } from '../motion/float.ts';
import { springAt, strikeAt, type Spring } from '../motion/spring.ts';
import type { Pose } from '../planes/lay-moved-sprite.ts';

export const resting: Pose = { dx: 0, dy: 0, scale: 1, rotation: 0, opacity: 1 };

export interface Performance {
  readonly sprite: Sprite;
  /** Its position among the sprites: neighbours float out of step. */
  readonly order: number;
  readonly frame: Size;
  /** Length of the scene. */
  readonly seconds: number;
  /** It is there from the first frame, and only swings once where it would have come in. */
  readonly present: boolean;
  /** It floats by whole pixels and neither turns nor grows: less beautiful, and much less work. */
  readonly plain: boolean;
}

/** Seconds after which a spring stands still for the eye. */
const settled = 1.2;

/** How a sprite of the picture lies `time` seconds after the scene's begin; undefined before it comes in. */
export function spritePose(of: Performance, time: number): Pose | undefined {
  const age = time - of.sprite.after;
  const arrival = of.present ? struck(age) : arriving(of.sprite, of.frame, age);
  if (arrival === undefined || of.sprite.float === 0) return arrival;
  const { float: amount, box, role } = of.sprite;
  const floating = floatAt(time, { amount, phase: (of.order * 0.37) % 1, size: box.width });
  if (of.plain) {
    const arrived = age > settled ? resting : arrival;
    return { ...arrived, dx: arrived.dx + evenly(floating.dx), dy: arrived.dy + evenly(floating.dy) };
  }
  // A hero comes a little nearer all the time, so that a long scene never stands still.
  const nearer = role === 'hero' ? 1 + 0.05 * amount * (time / of.seconds) : 1;
  return {
    dx: arrival.dx + floating.dx,
    dy: arrival.dy + floating.dy,
    scale: arrival.scale * nearer,
    rotation: arrival.rotation + floating.rotation,
    opacity: arrival.opacity,
  };
}

/** Colours have half the resolution: what moves by two pixels is moved without sampling it anew. */
const evenly = (value: number): number => Math.round(value / 2) * 2;

const soft: Spring = { speed: 12, damping: 0.8 };
const lively: Spring = { speed: 17, damping: 0.48 };

const struck = (age: number): Pose => ({ ...resting, scale: 1 + 0.07 * strikeAt({ speed: 13, damping: 0.3 }, age) });

function arriving({ entrance, role, box }: Sprite, frame: Size, age: number): Pose | undefined {
  if (entrance === 'still') return resting;
  if (age < 0) return undefined;
  const way = springAt(soft, age);
  const left = 1 - way;
  switch (entrance) {
    case 'pop': {
      const size = springAt(lively, age);
      const turned = role === 'hero' || role === 'satellite' ? -0.14 * (1 - size) : 0;
      return { ...resting, scale: 0.3 + 0.7 * size, rotation: turned, opacity: easeOut(age / 0.07) };
    }
    case 'rise':
      return { ...resting, dy: left * 0.09 * frame.height, scale: 0.9 + 0.1 * way, opacity: easeOut(age / 0.22) };
    case 'slide-left':
      return { ...resting, dx: -left * (box.x + box.width), rotation: -0.05 * left };
    case 'slide-right':
      return { ...resting, dx: left * (frame.width - box.x), rotation: 0.05 * left };
    case 'fade':
      return { ...resting, opacity: easeOut(age / 0.4) };
  }
}
