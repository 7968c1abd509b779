/** Where text stands, and whether it stands out. */
import { layoutOf, type Box } from '../../film/aspect.ts';
import type { ShownCaption } from '../../film/scene.ts';
import { rounded, upTo, type FilmCheck } from '../check.ts';
import { scenesWhere, type Evidence, type ProbedScene } from '../evidence.ts';

/** By how many pixels a box stands out of the other. */
const beyond = (box: Box, area: Box): number =>
  Math.max(0, area.x - box.x, area.y - box.y, box.x + box.width - area.x - area.width, box.y + box.height - area.y - area.height);

/** A soft edge may take up a part of the next pixel. */
const edge = 1;

export const captionsAreSafe = ({ scenes, aspect }: Pick<Evidence, 'scenes' | 'aspect'>): boolean =>
  scenes.every(({ captions }) => captions.every(({ box }) => beyond(box, layoutOf(aspect).safe) <= edge));

const safeArea: FilmCheck<Evidence> = {
  id: 'safe-area',
  weight: 1.5,
  fix: 'captions',
  look: (film) => {
    const { safe } = layoutOf(film.aspect);
    const out = ({ captions, texts }: ProbedScene): number =>
      Math.max(0, ...[...captions.map(({ box }) => box), ...texts].map((box) => beyond(box, safe)));
    const worst = Math.max(0, ...film.scenes.map(out));
    const right = worst <= edge;
    return {
      severity: right ? 'ok' : 'fail',
      measured: right ? 'all inside' : `${rounded(worst, 0)} px outside`,
      threshold: 'all inside',
      sentence: right
        ? 'No button of a platform covers any text.'
        : "Text reaches under the platforms' buttons: make it smaller, or move it to the middle.",
      scenes: scenesWhere(film, (scene) => out(scene) > edge),
    };
  },
};

const meet = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width - edge &&
  other.x < one.x + one.width - edge &&
  one.y < other.y + other.height - edge &&
  other.y < one.y + one.height - edge;

/** Two captions may pass each other for a moment. */
const passing = 0.1;

const together = (one: ShownCaption, other: ShownCaption): boolean =>
  Math.min(one.end, other.end) - Math.max(one.start, other.start) > passing;

const overlaps = ({ captions, texts }: ProbedScene): boolean =>
  captions.some(
    (caption, index) =>
      texts.some((box) => meet(caption.box, box)) ||
      captions.slice(index + 1).some((other) => together(caption, other) && meet(caption.box, other.box)),
  );

const overlap: FilmCheck<Evidence> = {
  id: 'overlap',
  weight: 1.5,
  fix: 'captions',
  look: (film) => {
    const scenes = scenesWhere(film, overlaps);
    return {
      severity: scenes.length === 0 ? 'ok' : 'fail',
      measured: scenes.length === 0 ? 'none' : `in ${scenes.length} of ${film.scenes.length} scenes`,
      threshold: 'none',
      sentence: scenes.length === 0 ? 'No text stands on another.' : 'Text stands on other text: give the captions their own place.',
      scenes,
    };
  },
};

const contrast: FilmCheck<Evidence> = {
  id: 'contrast',
  weight: 1.5,
  fix: 'captions',
  look: (film) => {
    const written = ({ captions, texts }: ProbedScene): boolean => captions.length + texts.length > 0;
    const ratios = film.scenes.filter(written).map((scene) => scene.contrast);
    if (ratios.length === 0) return undefined;
    const worst = Math.min(...ratios);
    const severity = upTo(-worst, -4.5, -3);
    return {
      severity,
      measured: `${rounded(worst, 1)} to 1`,
      threshold: '≥ 4.5 to 1',
      sentence:
        severity === 'ok' ? 'All text stands out from what is behind it.' : 'Text is hard to read: give it an outline, or a darker ground.',
      scenes: scenesWhere(film, (scene) => written(scene) && scene.contrast < 4.5),
    };
  },
};

export const placementChecks: readonly FilmCheck<Evidence>[] = [safeArea, overlap, contrast];
