/** Soft lights that rise through the picture: few, slow, and each at its own pace. */
import type { Size } from '../../film/aspect.ts';
import type { Quality } from '../../film/quality.ts';
import { chanceFrom } from '../../chance.ts';

export interface Particle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly opacity: number;
}

/** All the lights at a time of the scene. */
export type Particles = (seconds: number) => readonly Particle[];

const countOf: Readonly<Record<Quality, number>> = { draft: 7, standard: 14, high: 20 };

export function particlesOf(of: { readonly frame: Size; readonly quality: Quality; readonly seed: number }): Particles {
  const chance = chanceFrom(of.seed);
  const { width, height } = of.frame;
  const unit = Math.min(width, height) / 1080;
  const lights = Array.from({ length: countOf[of.quality] }, () => {
    const near = chance() ** 2.2;
    return {
      x: chance() * width,
      start: chance(),
      radius: (5 + 27 * near) * unit,
      // What is near is larger, faster and more transparent.
      speed: (26 + 60 * near + 20 * chance()) * unit,
      strength: 0.26 - 0.15 * near + 0.06 * chance(),
      sway: 10 + 22 * chance(),
      pace: 0.5 + chance(),
      phase: chance() * 2 * Math.PI,
    };
  });
  return (seconds) =>
    lights.map((light) => {
      const way = height + 4 * light.radius;
      const risen = (light.start * way + light.speed * seconds) % way;
      return {
        x: light.x + light.sway * Math.sin(light.pace * seconds + light.phase),
        y: height + 2 * light.radius - risen,
        radius: light.radius,
        opacity: light.strength * (0.75 + 0.25 * Math.sin(1.7 * light.pace * seconds + light.phase)),
      };
    });
}
