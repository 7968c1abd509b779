/** From an idea to concepts, one for each genre. */
import type { RulesContext } from 'continuo';
import { branchOf, oneOf, someOf } from '../../../../english/chance.ts';
import { capitalised, sentence, shortened, tidy } from '../../../../english/text.ts';
import type { Concept, Member } from '../concept.ts';
import { readIdea, type Idea } from '../idea/reading.ts';
import { bibleOf, seedOf, settingFor } from './bible.ts';
import { lookOf, namesOf, type Genre } from './data.ts';
import { teller, titleOf, withArticle } from './telling.ts';

const machines = /\b(?:robot|android|machine|computer|drone)\b/i;
const animals =
  /\b(?:dog|cat|fox|bear|rabbit|hedgehog|penguin|mouse|elephant|bird|wolf|owl|horse|pig|duck|crow|whale|snail|hamster|goat|bee|frog|turtle|tiger|lion)\b/i;

function poolFor(role: string, settingPool: string): string {
  if (machines.test(role)) return 'machine';
  return animals.test(role) && !/keeper|trainer|breeder|doctor|lover/i.test(role) ? 'animal' : settingPool;
}

function pronounOf(name: string | undefined): 'she' | 'he' | undefined {
  if (name === undefined) return undefined;
  const pools = ['coast', 'future', 'mountain', 'south', 'city', 'legend'].map(namesOf);
  if (pools.some(({ she }) => she.includes(name)) || /(?:a|ie|elle|ine)$/i.test(name)) return 'she';
  return pools.some(({ he }) => he.includes(name)) ? 'he' : undefined;
}

function genderOf(role: string): 'she' | 'he' | undefined {
  if (/\b(?:daughter|sister|aunt|grandmother|girl|witch|policewoman|woman|queen)\b/.test(role)) return 'she';
  return /\b(?:brother|uncle|grandfather|boy|man|king|priest|postman)\b/.test(role) ? 'he' : undefined;
}

function another(
  chance: RulesContext,
  pool: string,
  wanted: 'she' | 'he' | undefined,
  taken: readonly string[],
): Pick<Member, 'name' | 'pronoun'> {
  const pronoun = wanted ?? oneOf(chance, ['she', 'he'] as const);
  return {
    name: oneOf(
      chance,
      namesOf(pool)[pronoun].filter((name) => !taken.includes(name)),
    ),
    pronoun,
  };
}

/** Who is in it: the same three for an idea and a genre. */
function castFor(idea: Idea, genre: Genre, seed: number, settingPool: string): readonly Member[] {
  const chance = branchOf(seed, 'cast');
  const pronoun = idea.pronoun ?? pronounOf(idea.name) ?? oneOf(chance, ['she', 'he'] as const);
  const role = idea.role ?? genre.role;
  const [own = 'Ruth'] = someOf(chance, namesOf(poolFor(role, settingPool))[pronoun], 1);
  const name = idea.name ?? own;
  const allyRole = oneOf(chance, genre.allies);
  const rivalRole = oneOf(chance, genre.rivals);
  const ally = another(chance, settingPool, idea.many ? pronoun : genderOf(allyRole), [name]);
  const rival = another(chance, settingPool, genderOf(rivalRole), [name, ally.name]);
  const faceless = /^(?:something|somebody|a whisper|a voice|the voice|an offer)\b/.test(rivalRole);
  return [
    { name, role: withArticle(role), part: 'protagonist', pronoun },
    {
      name: ally.name,
      role: idea.many && idea.predicate !== undefined ? `the other ${role}` : withArticle(allyRole),
      part: 'ally',
      pronoun: ally.pronoun,
    },
    faceless
      ? {
          name: `the ${rivalRole.replace(/^(?:an?|the)\s/, '').replace(/^(?:something|somebody)\b.*$/, 'other one')}`,
          role: withArticle(rivalRole),
          part: 'antagonist',
          pronoun: rival.pronoun,
        }
      : { name: rival.name, role: withArticle(rivalRole), part: 'antagonist', pronoun: rival.pronoun },
  ];
}

/** The idea as it was told, then what stands in the way, and what is at stake. */
function loglineOf(concept: Concept): string {
  const bible = bibleOf(concept);
  const { tell } = teller(bible, ['ally', 'rival', 'place']);
  const { idea, hero, rival, arc } = bible;
  const who = idea.name === undefined ? hero.role : `${idea.name}${idea.role === undefined ? '' : `, ${hero.role},`}`;
  const opening =
    idea.predicate === undefined
      ? `${hero.role} in ${bible.place.full} {hook}`
      : idea.many
        ? `${hero.name} and ${bible.ally.name} {predicate}`
        : `${who} {predicate}`;
  return `${sentence(tell(opening))} But ${hero.name} ${tell(arc.flaw)}, and has to learn ${tell(arc.need)} before ${rival.role} takes ${bible.subject} away for good.`;
}

/** Titles that name what the story turns on, where that is short enough for a title. */
function titlesFor(genre: Genre, subject: string): readonly string[] {
  const naming = genre.titles.filter((title) => title.includes('{Thing}'));
  return naming.length > 0 && /^the \S+(?: \S+){0,2}$/.test(subject) ? naming : genre.titles.filter((title) => !title.includes('{Thing}'));
}

export function conceptFor(text: string, genre: Genre): Concept {
  const idea = readIdea(text);
  const setting = settingFor(text, genre);
  const seed = seedOf(text, genre.id);
  const chance = branchOf(seed, 'concept');
  const bare: Concept = {
    idea: shortened(text, 400) || 'An empty page',
    title: '',
    logline: '',
    genre: genre.id,
    tone: genre.tone,
    themes: genre.themes,
    setting: {
      place: idea.place ?? setting.place,
      time: oneOf(chance, ['the present', 'the present, in autumn', 'not long ago', 'a winter that will not end']),
      look: tidy(`${lookOf(genre.id).light}; ${lookOf(genre.id).textures}`),
    },
    subject: idea.subject,
    cast: castFor(idea, genre, seed, setting.names),
  };
  const own = { ...bare, idea: text };
  return { ...bare, title: capitalised(titleOf(oneOf(chance, titlesFor(genre, own.subject)), bibleOf(own))), logline: loglineOf(own) };
}
