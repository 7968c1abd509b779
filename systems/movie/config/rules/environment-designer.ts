/** A place as a set: what stands where, how the light falls, and what it has to do with the story. */
import { rules } from 'continuo';
import { capitalised, sentence, shortened } from '../../../english/text.ts';
import { branchOf, someOf } from '../../../english/chance.ts';
import type { Concept } from './concept.ts';
import { bibleOf } from './story/bible.ts';
import { lookOf } from './story/data.ts';

export interface Environment {
  readonly name: string;
  readonly description: string;
  readonly layout: string;
  readonly keyProps: readonly string[];
  readonly light: readonly { readonly time: string; readonly light: string }[];
  readonly sounds: string;
  readonly meaning: string;
  readonly picturePrompt: string;
}

const things = [
  'one chair too many',
  'a clock that shows another time',
  'a door that does not close',
  'a shelf with a gap in it',
  'a lamp that is always on',
  'marks on the wall at the height of a child',
  'a coat that nobody takes down',
  'a window that looks onto a wall',
];

const roles = [
  'where everything begins, and where one comes back to',
  'where one is seen',
  'where one has to pass through',
  'where the truth is',
];

export default rules<{ readonly concept: Concept; readonly place: string; readonly time?: string | null }, Environment>(
  ({ concept, place, time }) => {
    const bible = bibleOf(concept);
    const look = lookOf(concept.genre);
    const at = bible.setting.spots.indexOf(place);
    const name = shortened(place, 80) || bible.place.short;
    const props = someOf(branchOf(bible.seed, `props ${name}`), things, 3);
    const hour = time ?? 'day';
    return {
      name: capitalised(name),
      description: sentence(`${name}, in ${bible.place.short}: ${look.shapes}; ${look.textures}`),
      layout:
        'Foreground: something to look past. Middle: room for two people and the distance between them. Background: one opening through which light comes in.',
      keyProps: props,
      light: [
        { time: hour, light: look.light },
        { time: 'night', light: 'one source, and everything else guessed' },
      ],
      sounds: bible.setting.sounds,
      meaning: `${capitalised(name)} is ${roles[at] ?? 'a place between others'}; at the end it has changed in one detail.`,
      picturePrompt: `${name} in ${bible.place.short}, ${hour}, empty, ${props.join(', ')}; ${look.light}; ${look.shapes}`,
    };
  },
);
