/** What a goal in a sentence says: the kind of site, whom it is of, its name and its place. */
import { decapitalised, shortened, tidy } from '../../../../english/text.ts';
import { kinds, plainTopic, type Kind, type TopicDraft } from './kinds.ts';

export interface Goal {
  readonly kind: Kind;
  readonly topicDraft: TopicDraft;
  /** Given in the goal, as it was written. */
  readonly name: string | undefined;
  /** A noun phrase: "wedding photographer". */
  readonly subject: string;
  /** What it is about: "chess", "sourdough baking". */
  readonly topic: string;
  readonly place: string | undefined;
}

const wish =
  /^(?:(?:please|can you|could you|i want(?: you)? to|i would like(?: you)? to|i'd like(?: you)? to|we want to|i want|i need|we need|i'd like|let's)\s+)*(?:(?:build|create|make|design|develop|write|generate|set up|launch|have)\s+)?(?:(?:me|us)\s+)?/i;
const siteWord = /\b(?:website|web site|web page|webpage|homepage|home page|landing page|web presence|microsite|site|page)\b/i;
const praise =
  /^(?:(?:a|an|the|my|our|your|new|simple|small|little|modern|beautiful|nice|clean|minimal|minimalist|responsive|accessible|professional|personal|fancy|cool|great|functional|one-page|single-page|static|good|looking|good-looking|online|local|red|green|blue|dark|warm|colourful|colorful)(?:\s+|$))+/i;

function nameIn(text: string): string | undefined {
  const quoted = /["“„«]([^"”“»]{2,50})["”»]/u.exec(text)?.[1];
  if (quoted !== undefined) return tidy(quoted);
  const called =
    /\b(?:called|named)\s+((?:\p{Lu}[\p{L}\p{N}&'’.-]*|\d+)(?:\s+(?:(?:of|the|and|de|la|le|&)\s+)*(?:\p{Lu}[\p{L}\p{N}&'’.-]*|\d+))*)/u.exec(
      text,
    )?.[1];
  return called === undefined ? undefined : called.replace(/[.,;]+$/, '');
}

const noPlace =
  /^(?:English|German|French|Spanish|HTML|CSS|JavaScript|React|WordPress|January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Winter)\b/;

function placeIn(text: string): string | undefined {
  const places = text.matchAll(/\b(?:in|from|near)\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2})/gu);
  return [...places].map(([, place]) => place ?? '').find((place) => !noPlace.test(place));
}

/** Without what says how the site should be made, and without its name and place. */
function core(text: string): string {
  return tidy(
    text
      .replace(/["“„«][^"”“»]*["”»]/gu, ' ')
      .replace(/\b(?:called|named)\b.*$/iu, ' ')
      .replace(/\b(?:in|from|near)\s+\p{Lu}.*$/u, ' ')
      .replace(/[.!?]+\s.*$/u, ' ')
      .replace(/\b(?:that|which|who|where|so that|with|using|including|featuring|selling|offering|serving|showing)\b.*$/iu, ' ')
      .replace(/[.!?,;:]+$/u, ''),
  );
}

function parts(text: string): { readonly site: string; readonly of: string } {
  const plain = core(text.replace(wish, ''));
  const at = siteWord.exec(plain);
  const [before, after] = at === null ? [plain, ''] : [plain.slice(0, at.index), plain.slice(at.index + at[0].length)];
  const joined = at === null ? /^(.*?)\s+(?:for|about|on|of)\s+(.+)$/i.exec(plain) : null;
  const of = joined?.[2] ?? after.replace(/^\s*(?:for|about|on|of|to (?:show|promote|sell|present))\s+/i, ' ');
  return { site: tidy(joined?.[1] ?? before), of: tidy(of) };
}

/** A word, also in its plural, that is not a part of a longer one. None of the words has a sign that means something here. */
const wordPattern = (word: string): RegExp => new RegExp(`(?<![\\p{L}-])${word}s?(?![\\p{L}])`, 'giu');

const asWord = (text: string, word: string): boolean => text.search(wordPattern(word)) >= 0;

const kindWords = new Set([
  'portfolio',
  'blog',
  'shop',
  'store',
  'documentation',
  'docs',
  'club',
  'restaurant',
  'landing page',
  'coffee shop',
]);

/** How strongly a text points to words: longer ones and those that name a kind of site say more. */
function strength(text: string, words: readonly string[]): number {
  return words
    .filter((word) => asWord(text, word))
    .reduce((sum, word) => sum + word.split(' ').length + (kindWords.has(word) ? 1.5 : 0), 0);
}

function best<T>(list: readonly T[], rank: (entry: T) => number): T | undefined {
  const [first] = list.map((entry) => ({ entry, rank: rank(entry) })).sort((one, other) => other.rank - one.rank);
  return first === undefined || first.rank <= 0 ? undefined : first.entry;
}

/** The site without a known kind is one about a topic. */
const otherwise = kinds.find(({ id }) => id === 'blog');

function phrase(text: string): string {
  return shortened(tidy(text.replace(praise, '')), 48).replace(/…$/u, '');
}

function topicOf(subject: string, kind: Kind): string {
  const about = /\b(?:about|on|for|of)\s+(.+)$/i.exec(subject)?.[1];
  const words = [...kind.words].sort((one, other) => other.length - one.length);
  const plain = about ?? words.reduce((text, word) => text.replace(wordPattern(word), ' '), subject);
  return phrase(tidy(plain)) || subject;
}

const isProper = (text: string): boolean => /^(?:\p{Lu}[\p{L}'’.-]+)(?:\s+\p{Lu}[\p{L}'’.-]+){1,3}$/u.test(text);

/** As it stands within a sentence: a leading capital stays only where it belongs to a name. */
function inSentence(text: string): string {
  return /^\p{Lu}[\p{Ll}'’-]*$/u.test(text.split(' ')[0] ?? '') &&
    !/^(?:English|Italian|French|Spanish|Japanese|Indian|Mexican|German|Chinese|Thai|Greek|Vietnamese|Christmas|Java|Python|Linux)\b/.test(
      text,
    )
    ? decapitalised(text)
    : text;
}

export function readGoal(text: string): Goal {
  const goal = tidy(text);
  const { site, of } = parts(goal);
  const kind = best(kinds, ({ words }) => strength(site, words) * 1.5 + strength(of, words)) ?? otherwise;
  if (kind === undefined) throw new Error('There is no kind for a site about a topic');
  const [whole, person, trade] = /^((?:\p{Lu}[\p{L}'’.-]+\s*){2,4}),\s*(?:an?|the)\s+(.+)$/u.exec(of) ?? [of];
  const said = phrase(trade ?? whole) || phrase(site);
  const proper = person ?? (isProper(said) ? said : undefined);
  const only = kind.words.some((word) => word === said.toLowerCase());
  const subject =
    (proper !== undefined && trade === undefined) ||
    said === '' ||
    (only && ['portfolio', 'blog', 'landing page', 'docs', 'documentation', 'business', 'company'].includes(said.toLowerCase()))
      ? kind.subject
      : inSentence(said);
  const needsNoun = ['restaurant', 'shop', 'club', 'event'].includes(kind.id) && !kind.words.some((word) => asWord(subject, word));
  const unnamed =
    kind.id === 'event' ? 'a day to remember' : kind.id === 'blog' || kind.id === 'documentation' ? 'everyday things' : 'what we do';
  const named = subject === kind.subject ? unnamed : topicOf(subject, kind);
  const topic = kind.id === 'event' && named === subject && kind.words.includes(named) ? unnamed : named;
  return {
    kind,
    topicDraft:
      best(
        Object.values(kind.topics).filter((draft) => draft !== undefined),
        ({ words }) => strength(goal, words),
      ) ?? plainTopic(kind),
    name: nameIn(goal) ?? proper,
    subject: needsNoun ? `${subject} ${kind.words.some((word) => asWord(site, word)) ? inSentence(phrase(site)) : kind.id}` : subject,
    topic: kind.id === 'documentation' && /^(?:an?|the|my|our)\s/i.test(of) ? `the ${topic}` : topic,
    place: placeIn(goal),
  };
}
