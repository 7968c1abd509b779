/** Sentences that are the same for every topic, in several wordings each. */
import type { ContentMode } from './pace.ts';
import type { Procedure } from './procedure.ts';

type Choices = readonly [string, ...string[]];

export const grownUp: Choices = ['Ask a grown-up to', 'Let a grown-up', 'Have a grown-up'];

export const watching: Choices = [
  'This is a grown-up job: you watch and help.',
  'A grown-up does this one, and you are the helper.',
  'Watch closely: this is work for a grown-up.',
];

export const together: Choices = ['Do this one with a grown-up.', 'Find a grown-up to help you.', 'Ask a grown-up to join in.'];

export const cheers: Choices = ['Well done so far!', 'You are halfway there!', 'Great, keep going!', 'Looking good!'];

export const openers: Readonly<Record<'first' | 'middle' | 'last', Choices>> = {
  first: ['First,', 'To begin,'],
  middle: ['Next,', 'Then', 'Now', 'After that,'],
  last: ['Finally,', 'Last of all,'],
};

const callsByCategory: Readonly<Record<string, Choices>> = {
  paper: ['Save this for a rainy day.', 'Fold one for a friend.', 'One more sheet, one more try.'],
  craft: ['Make one for yourself, and one to give away.', 'Save this for your next free evening.', 'Try it this weekend.'],
  science: ['Now change one thing and try again.', 'Try it again, and guess first.', 'Show somebody, and let them guess why.'],
  garden: ['Save this for the weekend.', 'Start today: plants have all the time.', 'Follow along for more green ideas.'],
  kitchen: ['Save this, and try it this week.', 'Make it once, and it is yours.', 'Cook it for somebody you like.'],
  home: ['Save this for the day you need it.', 'Do it once, and you will never pay for it again.', 'Send it to the friend who needs it.'],
  vehicle: ['Save this before you need it.', 'Send it to somebody who drives.', 'Keep this one for the road.'],
  life: ['Save this, and start tonight.', 'Send it to somebody who needs it.', 'Try it once, today.'],
  general: ['Save this, and take the first step today.', 'Begin with step one, today.', 'Write down step one, and start.'],
};

const handmade = new Set(['paper', 'craft', 'science', 'kitchen']);
const callsForMakers: Choices = ['Now show somebody at home.', 'Make another one for a friend.', 'Try it again, your own way.'];
const callsForKids: Choices = ['Now show somebody at home.', 'Show a grown-up what you know now.', 'Next time, you can teach it.'];
const callsForWatchers: Choices = ['Now tell a grown-up what you learned.', 'Can you remember the first step?'];

export const callsFor = (category: string, mode: ContentMode, kids: Procedure['kids']): Choices => {
  if (mode === 'adult') return callsByCategory[category] ?? ['Save this for later.'];
  if (kids === 'watch') return callsForWatchers;
  return handmade.has(category) ? callsForMakers : callsForKids;
};

export const audienceFor = (mode: ContentMode, kids: Procedure['kids']): string => {
  if (mode === 'adult') return 'Beginners who want to do it themselves';
  if (kids === 'watch') return 'Curious children who watch and help a grown-up';
  return kids === 'help' ? 'Children from six years on, together with a grown-up' : 'Children from six years on';
};

const small = new Set('a an the and or from on in of to with for at'.split(' '));

export const titleCase = (text: string): string =>
  text
    .split(' ')
    .map((word, index) => (index > 0 && small.has(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join(' ');

/** For films in which every word counts. */
export const shortCalls: Choices = ['Your turn!', 'Now you!', 'Try it!'];
export const briefly: Choices = ['You need this.', 'Get these ready.', 'Have this ready.'];

/** Titles around what follows "how to". */
export const titlesFor = (phrase: string, mode: ContentMode, kids: Procedure['kids']): Choices => {
  const title = titleCase(phrase);
  if (mode === 'kid' && kids !== 'watch') return [`Let's ${title}!`, `How to ${title}`, `You Can ${title}!`];
  return [`How to ${title}`, `${title}: Step by Step`];
};
