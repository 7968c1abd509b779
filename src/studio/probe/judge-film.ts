import { captionChecks } from './checks/caption-checks.ts';
import { fileChecks } from './checks/file-checks.ts';
import { formatChecks } from './checks/format-checks.ts';
import { pictureChecks } from './checks/picture-checks.ts';
import { placementChecks } from './checks/placement-checks.ts';
import { soundChecks } from './checks/sound-checks.ts';
import { subtitleChecks } from './checks/subtitle-checks.ts';
import { timingChecks } from './checks/timing-checks.ts';
import type { Evidence } from './evidence.ts';
import { checked, type Check, type FilmCheck } from './check.ts';

/** Of a film without scenes they would say that all is well. */
const ofScenes = (checks: readonly FilmCheck<Evidence>[]): readonly FilmCheck<Evidence>[] =>
  checks.map((check) => ({ ...check, look: (film) => (film.scenes.length === 0 ? undefined : check.look(film)) }));

const filmChecks = [
  ...fileChecks,
  ...formatChecks,
  ...timingChecks,
  ...ofScenes(pictureChecks),
  ...soundChecks,
  ...ofScenes(captionChecks),
  ...ofScenes(placementChecks),
  ...subtitleChecks,
];

/** All that is known of a film, held against what a film should be. What there is nothing of is left out. */
export const judgeFilm = (film: Evidence): readonly Check[] => filmChecks.flatMap((check) => checked(check, film));
