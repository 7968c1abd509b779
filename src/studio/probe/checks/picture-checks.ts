/** What is seen, as the inspection of each scene found it. */
import { framesPerSecond } from '../../film/aspect.ts';
import { inSeconds, rounded, upTo, type FilmCheck } from '../check.ts';
import { scenesWhere, type Evidence, type ProbedScene } from '../evidence.ts';
import { essential } from '../score.ts';
import { detailOf, pictureDistance } from '../signature.ts';
import { secondsOf } from '../span.ts';

const filmSeconds = ({ scenes }: Evidence): number => scenes.reduce((sum, { seconds }) => sum + seconds, 0);

const stream: FilmCheck<Evidence> = {
  id: 'stream',
  weight: 2,
  fix: 'picture',
  look: (film) => {
    const scenes = scenesWhere(film, ({ inspection }) => inspection.problems.length > 0);
    const problems = film.scenes.flatMap(({ inspection }) => inspection.problems);
    return {
      severity: scenes.length === 0 ? 'ok' : 'fail',
      measured: scenes.length === 0 ? 'no errors' : (problems[0] ?? ''),
      threshold: 'no errors',
      sentence: scenes.length === 0 ? 'Every scene decodes without an error.' : 'A scene is damaged: render it again.',
      scenes,
    };
  },
};

const black: FilmCheck<Evidence> = {
  id: 'black',
  weight: 3,
  fix: 'picture',
  look: (film) => {
    const seconds = film.scenes.reduce((sum, { inspection }) => sum + secondsOf(inspection.black), 0);
    const scenes = scenesWhere(film, ({ inspection }) => inspection.black.length > 0);
    const severity = upTo(seconds, 0, 0.5);
    return {
      severity,
      measured: seconds === 0 ? 'none' : inSeconds(seconds),
      threshold: 'none',
      sentence: severity === 'ok' ? 'The screen is never black.' : 'The screen is black for a while: draw the picture of the scene again.',
      scenes,
      ...(seconds > filmSeconds(film) / 2 ? { weight: essential } : {}),
    };
  },
};

const longestStill = 2;

const frozen: FilmCheck<Evidence> = {
  id: 'frozen',
  weight: 1.5,
  fix: 'picture',
  look: (film) => {
    const still = ({ inspection }: ProbedScene): number =>
      secondsOf(inspection.frozen.filter(({ start, end }) => end - start > longestStill));
    const seconds = film.scenes.reduce((sum, scene) => sum + still(scene), 0);
    const share = seconds / Math.max(1, filmSeconds(film));
    const severity = upTo(share, 0, 0.1);
    return {
      severity,
      measured: seconds === 0 ? 'none' : inSeconds(seconds),
      threshold: `nothing stands still for more than ${longestStill} s`,
      sentence:
        severity === 'ok' ? 'The picture is always a little in motion.' : 'The picture stands still like a slide: let it move slowly.',
      scenes: scenesWhere(film, (scene) => still(scene) > 0),
    };
  },
};

/** What is black is found as such. */
const isLit = ({ inspection }: ProbedScene): boolean => {
  const middle = inspection.frames / 2 / framesPerSecond;
  return inspection.signature !== '' && !inspection.black.some(({ start, end }) => start <= middle && middle <= end);
};

const leastDetail = 3;

const empty: FilmCheck<Evidence> = {
  id: 'empty',
  weight: 3,
  fix: 'picture',
  look: (film) => {
    const lit = film.scenes.filter(isLit);
    if (lit.length === 0) return undefined;
    const least = Math.min(...lit.map(({ inspection }) => detailOf(inspection.signature)));
    const severity = least >= leastDetail ? 'ok' : 'fail';
    return {
      severity,
      measured: `contrast of areas ≥ ${rounded(least, 1)}`,
      threshold: `≥ ${leastDetail} levels`,
      sentence: severity === 'ok' ? 'There is something to see in every scene.' : 'A picture is one plain area: draw it again.',
      scenes: scenesWhere(film, (scene) => isLit(scene) && detailOf(scene.inspection.signature) < leastDetail),
    };
  },
};

const leastDistance = 3;

const variety: FilmCheck<Evidence> = {
  id: 'variety',
  weight: 1,
  fix: 'picture',
  look: (film) => {
    const lit = film.scenes.flatMap((scene, index) => (isLit(scene) ? [{ index, signature: scene.inspection.signature }] : []));
    const pairs = lit.flatMap((one, place) =>
      lit.slice(place + 1).map((other) => ({
        index: other.index,
        distance: pictureDistance(one.signature, other.signature, film.aspect),
      })),
    );
    if (pairs.length === 0) return undefined;
    const alike = [...new Set(pairs.filter(({ distance }) => distance < leastDistance).map(({ index }) => index))];
    const severity = upTo(alike.length / film.scenes.length, 0, 0.25);
    return {
      severity,
      measured: `${rounded(Math.min(...pairs.map(({ distance }) => distance)), 1)} levels`,
      threshold: `≥ ${leastDistance} levels between any two`,
      sentence: severity === 'ok' ? 'No two scenes look the same.' : 'A scene looks like one before it: show something else in it.',
      scenes: alike.toSorted((one, other) => one - other),
    };
  },
};

export const pictureChecks: readonly FilmCheck<Evidence>[] = [stream, black, frozen, empty, variety];
