/** How a thing arrives: a spring that is let go at 0 and comes to rest at 1, as a pure function of time. */

export interface Spring {
  /** Radians a second: the larger, the sooner it arrives. */
  readonly speed: number;
  /** 1: it arrives without passing its goal; less: it swings over it. */
  readonly damping: number;
}

/** Where the spring is `seconds` after it was let go. */
export function springAt({ speed, damping }: Spring, seconds: number): number {
  if (seconds <= 0) return 0;
  if (restsAt({ speed, damping }) <= seconds) return 1;
  const decay = Math.exp(-damping * speed * seconds);
  if (damping >= 1) return 1 - decay * (1 + speed * seconds);
  const swing = Math.sqrt(1 - damping * damping);
  const angle = speed * swing * seconds;
  return 1 - decay * (Math.cos(angle) + (damping / swing) * Math.sin(angle));
}

/** When what is left of the way can no longer be seen. */
export const restsAt = ({ speed, damping }: Spring): number => 9 / (speed * Math.min(1, damping));

/** A thing that rests is struck: it swings out, and comes back to 0. The furthest that it goes is about `0.5 / damping`. */
export function strikeAt({ speed, damping }: Spring, seconds: number): number {
  if (seconds <= 0 || restsAt({ speed, damping }) <= seconds) return 0;
  return Math.exp(-damping * speed * seconds) * Math.sin(speed * seconds);
}
