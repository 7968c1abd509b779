import type { Measured } from './probe.ts';
import { secondsOf, type Span } from './span.ts';

/** A scene as it was meant, for whoever judges the film. */
export interface ReportedScene {
  readonly narration: string;
  /** What its picture was meant to show. */
  readonly picture: string;
  /** What somebody saw in it; null where nobody looked. */
  readonly shown: string | null;
  readonly seconds: number;
  readonly speechSeconds: number;
}

/** The measurements of a film as the function that judges films takes them. */
export interface FilmReport {
  readonly duration: number;
  readonly width: number;
  readonly height: number;
  readonly frames_per_second: number;
  readonly loudness: number | null;
  readonly true_peak: number | null;
  readonly silent_seconds: number;
  readonly black_seconds: number;
  readonly frozen_seconds: number;
  readonly caption_coverage: number;
  readonly captions_in_safe_area: boolean;
  readonly caption_offset: number | null;
  readonly scenes: readonly {
    readonly number: number;
    readonly narration: string;
    readonly picture: string;
    readonly shown: string | null;
    readonly seconds: number;
    readonly speech_seconds: number;
  }[];
}

/** A judge reads no more than this. */
const mostScenes = 60;

const atLeast = (least: number, spans: readonly Span[]): number => secondsOf(spans.filter(({ start, end }) => end - start > least));

export const reportFor = ({ measured }: { readonly measured: Measured }, scenes: readonly ReportedScene[]): FilmReport => ({
  duration: measured.seconds,
  width: Math.max(1, measured.width),
  height: Math.max(1, measured.height),
  frames_per_second: Math.max(1, measured.framesPerSecond),
  loudness: measured.loudness,
  true_peak: measured.truePeak,
  silent_seconds: atLeast(2, measured.silent),
  black_seconds: secondsOf(measured.black),
  frozen_seconds: atLeast(2, measured.frozen),
  caption_coverage: Math.min(1, measured.captionCoverage),
  captions_in_safe_area: measured.captionsInSafeArea,
  caption_offset: measured.captionOffset,
  scenes: scenes.slice(0, mostScenes).map(({ narration, picture, shown, seconds, speechSeconds }, number) => ({
    number,
    narration,
    picture,
    shown,
    seconds,
    speech_seconds: speechSeconds,
  })),
});
