/** One look for everything: colours, light, textures, and what never to do. */
import { rules } from 'continuo';
import type { Concept } from './concept.ts';
import { bibleOf } from './story/bible.ts';
import { lookOf } from './story/data.ts';

export interface StyleGuide {
  readonly style: string;
  readonly palette: readonly { readonly name: string; readonly hex: string; readonly use: string }[];
  readonly light: string;
  readonly textures: string;
  readonly shapes: string;
  readonly camera: string;
  readonly references: readonly string[];
  readonly avoid: readonly string[];
  readonly promptSuffix: string;
}

const uses = ['the world', 'light and hope', 'what threatens', 'skin, paper, rest for the eye'];

export default rules<{ readonly concept: Concept; readonly notes?: string | null }, StyleGuide>(({ concept }) => {
  const look = lookOf(concept.genre);
  const { setting, place } = bibleOf(concept);
  const style =
    concept.genre === 'family' || concept.genre === 'comedy'
      ? 'hand-drawn animation with visible pencil'
      : 'painted animation with flat shapes and soft edges';
  return {
    style: `${style}; ${concept.tone}`,
    palette: look.palette.map((colour, at) => ({ ...colour, use: uses[at] ?? 'accent' })),
    light: look.light,
    textures: look.textures,
    shapes: look.shapes,
    camera: look.camera,
    references: [
      `a picture book about ${place.short}, printed in four colours`,
      `theatre sets made of ${look.textures.split(', ')[0] ?? 'paper'}`,
      `the sound of the place made visible: ${setting.sounds}`,
    ],
    avoid: [
      'text in the picture',
      'more than three people in a frame',
      'a colour outside the palette',
      'faces in full detail where a gesture will do',
    ],
    promptSuffix: `${style}, ${look.light}, textures of ${look.textures}, palette of ${look.palette.map(({ name, hex }) => `${name.toLowerCase()} ${hex}`).join(', ')}, no text`,
  };
});
