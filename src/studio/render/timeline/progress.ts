import type { Box } from '../../film/aspect.ts';

export interface ProgressPart {
  readonly box: Box;
  /** How much of it is full, 0..1. */
  readonly full: number;
}

/** The line of progress: a part for each scene. Those before are full, the scene's own fills while it plays. */
export function progressParts(of: {
  readonly line: Box;
  readonly index: number;
  readonly count: number;
  readonly share: number;
}): readonly ProgressPart[] {
  const { line, index, count, share } = of;
  const gap = Math.min(10, line.width / count / 3);
  const width = (line.width - gap * (count - 1)) / count;
  return Array.from({ length: count }, (_, part) => ({
    box: { x: line.x + part * (width + gap), y: line.y, width, height: line.height },
    full: part < index ? 1 : part > index ? 0 : share,
  }));
}
