/** The icons that the package brings along, out of the Fluent Emoji, and what each stands for. */
import { readWordList } from '../word-list.ts';
import { clothing } from './clothing.ts';
import { desk } from './desk.ts';
import { faces } from './faces.ts';
import { food } from './food.ts';
import { household } from './household.ts';
import { nature } from './nature.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import { play } from './play.ts';
import { signs } from './signs.ts';
import { workshop } from './workshop.ts';

const lists = [food, household, workshop, desk, nature, clothing, people, faces, play, places, signs];

export const iconWords: ReadonlyMap<string, readonly string[]> = readWordList(lists.join('\n'));
