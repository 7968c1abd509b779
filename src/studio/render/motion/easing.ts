/** Ways from 0 to 1. What lies before is 0, what lies beyond is 1. */

export const clampShare = (share: number): number => Math.min(1, Math.max(0, share));

/** Begins slowly. */
export const easeIn = (share: number): number => clampShare(share) ** 2.4;

/** Ends slowly. */
export const easeOut = (share: number): number => 1 - (1 - clampShare(share)) ** 2.4;

/** Begins and ends slowly. */
export function easeInOut(share: number): number {
  const way = clampShare(share);
  return way * way * (3 - 2 * way);
}
