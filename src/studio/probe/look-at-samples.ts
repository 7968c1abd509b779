/** What can be seen in a segment by looking at every few of its frames. */
import { framesPerSecond } from '../film/aspect.ts';
import { bytesPerSample, framesPerSample, isBlack, movedShare } from './sample.ts';
import { signatureOf } from './signature.ts';
import type { Span } from './span.ts';

export interface Seen {
  readonly black: readonly Span[];
  /** Where the picture stands still for so long that it feels like a slide; words may go on changing over it. */
  readonly frozen: readonly Span[];
  /** Of the frame in the middle. */
  readonly signature: string;
}

/** Captions and the line of progress cover less of the frame than this; a picture that drifts changes nearly all of it. */
const stillShare = 0.25;
const frozenSeconds = 1.5;
/** Half of a transition may be dark for a moment. */
const blackSeconds = 0.3;

const samplesPerSecond = framesPerSecond / framesPerSample;

/** `pixels` has one sample after another. */
export function lookAtSamples(pixels: Uint8Array): Seen {
  const count = Math.floor(pixels.length / bytesPerSample);
  const samples = Array.from({ length: count }, (_, index) => pixels.subarray(index * bytesPerSample, (index + 1) * bytesPerSample));
  const black = samples.map(isBlack);
  const middle = samples[Math.floor(count / 2)];
  return {
    black: longer(blackSeconds, blackRuns(black)),
    frozen: longer(frozenSeconds, stillRuns(samples, black)),
    signature: middle === undefined ? '' : signatureOf(middle),
  };
}

/** From the first sample of the run to the one after its last. */
type Run = readonly [from: number, to: number];

const longer = (least: number, runs: readonly Run[]): readonly Span[] =>
  runs
    .map(([from, to]) => ({ start: from / samplesPerSecond, end: to / samplesPerSecond }))
    .filter(({ start, end }) => end - start >= least - 1e-9);

function blackRuns(black: readonly boolean[]): readonly Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < black.length; from++) {
    if (black[from] !== true) continue;
    const end = black.indexOf(false, from);
    const to = end === -1 ? black.length : end;
    runs.push([from, to]);
    from = to;
  }
  return runs;
}

/** A run ends with the first sample that differs from the run's first, so that slow movement counts as movement. */
function stillRuns(samples: readonly Uint8Array[], black: readonly boolean[]): readonly Run[] {
  const runs: Run[] = [];
  let from = 0;
  samples.forEach((sample, index) => {
    const first = samples[from];
    const stands = first !== undefined && black[index] === black[from] && movedShare(first, sample) < stillShare;
    if (stands) return;
    runs.push([from, index]);
    from = index;
  });
  runs.push([from, samples.length]);
  // What is black is said to be black.
  return runs.filter(([begin]) => black[begin] !== true);
}
