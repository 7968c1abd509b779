/** A stretch of time, in seconds. */
import { z } from 'zod';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanSchema: z.ZodType<Span> = z.object({ start: z.number(), end: z.number() });

export const secondsOf = (spans: readonly Span[]): number => spans.reduce((sum, { start, end }) => sum + end - start, 0);

export const later = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** How much of the span lies in any of the others; where they overlap it counts once. */
export function coveredBy(span: Span, others: readonly Span[]): number {
  let covered = 0;
  let from = span.start;
  for (const { start, end } of others.toSorted((one, other) => one.start - other.start)) {
    const [begin, to] = [Math.max(start, from), Math.min(end, span.end)];
    if (to <= begin) continue;
    covered += to - begin;
    from = to;
  }
  return covered;
}
