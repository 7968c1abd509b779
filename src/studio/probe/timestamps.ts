/** When the frames of a film are shown. */
import type { VideoStream } from './film-streams.ts';

export const shownTimes = ({ packets }: VideoStream): readonly number[] =>
  packets.map(({ shown }) => shown).toSorted((one, other) => one - other);

export const gapsOf = (times: readonly number[]): readonly number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));

/** Seconds from one frame to the next, as most of them have it. */
export function frameGap(times: readonly number[]): number | undefined {
  const gaps = gapsOf(times).toSorted((one, other) => one - other);
  const gap = gaps[Math.floor(gaps.length / 2)];
  return gap === undefined || gap <= 0 ? undefined : gap;
}
