import { captionChecks } from './checks/caption-checks.ts';
import { fileChecks } from './checks/file-checks.ts';
import { pictureChecks } from './checks/picture-checks.ts';
import { soundChecks } from './checks/sound-checks.ts';
import { subtitleChecks } from './checks/subtitle-checks.ts';
import { timingChecks } from './checks/timing-checks.ts';
import { perform, type Check } from './check.ts';
import type { Evidence } from './evidence.ts';

const filmChecks = [...fileChecks, ...timingChecks, ...pictureChecks, ...soundChecks, ...captionChecks, ...subtitleChecks];

/** All that is known of a film, held against what a film should be. What there is nothing of is left out. */
export const judgeFilm = (film: Evidence): readonly Check[] => filmChecks.flatMap((check) => perform(check, film));
