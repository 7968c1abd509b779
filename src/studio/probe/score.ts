import type { Check } from './check.ts';

/** A check of this weight is essential: a film that fails it gets four points at most. */
export const essential = 6;

/**
 * From 1 to 10, with one decimal. A film begins with ten points; each failed check takes its weight away,
 * each warning a third of it.
 */
export function scoreOf(checks: readonly Check[]): number {
  const lost = checks.reduce((sum, { severity, weight }) => sum + (severity === 'fail' ? weight : severity === 'warn' ? weight / 3 : 0), 0);
  return Math.max(1, Math.round((10 - lost) * 10) / 10);
}
