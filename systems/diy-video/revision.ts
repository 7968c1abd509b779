/**
 * What is made otherwise in the next round: for each complaint the smallest change that answers it. Pure.
 *
 * A picture that was found wrong is drawn anew and nothing else; a voice that was too fast is spoken anew; only what is
 * wrong with the text itself changes the text.
 */
import type { Complaint } from './assessment.ts';

export interface Settings {
  /** For each scene: how often its picture was found wrong. */
  readonly redrawn: readonly number[];
  /** For each scene: how fast it is spoken, beside what was asked for. */
  readonly pace: readonly number[];
  /** Captions that take less room, where others did not fit. */
  readonly plainCaptions: boolean;
  /** What to tell whoever writes the script; null where it is good. */
  readonly rewrite: string | null;
}

export interface Round {
  readonly settings: Settings;
  readonly complaints: readonly Complaint[];
  /** How long the film was, and how long it should be. */
  readonly seconds: number;
  readonly target: number;
}

export const firstSettings = (scenes: number): Settings => ({
  redrawn: new Array<number>(scenes).fill(0),
  pace: new Array<number>(scenes).fill(1),
  plainCaptions: false,
  rewrite: null,
});

/** A voice that is pulled further sounds like it. */
const slowest = 0.85;
const fastest = 1.18;
const slightly = 0.93;

export function revised({ settings, complaints, seconds, target }: Round): Settings {
  const { redrawn, pace } = settings;
  const about = (scene: number, fix: Complaint['fix']): boolean => complaints.some((one) => one.scene === scene && one.fix === fix);
  const all = complaints.some(({ scene, fix }) => scene === null && fix === 'timing') ? seconds / target : 1;
  const texts = complaints.filter(({ fix }) => fix === 'narration').map(({ what }) => what);
  return {
    redrawn: redrawn.map((times, scene) => (about(scene, 'picture') ? times + 1 : times)),
    pace: pace.map((one, scene) => within(one * all * (about(scene, 'timing') ? slightly : 1))),
    plainCaptions: settings.plainCaptions || complaints.some(({ fix }) => fix === 'captions'),
    rewrite: texts.length === 0 ? null : texts.join(' ').slice(0, 1500),
  };
}

const within = (pace: number): number => Math.round(Math.min(fastest, Math.max(slowest, pace)) * 1000) / 1000;
