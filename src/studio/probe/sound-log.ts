/** What ffmpeg's `ebur128` and `silencedetect` say of a sound. */
import type { Span } from './span.ts';

export interface SoundLog {
  /** LUFS over the whole film; null where nothing is loud enough to be counted. */
  readonly loudness: number | null;
  /** dBTP; null where there is nothing but zeros. */
  readonly truePeak: number | null;
  readonly silences: readonly Span[];
}

/** What the gate of BS.1770 gives for a sound that never passes it. */
const gate = -70;

export function readSoundLog(log: string, seconds: number): SoundLog {
  const summary = log.slice(log.lastIndexOf('Summary:'));
  const loudness = numberIn(/\bI:\s*(\S+) LUFS/.exec(summary)?.[1]);
  return {
    loudness: loudness === null || loudness <= gate ? null : loudness,
    truePeak: numberIn(/True peak:\s*Peak:\s*(\S+) dBFS/.exec(summary)?.[1]),
    silences: silencesIn(log, seconds),
  };
}

function numberIn(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? null : value;
}

function silencesIn(log: string, seconds: number): readonly Span[] {
  const silences: Span[] = [];
  let start: number | null = null;
  for (const [, word, value] of log.matchAll(/silence_(start|end):\s*(-?[\d.e+-]+)/g)) {
    if (word === 'start') start = Math.max(0, Number(value));
    else if (start !== null) {
      silences.push({ start, end: Number(value) });
      start = null;
    }
  }
  // Not every version says where a silence ends that lasts until the end.
  return start === null || start >= seconds ? silences : [...silences, { start, end: seconds }];
}
