/** What a finished film is, by its own file. */
import { z } from 'zod';
import { provenanceSchema, type Provenance } from '../film/blob.ts';
import { captionCoverage, worstOffset } from './checks/caption-checks.ts';
import { captionsAreSafe } from './checks/placement-checks.ts';
import { checkSchema, type Check } from './check.ts';
import type { Evidence } from './evidence.ts';
import { later, spanSchema, type Span } from './span.ts';
import { frameGap, shownTimes } from './timestamps.ts';

export interface Measured {
  readonly seconds: number;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly framesPerSecond: number;
  /** LUFS; null where nothing is heard. */
  readonly loudness: number | null;
  /** dBTP. */
  readonly truePeak: number | null;
  /** All of these in seconds of the film. */
  readonly silent: readonly Span[];
  readonly black: readonly Span[];
  readonly frozen: readonly Span[];
  /** The share of the spoken time that is captioned. */
  readonly captionCoverage: number;
  /** How far the worst caption is from its words, in seconds. */
  readonly captionOffset: number | null;
  readonly captionsInSafeArea: boolean;
}

export interface Probe {
  readonly measured: Measured;
  readonly checks: readonly Check[];
  /** From 1 to 10: see `score.ts`. */
  readonly score: number;
  readonly provenance: Provenance;
}

const measuredSchema: z.ZodType<Measured> = z.object({
  seconds: z.number(),
  bytes: z.number(),
  width: z.number(),
  height: z.number(),
  frames: z.number(),
  framesPerSecond: z.number(),
  loudness: z.number().nullable(),
  truePeak: z.number().nullable(),
  silent: z.array(spanSchema),
  black: z.array(spanSchema),
  frozen: z.array(spanSchema),
  captionCoverage: z.number(),
  captionOffset: z.number().nullable(),
  captionsInSafeArea: z.boolean(),
});

export const probeSchema: z.ZodType<Probe> = z.object({
  measured: measuredSchema,
  checks: z.array(checkSchema),
  score: z.number().min(1).max(10),
  provenance: provenanceSchema,
});

export function measuredOf(film: Evidence): Measured {
  const { file, sound, scenes } = film;
  const gap = frameGap(shownTimes(file.video));
  const inFilm = (kind: 'black' | 'frozen'): readonly Span[] =>
    scenes.flatMap(({ at, inspection }) => inspection[kind].map((span) => later(span, at)));
  return {
    seconds: file.seconds,
    bytes: file.bytes,
    width: file.video.width,
    height: file.video.height,
    frames: file.video.packets.length,
    framesPerSecond: gap === undefined ? 0 : Math.round(1000 / gap) / 1000,
    loudness: sound?.loudness ?? null,
    truePeak: sound?.truePeak ?? null,
    silent: sound?.silences ?? [{ start: 0, end: file.seconds }],
    black: inFilm('black'),
    frozen: inFilm('frozen'),
    captionCoverage: captionCoverage(scenes) ?? 1,
    captionOffset: worstOffset(scenes),
    captionsInSafeArea: captionsAreSafe(film),
  };
}
