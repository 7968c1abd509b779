/** Where somebody speaks in a recording: stretches of sound between pauses. */

export interface Burst {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

/** Seconds of one step in which the level is taken. */
const step = 0.01;
/** The closure before a "p" or a "t" is shorter. */
const shortestPause = 0.08;
/** A click, or the end of a breath. */
const shortestBurst = 0.03;

/** In order; empty where all is silent. */
export function burstsIn(samples: Float32Array, rate: number): readonly Burst[] {
  const levels = levelsOf(samples, Math.max(1, Math.round(rate * step)));
  const threshold = thresholdOf(levels);
  const sounds = runsAbove(levels, threshold);
  const length = samples.length / rate;
  return joined(sounds)
    .map(({ start, end }) => ({ start: start * step, end: Math.min(length, end * step) }))
    .filter(({ start, end }) => end - start >= shortestBurst);
}

/** In decibels below full scale. */
function levelsOf(samples: Float32Array, size: number): Float64Array {
  const levels = new Float64Array(Math.ceil(samples.length / size));
  for (let at = 0; at < levels.length; at++) {
    const to = Math.min(samples.length, (at + 1) * size);
    let energy = 0;
    for (let i = at * size; i < to; i++) energy += (samples[i] ?? 0) ** 2;
    levels[at] = 10 * Math.log10(energy / (to - at * size) + 1e-10);
  }
  return levels;
}

/** Somewhat below speech, and above the hiss of the recording. */
function thresholdOf(levels: Float64Array): number {
  const sorted = levels.toSorted();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? -100;
  const [floor, loud] = [at(0.02), at(0.9)];
  if (loud < -70) return Infinity;
  return Math.max(loud - 30, Math.min(floor + 8, loud - 12));
}

function runsAbove(levels: Float64Array, threshold: number): readonly Burst[] {
  const runs: Burst[] = [];
  let start = -1;
  for (let at = 0; at <= levels.length; at++) {
    const sounds = (levels[at] ?? -Infinity) > threshold;
    if (sounds && start < 0) start = at;
    if (!sounds && start >= 0) {
      runs.push({ start, end: at });
      start = -1;
    }
  }
  return runs;
}

function joined(runs: readonly Burst[]): readonly Burst[] {
  const whole: Burst[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last !== undefined && (run.start - last.end) * step < shortestPause) whole[whole.length - 1] = { start: last.start, end: run.end };
    else whole.push(run);
  }
  return whole;
}
