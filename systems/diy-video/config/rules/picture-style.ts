/** The looks that a film may have. One film has one: it follows from its topic alone, so that every scene gets the same. */
import { seedOf } from '../../seed.ts';

export interface PictureStyle {
  /** Names that somebody may ask for it by. */
  readonly names: readonly string[];
  readonly look: string;
  readonly light: string;
  readonly colors: string;
  readonly background: string;
  readonly tags: readonly string[];
}

const warmFlat: PictureStyle = {
  names: ['flat', 'illustration', 'vector', 'friendly'],
  look: 'clean flat vector illustration with rounded shapes and soft shadows',
  light: 'even daylight from the upper left',
  colors: 'warm cream, teal and coral',
  background: 'plain pastel background with one soft shape behind the subject',
  tags: ['flat', 'illustration', 'rounded', 'warm', 'clean'],
};

const styles: readonly [PictureStyle, ...PictureStyle[]] = [
  warmFlat,
  {
    names: ['paper', 'papercut', 'cutout', 'collage'],
    look: 'layered paper cut-out scene with visible paper edges and gentle depth',
    light: 'soft light from the side that throws short shadows between the layers',
    colors: 'mustard yellow, sky blue and off-white',
    background: 'a single sheet of textured paper',
    tags: ['papercut', 'layered', 'handmade', 'soft', 'tactile'],
  },
  {
    names: ['photo', 'photograph', 'realistic', 'photorealistic'],
    look: 'natural close-up photograph, shallow depth of field, true proportions',
    light: 'window light from the left with a soft reflection on the right',
    colors: 'light oak, white and sage green',
    background: 'a tidy wooden table, softly out of focus',
    tags: ['photographic', 'natural', 'bright', 'calm', 'close-up'],
  },
  {
    names: ['clay', 'claymation', '3d', 'plasticine'],
    look: 'miniature clay model with fingerprints and soft edges',
    light: 'large softbox from above, gentle shadows',
    colors: 'tomato red, butter yellow and mint',
    background: 'a seamless paper backdrop in one colour',
    tags: ['clay', 'miniature', 'playful', 'soft', 'tactile'],
  },
  {
    names: ['watercolor', 'watercolour', 'painted', 'storybook'],
    look: 'storybook watercolour with fine ink lines and visible paper grain',
    light: 'pale morning light',
    colors: 'indigo, ochre and leaf green',
    background: 'white paper with a loose wash around the subject',
    tags: ['watercolour', 'storybook', 'gentle', 'hand-drawn', 'airy'],
  },
  {
    names: ['isometric', 'technical', 'blueprint'],
    look: 'precise isometric illustration with thin outlines and flat shading',
    light: 'neutral light without harsh shadows',
    colors: 'slate blue, white and signal orange',
    background: 'a plain light grey ground',
    tags: ['isometric', 'precise', 'clear', 'technical', 'tidy'],
  },
];

/** The style that was asked for, in its words; or the topic's own. */
export function styleFor(topic: string, asked?: string): PictureStyle {
  const own = styles[seedOf(topic.trim().toLowerCase()) % styles.length] ?? styles[0];
  const wish = asked?.trim().replace(/[.,;\s]+$/, '') ?? '';
  if (wish === '') return own;
  const known = styles.find((style) => style.names.some((name) => new RegExp(`\\b${name}\\b`, 'i').test(wish))) ?? own;
  const words = wish.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? [];
  const tags = [...new Set([...words.filter((word) => word.length > 2), ...known.tags])].slice(0, 5);
  return { ...known, look: wish, tags };
}
