/** What somebody looks like, so that one knows them from far away. */
import { rules } from 'continuo';
import { branchOf, oneOf, someOf } from '../../../english/chance.ts';
import { listed } from '../../../english/text.ts';
import type { Character, Concept } from './concept.ts';
import people from './data/people.json' with { type: 'json' };
import { seedOf } from './story/bible.ts';
import { lookOf } from './story/data.ts';

export interface CharacterDesign {
  readonly name: string;
  readonly silhouette: string;
  readonly face: string;
  readonly clothing: string;
  readonly palette: readonly { readonly name: string; readonly hex: string; readonly use: string }[];
  readonly props: readonly string[];
  readonly expressions: readonly string[];
  readonly changes: string;
  readonly picturePrompt: string;
}

const machine = /\b(?:robot|android|machine|computer|drone)\b/i;
const animal = /\b(?:dog|cat|fox|bear|rabbit|hedgehog|penguin|mouse|elephant|bird|wolf|owl|horse|dragon|crow|goat)\b/i;

function kindOf({ role, part }: Character): { readonly faces: readonly string[]; readonly clothes: readonly string[] } {
  if (machine.test(role)) return { faces: people.machines, clothes: people.machineClothes };
  if (animal.test(role) && !/keeper|trainer|afraid/i.test(role)) return { faces: people.animals, clothes: people.animalClothes };
  return { faces: people.hair, clothes: part === 'antagonist' ? people.antagonistClothes : people.clothes };
}

export default rules<{ readonly concept: Concept; readonly character: Character }, CharacterDesign>(({ concept, character }) => {
  const chance = branchOf(seedOf(concept.idea, concept.genre), `design ${character.name}`);
  const look = lookOf(concept.genre);
  const { faces, clothes } = kindOf(character);
  const [silhouette, face, clothing] = [oneOf(chance, people.silhouettes), oneOf(chance, faces), oneOf(chance, clothes)];
  const props = someOf(chance, people.props, 2);
  const colours = chance.shuffle(look.palette).slice(0, 3);
  return {
    name: character.name,
    silhouette,
    face,
    clothing,
    palette: colours.map((colour, at) => ({
      ...colour,
      use: ['main colour of the clothes', 'second colour', 'one accent, always in the same place'][at] ?? 'accent',
    })),
    props,
    expressions: [
      'neutral, as strangers see it',
      'a smile that is nearly hidden',
      'the moment before an answer',
      'what is left when nobody looks',
    ],
    changes:
      character.part === 'antagonist'
        ? 'Nothing changes, and that is the point.'
        : 'From act to act one layer less; in the last scene the accent colour has moved to somebody else.',
    picturePrompt: `${character.role.replace(/^(?:an?|the) /, '')} named ${character.name}, ${silhouette}, ${face}, wearing ${clothing}, with ${listed(props)}; full figure, plain background; ${look.light}; palette ${colours.map(({ name }) => name.toLowerCase()).join(', ')}`,
  };
});
