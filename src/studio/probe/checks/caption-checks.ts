/** Captions that show what is said, when it is said, as long as it can be read. */
import { captionedSeconds, captionTimings, readingLength } from '../caption-fit.ts';
import { inPercent, inSeconds, rounded, upTo, type FilmCheck } from '../check.ts';
import { scenesWhere, type Evidence, type ProbedScene } from '../evidence.ts';

export function captionCoverage(scenes: readonly ProbedScene[]): number | null {
  const parts = scenes.map(({ words, captions }) => captionedSeconds(words, captions));
  const spoken = parts.reduce((sum, part) => sum + part.spoken, 0);
  return spoken === 0 ? null : parts.reduce((sum, part) => sum + part.captioned, 0) / spoken;
}

const leastCovered = 0.95;

const coverage: FilmCheck<Evidence> = {
  id: 'caption-coverage',
  weight: 2,
  fix: 'captions',
  look: (film) => {
    const share = captionCoverage(film.scenes);
    if (share === null) return undefined;
    const severity = upTo(-share, -leastCovered, -0.9);
    return {
      severity,
      measured: inPercent(share),
      threshold: `≥ ${inPercent(leastCovered)} of what is said`,
      sentence: severity === 'ok' ? 'It can be followed without sound.' : 'Without sound a part of it is lost: caption all that is said.',
      scenes: severity === 'ok' ? [] : scenesWhere(film, (scene) => (captionCoverage([scene]) ?? 1) < leastCovered),
    };
  },
};

/** The one that is furthest from its words; null where no caption shows words. */
export function worstOffset(scenes: readonly ProbedScene[]): number | null {
  const offsets = scenes.flatMap(({ words, captions }) => captionTimings(words, captions).flatMap(({ offset }) => offset ?? []));
  return offsets.reduce<number | null>((worst, offset) => (Math.abs(offset) >= Math.abs(worst ?? 0) ? offset : worst), null);
}

const most = 0.2;

const timing: FilmCheck<Evidence> = {
  id: 'caption-timing',
  weight: 1.5,
  fix: 'captions',
  look: (film) => {
    const offset = worstOffset(film.scenes);
    if (offset === null) return undefined;
    const severity = upTo(Math.abs(offset), most, 2 * most);
    return {
      severity,
      measured: inSeconds(offset),
      threshold: `≤ ${most} s from the words`,
      sentence:
        severity === 'ok' ? 'Captions come with the words.' : 'Captions come too early or too late: align them with the voice again.',
      scenes: scenesWhere(film, (scene) => Math.abs(worstOffset([scene]) ?? 0) > most + 1e-6),
    };
  },
};

const wording: FilmCheck<Evidence> = {
  id: 'caption-wording',
  weight: 1.5,
  fix: 'captions',
  look: (film) => {
    const timings = film.scenes.map(({ words, captions }) => captionTimings(words, captions));
    if (timings.every(({ length }) => length === 0)) return undefined;
    const wrong = timings.flat().filter(({ offset }) => offset === null);
    return {
      severity: wrong.length === 0 ? 'ok' : 'fail',
      measured: wrong.length === 0 ? 'word for word' : `“${wrong[0]?.caption.text.slice(0, 30) ?? ''}” is not said`,
      threshold: 'word for word',
      sentence:
        wrong.length === 0 ? 'Captions show what is said.' : 'A caption shows what nobody says: make the captions of the scene again.',
      scenes: scenesWhere(film, (_, index) => timings[index]?.some(({ offset }) => offset === null) === true),
    };
  },
};

function readingSpeed({ captions }: ProbedScene): number {
  const seconds = captions.reduce((sum, { start, end }) => sum + end - start, 0);
  return seconds <= 0 ? 0 : captions.reduce((sum, { text }) => sum + readingLength(text), 0) / seconds;
}

const fastest = 20;

const speed: FilmCheck<Evidence> = {
  id: 'reading-speed',
  weight: 1,
  fix: 'narration',
  look: (film) => {
    // A hook is a shout: its few words stand large in the picture besides.
    const read = film.scenes.filter(({ kind, captions }) => kind !== 'title' && captions.length > 0);
    if (read.length === 0) return undefined;
    const worst = Math.max(...read.map(readingSpeed));
    const severity = upTo(worst, fastest, 25);
    return {
      severity,
      measured: `${rounded(worst, 1)} characters a second`,
      threshold: `≤ ${fastest} characters a second`,
      sentence:
        severity === 'ok'
          ? 'There is time to read every caption.'
          : 'Captions are gone before they are read: shorten the text, or speak slower.',
      scenes: scenesWhere(film, (scene) => scene.kind !== 'title' && readingSpeed(scene) > fastest),
    };
  },
};

const lines: FilmCheck<Evidence> = {
  id: 'caption-lines',
  weight: 1,
  fix: 'captions',
  look: (film) => {
    const counts = film.scenes.flatMap(({ captions }) => captions.map((caption) => caption.lines));
    if (counts.length === 0) return undefined;
    const worst = Math.max(...counts);
    return {
      severity: worst <= 2 ? 'ok' : 'fail',
      measured: `${worst} ${worst === 1 ? 'line' : 'lines'}`,
      threshold: '≤ 2 lines',
      sentence: worst <= 2 ? 'Captions are short.' : 'A caption covers the picture: break it into shorter ones.',
      scenes: scenesWhere(film, ({ captions }) => captions.some((caption) => caption.lines > 2)),
    };
  },
};

export const captionChecks: readonly FilmCheck<Evidence>[] = [coverage, timing, wording, speed, lines];
