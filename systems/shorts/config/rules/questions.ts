/** A film that needs no facts: questions that are worth asking about anything. */
import type { RulesContext } from 'continuo';

export interface Thought {
  readonly text: string;
  readonly picture: string;
}

const opening: readonly [string, ...string[]] = [
  "You hear a lot about it. Before you believe any of it, ask a few questions. They're short, and they work.",
  'Everybody has an opinion on it. Good questions beat opinions. Here are the ones that work.',
];

const middle = (subject: string): readonly Thought[] => [
  {
    text: `First: what problem does it solve, and do you have that problem? If you can't name it, wait.`,
    picture: 'a person writing one clear problem on a sheet of paper',
  },
  {
    text: `Who says so? Somebody who has used it for a month, or somebody who sells it?`,
    picture: 'two people talking, one of them holding a price tag',
  },
  {
    text: `What does it cost you? Count the money, then count the hours. The hours are usually the bigger number.`,
    picture: 'coins beside an hourglass on a table',
  },
  {
    text: `What happens when it goes wrong? If nobody can tell you, nobody has looked.`,
    picture: 'a warning sign beside an open question mark',
  },
  {
    text: `What did people do before? Sometimes the old way is slower and still better.`,
    picture: 'an old tool and a new tool side by side',
  },
  {
    text: `Now the best test. Try the smallest piece of it, for one week, and write down what changed.`,
    picture: 'a calendar with one week marked and a pencil',
  },
  {
    text: `Compare two sources that disagree about ${subject}. The truth tends to hide where they argue.`,
    picture: 'two open books facing each other on a desk',
  },
  {
    text: `Ask what would change your mind. If the answer is nothing, you're a fan, and fans are easy to fool.`,
    picture: 'a person turning around on a forked path',
  },
  {
    text: `Can you stop again? What is easy to start and hard to leave deserves a second look.`,
    picture: 'an open door with a person looking back',
  },
  {
    text: `And when you tell others, say how you know. "I tried it" is worth more than "I read it".`,
    picture: 'a person explaining something to a friend with a small object in hand',
  },
];

const ending: readonly [string, ...string[]] = [
  "If it still looks good after that, go ahead. If not, you've just saved yourself a lot of time.",
  "Still convinced? Then go for it. If you're not, you've lost a minute and saved a month.",
];

/** Below these numbers of words there is no room for an opening, and none for more than the questions themselves. */
const ROOM_TO_OPEN = 100;
const ROOM_TO_EXPLAIN = 50;

const bare = (text: string): string => /^[^?]*\?/.exec(text)?.[0] ?? text;

/** The order of the middle stays: each question leans on the one before. */
export function questions(subject: string, words: number, ctx: RulesContext): readonly Thought[] {
  const asked = middle(subject);
  if (words < ROOM_TO_EXPLAIN) {
    const short = asked.filter(({ text }) => text.includes('?')).map(({ text, picture }) => ({ text: bare(text), picture }));
    return [...short, { text: 'Still good? Then go ahead.', picture: 'a person nodding with a smile' }];
  }
  const begin = { text: ctx.pick(opening), picture: `a person with a thoughtful face in front of a symbol of ${subject}` };
  const end = { text: ctx.pick(ending), picture: 'a relaxed person closing a notebook and smiling' };
  return [...(words < ROOM_TO_OPEN ? [] : [begin]), ...asked, end];
}
