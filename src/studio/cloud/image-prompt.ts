/** What an image model is told: what to show, how it should look, and where words will stand. */
import type { Aspect } from '../film/aspect.ts';
import type { SceneKind } from '../film/scene.ts';
import type { PictureBrief } from '../pictures/brief.ts';

/** Of a brief, what a model needs to know. */
export type PictureWish = Pick<PictureBrief, 'kind' | 'shows' | 'prompt' | 'negative' | 'aspect' | 'palette'>;

const usualStyle = 'A bright, warm, realistic photograph with soft daylight, shallow depth of field and one clear subject';

const purposes: Readonly<Record<SceneKind, string>> = {
  title: 'It opens a film and has to catch the eye.',
  materials: 'Everything that is needed lies neatly side by side, seen from above.',
  step: 'One step of a how-to film: the moment of the action, close up, hands at work where there is something to do.',
  result: 'The finished thing, shown proudly.',
  ending: 'A calm, friendly closing picture.',
};

const rooms: Readonly<Record<Aspect, string>> = {
  '9:16': 'Upright format. The subject stands in the upper half; the lower third stays calm and empty, for captions.',
  '16:9': 'Wide format. The subject stands in the left half; the right half stays calm and empty, for captions.',
  '1:1': 'Square format. The subject stands in the upper half; the lower third stays calm and empty, for captions.',
};

/** Letters that a model draws are mostly wrong, and the film has its own. */
const never = 'text, letters, numbers, captions, watermarks, logos, borders, collages, deformed hands';

/** Models cut off what is longer, or refuse it. */
const longest = 1500;

export function imagePrompt(wish: PictureWish, style: string | undefined): { readonly prompt: string; readonly negative: string } {
  const { kind, shows, prompt, negative, aspect, palette } = wish;
  const subject = shortened((prompt ?? '').trim() === '' ? shows : (prompt ?? shows));
  const parts = [
    sentence(subject === '' ? 'A tidy, well lit workplace' : subject),
    sentence(style ?? usualStyle),
    purposes[kind],
    rooms[aspect],
    `Its colours go well with ${palette.accent}.`,
  ];
  const unwanted = (negative ?? '').trim();
  return { prompt: parts.join(' '), negative: unwanted === '' ? never : `${shortened(unwanted)}, ${never}` };
}

function sentence(text: string): string {
  return /[.!?。！？]$/u.test(text) ? text : `${text}.`;
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= longest) return plain;
  // A letter of two halves may be cut in the middle.
  return plain.slice(0, longest).replace(/\s+\S*$|[\uD800-\uDBFF]$/, '');
}
