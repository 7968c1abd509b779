/** Short passages that are made anew each time, with a question whose answer stands in them or follows from them. */
import type { RulesContext } from 'continuo';
import { oneOf, someOf } from '../../../../english/chance.ts';
import type { Exercise, Level } from '../activities/exercise.ts';
import { isEasy, isHard } from '../activities/level.ts';

interface Story {
  readonly who: string;
  readonly place: string;
  readonly wish: string;
  readonly trouble: string;
  readonly why: string;
  readonly help: string;
  readonly end: string;
  readonly feeling: string;
}

const stories: readonly Omit<Story, 'who'>[] = [
  {
    place: 'the harbour',
    wish: 'fly a kite',
    trouble: 'the string snapped',
    why: 'the wind was too strong',
    help: 'tied the ends together with a fisherman’s knot',
    end: 'the kite rose above the masts',
    feeling: 'proud',
  },
  {
    place: 'the school garden',
    wish: 'grow the tallest sunflower',
    trouble: 'the leaves turned yellow',
    why: 'the pot had no hole and the roots stood in water',
    help: 'drilled a hole into the pot',
    end: 'new green leaves came out within two weeks',
    feeling: 'relieved',
  },
  {
    place: 'the old mill',
    wish: 'find out where the noise at night came from',
    trouble: 'the torch went out',
    why: 'its battery was empty',
    help: 'opened the shutters to let the moonlight in',
    end: 'it was only an owl on its nest',
    feeling: 'calm again',
  },
  {
    place: 'the kitchen',
    wish: 'bake a cake for Grandmother',
    trouble: 'the cake stayed flat',
    why: 'the baking powder had been forgotten',
    help: 'cut it into pieces and made biscuits of it',
    end: 'Grandmother asked for the recipe',
    feeling: 'delighted',
  },
  {
    place: 'the mountain hut',
    wish: 'reach the summit before noon',
    trouble: 'the path ended at a stream',
    why: 'the bridge had been washed away in spring',
    help: 'walked upstream to a place with flat stones',
    end: 'they stood on the top with wet feet',
    feeling: 'tired but happy',
  },
  {
    place: 'the library',
    wish: 'finish a puzzle of a thousand pieces',
    trouble: 'one piece was missing',
    why: 'the dog had carried it under the shelf',
    help: 'made a new piece out of cardboard',
    end: 'nobody could see the difference',
    feeling: 'clever',
  },
];

const names = ['Nadia', 'Leo', 'Ines', 'Samuel', 'Mei', 'Arthur', 'Zoe', 'Karim'];

function passage(story: Story, level: Level): string {
  const { who, place, wish, trouble, why, help, end, feeling } = story;
  if (level.grade <= 3) {
    return `${who} went to ${place}. ${who} wanted to ${wish}. But ${trouble}, because ${why}. So ${who} ${help}. In the end ${end}. ${who} was ${feeling}.`;
  }
  return `All week ${who} had been looking forward to a day at ${place}, for one reason: to ${wish}. It did not go as planned. Hardly had ${who} begun when ${trouble}. It took a while to see that ${why}. Instead of giving up, ${who} ${help}. It was worth it, for ${end}.`;
}

export function reading(level: Level, chance: RulesContext): Exercise {
  const story: Story = { ...oneOf(chance, stories), who: oneOf(chance, names) };
  const text = passage(story, level);
  const [question, field, hint] = isEasy(level)
    ? ([`What did ${story.who} want to do?`, 'wish', 'Look near the beginning, where a wish or a reason is told.'] as const)
    : isHard(level)
      ? ([`What shows that ${story.who} does not give up easily?`, 'help', 'Look for what was done after things had gone wrong.'] as const)
      : ([`What was the reason for the trouble?`, 'why', 'Find what went wrong, and then what is said about how it came about.'] as const);
  const wrong = someOf(
    chance,
    stories.filter((other) => other[field] !== story[field]).map((other) => other[field]),
    2,
  );
  const near = field === 'why' ? story.trouble : field === 'help' ? story.trouble : story.help;
  return {
    question: `Read the text. ${text} ${question}`,
    kind: 'choice',
    choices: chance.shuffle([story[field], near, ...wrong]),
    answer: story[field],
    hints: ['Read the text once more, slowly.', hint],
    explanation: `${field === 'help' ? `When things went wrong, ${story.who} ${story.help}` : field === 'why' ? `The text says that ${story.trouble}, and the reason was that ${story.why}` : `The text says that ${story.who} wanted to ${story.wish}`}.`,
    mistakes: [{ answer: near, misconception: 'found a sentence of the text that answers another question' }],
  };
}
