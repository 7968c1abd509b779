import type { TextLayer } from '../../film/text-layer.ts';
import { easeOut } from '../motion/easing.ts';
import { restsAt, springAt, type Spring } from '../motion/spring.ts';
import type { Pose } from '../planes/lay-moved-sprite.ts';
import { resting } from './sprite-pose.ts';

const quick: Spring = { speed: 30, damping: 0.62 };
const soft: Spring = { speed: 14, damping: 0.85 };

export interface TimedText {
  readonly layer: Omit<TextLayer, 'bitmap'>;
  /** It beats: it wants to be pressed. */
  readonly pulses: boolean;
}

/** How a text lies in the frame at a time of the scene; undefined while it is not shown. */
export function textPose({ layer: of, pulses }: TimedText, time: number): Pose | undefined {
  if (time < of.start || time >= of.end) return undefined;
  const age = time - of.start;
  const opacity = easeOut(age / 0.16);
  switch (of.entrance) {
    case 'none':
      return resting;
    case 'pop': {
      const scale = 0.72 + 0.28 * springAt(quick, age);
      return { ...resting, scale: pulses ? scale * beat(age - restsAt(quick)) : scale, opacity: popped(age) };
    }
    case 'rise':
      return { ...resting, dy: 56 * (1 - springAt(soft, age)), opacity };
    case 'drop':
      return { ...resting, dy: -56 * (1 - springAt(soft, age)), opacity };
  }
}

/** Seen in its very first frame, so that nothing is missing for a moment where one caption follows another. */
const popped = (age: number): number => easeOut((age + 0.04) / 0.07);

/** Like a heart: larger for a moment, a little more than once a second. */
const beat = (age: number): number => (age <= 0 ? 1 : 1 + 0.045 * Math.sin((Math.PI * age) / 0.42) ** 2 * (age % 0.84 < 0.42 ? 1 : 0.35));
