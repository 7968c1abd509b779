/** How long everything lasts. */
import { inSeconds, rounded, upTo, type FilmCheck } from '../check.ts';
import { isSpoken, scenesWhere, type Evidence, type ProbedScene } from '../evidence.ts';

const duration: FilmCheck<Evidence> = {
  id: 'duration',
  weight: 2,
  fix: 'timing',
  look: ({ file, target }) => {
    const off = file.seconds / target - 1;
    const severity = upTo(Math.abs(off), 0.1, 0.2);
    return {
      severity,
      measured: inSeconds(file.seconds),
      threshold: `${rounded(target, 0)} s ± 10 %`,
      sentence:
        severity === 'ok'
          ? 'It is as long as it was asked to be.'
          : `It is too ${off > 0 ? 'long: shorten' : 'short: extend'} the narration.`,
    };
  },
};

const longestHook = 3.5;

const hook: FilmCheck<Evidence> = {
  id: 'hook',
  weight: 1,
  fix: 'narration',
  look: (film) => {
    const titles = film.scenes.filter(({ kind }) => kind === 'title');
    if (titles.length === 0) return undefined;
    const seconds = Math.max(...titles.map(({ speechSeconds }) => speechSeconds));
    const severity = upTo(seconds, longestHook, 5);
    return {
      severity,
      measured: inSeconds(seconds),
      threshold: `≤ ${longestHook} s`,
      sentence:
        severity === 'ok' ? 'It comes to the point at once.' : 'Whoever scrolls is gone by then: say what it is about in fewer words.',
      scenes: scenesWhere(film, ({ kind, speechSeconds }) => kind === 'title' && speechSeconds > longestHook),
    };
  },
};

const [shortest, longest] = [2.5, 12];

const steps: FilmCheck<Evidence> = {
  id: 'steps',
  weight: 1,
  fix: 'narration',
  look: (film) => {
    const lengths = film.scenes.filter(({ kind }) => kind === 'step').map(({ seconds }) => seconds);
    if (lengths.length === 0) return undefined;
    const off = ({ kind, seconds }: ProbedScene): number => (kind === 'step' ? Math.max(shortest - seconds, seconds - longest, 0) : 0);
    const severity = upTo(Math.max(...film.scenes.map(off)), 0, 3);
    const [least, most] = [Math.min(...lengths), Math.max(...lengths)].map((value) => rounded(value, 1));
    return {
      severity,
      measured: `${least} to ${most} s`,
      threshold: `${shortest} to ${longest} s each`,
      sentence: severity === 'ok' ? 'Every step has its time.' : 'A step is too short to be seen, or so long that it should be two.',
      scenes: scenesWhere(film, (scene) => off(scene) > 1e-6),
    };
  },
};

/** By how much the last word is said after its scene has gone. */
const overrun = ({ words, seconds, speechSeconds }: ProbedScene): number =>
  speechSeconds === 0 ? 0 : Math.max(0, ...words.map(({ end }) => end - seconds));

const speechFits: FilmCheck<Evidence> = {
  id: 'speech-fits',
  weight: 2,
  fix: 'timing',
  look: (film) => {
    if (!isSpoken(film)) return undefined;
    const worst = Math.max(...film.scenes.map(overrun));
    const severity = upTo(worst, 0.05, 0.2);
    return {
      severity,
      measured: worst === 0 ? 'all inside' : `${inSeconds(worst)} too long`,
      threshold: 'all inside its scene',
      sentence:
        severity === 'ok'
          ? 'Every sentence is heard to its end.'
          : 'The picture goes before its sentence is over: let the scene last longer.',
      scenes: scenesWhere(film, (scene) => overrun(scene) > 0.05),
    };
  },
};

export const timingChecks: readonly FilmCheck<Evidence>[] = [duration, hook, steps, speechFits];
