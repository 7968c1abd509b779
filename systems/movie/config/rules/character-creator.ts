/** Who somebody is: what they want, what they need, and what stands in their own way. */
import { rules } from 'continuo';
import { branchOf, between, oneOf } from '../../../english/chance.ts';
import { sentence } from '../../../english/text.ts';
import { memberOf, type Character, type Concept, type Member } from './concept.ts';
import people from './data/people.json' with { type: 'json' };
import { bibleOf, type Bible } from './story/bible.ts';
import { arcs, type Arc } from './story/data.ts';
import { teller } from './story/telling.ts';

export interface CharacterWanted {
  readonly concept: Concept;
  readonly part: 'protagonist' | 'ally' | 'antagonist';
  readonly notes?: string | null;
}

/** The ally can do from the start what the hero must learn; the antagonist has the hero's flaw and calls it strength. */
function arcFor(member: Member, bible: Bible): Arc {
  if (member.part !== 'ally') return bible.arc;
  return oneOf(
    branchOf(bible.seed, 'ally arc'),
    arcs.filter(({ id }) => id !== bible.arc.id),
  );
}

function ageOf(member: Member, seed: number): number {
  const chance = branchOf(seed, `age ${member.name}`);
  if (/\b(?:girl|boy|child|kid|pupil|fifteen|school)\b/i.test(member.role)) return between(chance, 9, 15);
  if (/\b(?:old|retired|grand\w+|widow(?:er)?|master)\b/i.test(member.role)) return between(chance, 64, 79);
  return between(chance, 24, 56);
}

function relationOf({ part, name }: Member, { hero, rival, subject }: Bible): string {
  if (part === 'protagonist') return `The one whom the story is about; ${rival.name} is in the way.`;
  if (part === 'ally') return `At ${hero.name}’s side, and the first to say what ${hero.name} does not want to hear.`;
  return `${name} and ${hero.name} want ${subject} for opposite reasons, and are more alike than either would admit.`;
}

/** What the antagonist wants, as what somebody wants: "to have the light". */
function aimOf(bible: Bible): string {
  const { tell } = teller(bible, ['ally', 'rival', 'place']);
  const wants = bible.genre.rivalWant.replace(/^wants /, '');
  if (wants.startsWith('to ')) return tell(wants);
  const seen = /^(\S+|the matter of \S+) (?:to be |to (?=choose)|(?=switched))(.*)$/.exec(wants);
  return tell(seen === null ? `to have ${wants}` : `to see ${seen[1]} ${seen[2]}`);
}

export default rules<CharacterWanted, Character>(({ concept, part }) => {
  const bible = bibleOf(concept);
  const member = memberOf(concept, part);
  const arc = arcFor(member, bible);
  const { tell } = teller({ ...bible, hero: member }, ['ally', 'rival', 'place']);
  const voices = branchOf(bible.seed, `voice ${member.name}`);
  return {
    name: member.name,
    role: member.role,
    part,
    pronoun: member.pronoun,
    age: ageOf(member, bible.seed),
    want: part === 'antagonist' ? aimOf(bible) : tell(arc.want),
    need: tell(part === 'antagonist' ? `${arc.need}, which will not happen in this story` : arc.need),
    flaw: tell(arc.flaw),
    strength: arc.strength,
    backstory: `${sentence(tell(arc.wound))} ${sentence(tell(`Since then {hero} ${arc.flaw}, and calls it ${part === 'antagonist' ? 'strength' : 'being sensible'}`))}`,
    relation: relationOf(member, bible),
    voice: sentence(`${oneOf(voices, people.timbres)}; ${oneOf(voices, people.habits)}`),
  };
});
