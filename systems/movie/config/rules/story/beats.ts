/**
 * The course of a story: eleven beats, each of which follows from the one before.
 *
 * The flaw of the hero leads into trouble, the trouble costs the ally, the cost brings the insight,
 * and at the end the hero does what was impossible at the beginning.
 */
import { sentence } from '../../../../english/text.ts';
import type { Beat } from '../concept.ts';
import type { Bible } from './bible.ts';
import { teller } from './telling.ts';

interface Draft {
  readonly id: string;
  readonly act: number;
  readonly name: string;
  readonly what: (bible: Bible) => string;
  readonly because: string;
  readonly spot: number;
  readonly time: string;
  readonly mood: string;
  readonly with: readonly ('hero' | 'ally' | 'rival')[];
  readonly goal: string;
  readonly conflict: string;
  readonly outcome: string;
}

/** With two or more heroes the predicate is in the plural, and the ally is one of them from the start. */
function said(bible: Bible): string {
  const { idea, hero, ally } = bible;
  return idea.many && idea.predicate !== undefined ? `${hero.name} and ${ally.name} {predicate}.` : '{hero} {predicate}.';
}

/** Not something that happens, but how things are. */
function isState({ idea }: Bible): boolean {
  return (
    idea.predicate !== undefined &&
    /^(?:is|are|has|have|can|cannot|wants?|hates?|loves?|lives?|works?|runs?|believes?|dreams?|thinks?|fears?|knows?)\s/i.test(
      idea.predicate,
    ) &&
    !/^(?:is|are)\s+\S+(?:ed|en)\s/i.test(idea.predicate)
  );
}

const ordinary = (bible: Bible): string => (isState(bible) ? `${bible.genre.ordinary} And ${said(bible)}` : bible.genre.ordinary);

const incident = (bible: Bible): string => (isState(bible) ? 'Then {hero} {hook}.' : `Then ${said(bible)}`);

const drafts: readonly Draft[] = [
  {
    id: 'ordinary',
    act: 1,
    name: 'An ordinary day',
    what: ordinary,
    because: '{Arc}',
    spot: 0,
    time: 'morning',
    mood: 'calm',
    with: ['hero'],
    goal: 'to get through the day as always',
    conflict: 'something is missing that {she} has no name for',
    outcome: 'it is a day like every other one, and it is the last of its kind',
  },
  {
    id: 'incident',
    act: 1,
    name: 'What changes everything',
    what: incident,
    because: '{Hero} is where nobody else is at that hour, since {she} {flaw}.',
    spot: 1,
    time: 'night',
    mood: 'astonished',
    with: ['hero'],
    goal: 'to understand what is happening',
    conflict: 'nothing that {she} knows explains it',
    outcome: 'from now on {thing} cannot be ignored',
  },
  {
    id: 'refusal',
    act: 1,
    name: 'Not me',
    what: ({ genre }) => genre.refusal,
    because: 'Because {she} {flaw}, {hero} reacts as {she} always does.',
    spot: 0,
    time: 'the next day',
    mood: 'uneasy',
    with: ['hero'],
    goal: 'to make it go away',
    conflict: '{thing} does not go away',
    outcome: 'looking away no longer works',
  },
  {
    id: 'decision',
    act: 1,
    name: 'The step across',
    what: ({ genre }) => genre.decision,
    because: 'Waiting has become more dangerous than acting.',
    spot: 1,
    time: 'evening',
    mood: 'determined',
    with: ['hero', 'ally'],
    goal: 'to take the matter of {thing} into {her} own hands',
    conflict: 'it means giving up what was safe',
    outcome: 'there is no way back',
  },
  {
    id: 'test',
    act: 2,
    name: 'New rules',
    what: ({ genre }) => genre.test,
    because: 'What {hero} has decided cannot be done alone.',
    spot: 2,
    time: 'day',
    mood: 'hopeful',
    with: ['hero', 'ally'],
    goal: 'to learn how it works',
    conflict: '{hero} {flaw}, and {ally} notices',
    outcome: 'they begin to rely on each other',
  },
  {
    id: 'midpoint',
    act: 2,
    name: 'What it really is',
    what: ({ genre }) => genre.midpoint,
    because: 'They have come this far since they put together what each of them knew.',
    spot: 3,
    time: 'night',
    mood: 'awed',
    with: ['hero', 'ally'],
    goal: 'to find the truth about {thing}',
    conflict: 'the truth asks for something in return',
    outcome: 'now it is no longer about winning',
  },
  {
    id: 'strike',
    act: 2,
    name: 'The answer',
    what: ({ genre }) => genre.strike,
    because: 'What they found is exactly what {rival} fears.',
    spot: 1,
    time: 'dusk',
    mood: 'threatening',
    with: ['hero', 'rival'],
    goal: 'to keep what they have found',
    conflict: '{rival} is prepared and {hero} is not',
    outcome: '{rival} has the upper hand',
  },
  {
    id: 'cost',
    act: 2,
    name: 'The price',
    what: ({ genre, arc }) => `${arc.cost}. ${genre.low}`,
    because: 'Under pressure {hero} falls back on what {she} has always done.',
    spot: 2,
    time: 'night',
    mood: 'desolate',
    with: ['hero', 'ally'],
    goal: 'to save what can be saved',
    conflict: '{hero} {flaw}, now more than ever',
    outcome: '{hero} is alone',
  },
  {
    id: 'insight',
    act: 3,
    name: 'What was true all along',
    what: ({ arc }) =>
      `Alone {at0}, {hero} understands ${arc.insight}. ${arc.wound}; since then {she} has lived as if it could happen again at any moment. {Hero} goes to {ally} and says so, without excuses.`,
    because: 'There is nobody left to blame, and so {she} looks at {herself}.',
    spot: 0,
    time: 'before dawn',
    mood: 'quiet',
    with: ['hero', 'ally'],
    goal: 'to make it right',
    conflict: 'an apology mends nothing by itself',
    outcome: '{ally} opens the door, a hand wide',
  },
  {
    id: 'climax',
    act: 3,
    name: 'The moment',
    what: ({ genre }) => genre.climax,
    because: '{Hero} can do now what {she} could not do at the beginning.',
    spot: 3,
    time: 'sunrise',
    mood: 'tense',
    with: ['hero', 'rival', 'ally'],
    goal: 'to decide what becomes of {thing}',
    conflict: '{rival} offers everything that {hero} used to want',
    outcome: '{hero} gives it up, and wins what matters',
  },
  {
    id: 'resolution',
    act: 3,
    name: 'Afterwards',
    what: ({ genre }) => genre.resolution,
    because: 'What was done at the end changes how the days begin.',
    spot: 0,
    time: 'some time later',
    mood: 'warm',
    with: ['hero', 'ally'],
    goal: 'to live with it',
    conflict: 'nothing is quite as it was',
    outcome: 'it is good that way',
  },
];

export const beatIds: readonly string[] = drafts.map(({ id }) => id);

export function beatsOf(bible: Bible): readonly Beat[] {
  const { tell } = teller(bible);
  const plain = teller(bible, ['ally', 'rival', 'place']);
  return drafts.map((draft) => ({
    id: draft.id,
    act: draft.act,
    name: draft.name,
    what: tell(draft.what(bible)),
    because:
      draft.because === '{Arc}'
        ? `It begins with who ${bible.hero.name} is: somebody who ${plain.tell(bible.arc.flaw)}, and who wants ${plain.tell(bible.arc.want)}.`
        : plain.tell(draft.because),
    place: bible.setting.spots[draft.spot] ?? bible.place.short,
    time: draft.time,
    mood: draft.mood,
    characters: draft.with.map((part) => bible[part].name),
    goal: plain.tell(draft.goal),
    conflict: plain.tell(draft.conflict),
    outcome: plain.tell(draft.outcome),
  }));
}

/** The whole story in a few sentences, for those who have not read it. */
export function synopsisOf(beats: readonly Beat[]): string {
  return beats
    .filter(({ id }) => ['ordinary', 'incident', 'midpoint', 'climax', 'resolution'].includes(id))
    .map(({ what }) => what)
    .join(' ');
}

export function stakesOf(bible: Bible): string {
  const { tell } = teller(bible, ['ally', 'rival', 'place']);
  return sentence(`${bible.rival.name} ${tell(bible.genre.rivalWant)}, and ${bible.hero.name} has to learn ${tell(bible.arc.need)}`);
}
