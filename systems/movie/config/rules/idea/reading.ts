/** What an idea in a sentence says: who, what happens, and what it turns on. */
import { shortened, tidy } from '../../../../english/text.ts';
import verbs from '../data/verbs.json' with { type: 'json' };

export interface Idea {
  /** A given name, where the idea has one. */
  readonly name: string | undefined;
  /** "lighthouse keeper"; nothing where nobody is spoken of. */
  readonly role: string | undefined;
  readonly many: boolean;
  /** "discovers that the light attracts lost memories", as it stands. */
  readonly predicate: string | undefined;
  /** "the light" */
  readonly subject: string;
  readonly pronoun: 'she' | 'he' | undefined;
  readonly place: string | undefined;
}

const known = new Set(verbs);

/** Whether a word is a verb as it follows "she" or "they". */
function isVerb(word: string): boolean {
  const plain = word.toLowerCase();
  return (
    known.has(plain) || known.has(plain.replace(/s$/, '')) || known.has(plain.replace(/es$/, '')) || known.has(plain.replace(/ies$/, 'y'))
  );
}

const beforeNouns = new Set([
  'a',
  'an',
  'the',
  'one',
  'her',
  'his',
  'their',
  'its',
  'my',
  'your',
  'our',
  'two',
  'three',
  'some',
  'every',
  'another',
  'this',
  'that',
  'of',
  'to',
  'in',
  'with',
]);
const ends = new Set([
  'in',
  'on',
  'at',
  'from',
  'to',
  'with',
  'for',
  'by',
  'of',
  'into',
  'onto',
  'under',
  'over',
  'and',
  'but',
  'or',
  'who',
  'that',
  'which',
  'when',
  'while',
  'where',
  'because',
  'after',
  'before',
  'until',
  'against',
  'through',
  'behind',
  'inside',
  'about',
  'is',
  'are',
  'was',
  'has',
  'if',
  'so',
  'as',
  'without',
  'during',
  'than',
  'will',
  'can',
  'must',
  'could',
  'would',
  'not',
  'every',
  'his',
  'her',
  'their',
]);
const determiners = new Set(['a', 'an', 'the', 'one', 'her', 'his', 'their', 'its', 'my', 'our', 'this', 'two', 'three']);

const opening =
  /^(?:(?:please\s+)?(?:make|write|create|tell|produce|give)(?:\s+(?:me|us))?\s+)?(?:(?:an?|the)\s+(?:short\s+|animated\s+|new\s+|little\s+)*(?:story|film|movie|series|short|tale|episode|drama|comedy|thriller|romance|mystery|adventure|musical)\s+(?:about|of|in which|where|on)\s+|about\s+)/i;

function verbAt(words: readonly string[]): number {
  return words.findIndex(
    (word, at) =>
      at > 0 &&
      isVerb(word) &&
      !beforeNouns.has((words[at - 1] ?? '').toLowerCase()) &&
      !/^\p{Lu}/u.test(word) &&
      (at > 1 || !determiners.has((words[0] ?? '').toLowerCase())),
  );
}

/** The first thing that is named: with its determiner, or right after the verb. */
function nounPhrase(words: readonly string[]): string | undefined {
  const plain = words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}'’-]/gu, ''));
  for (let start = 0; start < plain.length; start += 1) {
    if (!determiners.has(plain[start] ?? '')) continue;
    const phrase: string[] = [];
    for (let at = start + 1; at < words.length && phrase.length < 4; at += 1) {
      const word = plain[at] ?? '';
      if (word === '' || ends.has(word) || (phrase.length > 0 && isVerb(word))) break;
      phrase.push(word);
      if (/[,;:.!?]$/.test(words[at] ?? '')) break;
    }
    if (phrase.length > 0) return phrase.join(' ');
  }
  return undefined;
}

const small = new Set(['nothing', 'something', 'everything', 'himself', 'herself', 'themselves', 'life', 'way', 'time']);

function subjectIn(whole: string): string | undefined {
  const state = /^(?:is|are|was|has been|gets)\s/i.test(whole);
  const of = state
    ? /\bof\s+(?:(?:an?|the|his|her|its|their)\s+)?([\p{L}'’-]+(?:\s+[\p{L}'’-]+)?)/u.exec(whole.replace(/\bbecause of\b/gi, ' '))?.[1]
    : undefined;
  if (of !== undefined)
    return `the ${of
      .split(' ')
      .filter((word) => !ends.has(word))
      .join(' ')}`;
  // Who does something to the hero is not what it turns on.
  const text = state ? whole.replace(/\bby\s+(?:an?|the|his|her)\s+[\p{L}'’-]+/iu, ' ') : whole;
  const phrase = nounPhrase(text.split(' '));
  if (phrase !== undefined && !small.has(phrase)) return `the ${phrase.replace(/^(?:last|first|only|same|own)\s+/, (rank) => rank)}`;
  const words = text.split(' ').map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}'’-]/gu, ''));
  const after = words
    .slice(1)
    .findIndex((word) => word.length > 3 && !ends.has(word) && !isVerb(word) && !small.has(word) && !word.endsWith('ly'));
  const noun = after < 0 ? undefined : words[after + 1];
  return noun === undefined ? undefined : `the ${noun}`;
}

/** "learns to paint" turns on the painting. */
function doingIn(predicate: string): string | undefined {
  const verb = /^\S+ to ([a-z]{3,})$/i.exec(predicate)?.[1]?.toLowerCase();
  if (verb === undefined || !known.has(verb)) return undefined;
  const short = /^[^aeiou]*[aeiou][bdgmnprt]$/.test(verb);
  return `the ${short ? verb + verb.slice(-1) : verb.replace(/e$/, '')}ing`;
}

function singular(noun: string): string {
  return noun
    .replace(/\bchildren$/i, 'child')
    .replace(/\b(wo)?men$/i, '$1man')
    .replace(/\bpeople$/i, 'person')
    .replace(/ies$/i, 'y')
    .replace(/(?<=(?:ch|sh|x|ss))es$/i, '')
    .replace(/(?<![su])s$/i, '');
}

function pronounIn(text: string): 'she' | 'he' | undefined {
  const plain = text.toLowerCase();
  if (
    /\b(?:she|her|herself|girl|woman|mother|sisters?|daughter|queen|princess|grandmother|wife|widow|actress|nun|bride|witch|aunt|women)\b/.test(
      plain,
    )
  )
    return 'she';
  return /\b(?:he|his|him|himself|boy|man|father|brothers?|son|king|prince|grandfather|husband|widower|monk|uncle|knight|men)\b/.test(plain)
    ? 'he'
    : undefined;
}

export function readIdea(text: string): Idea {
  const whole = shortened(tidy(text).replace(opening, ''), 220).replace(/[.!?…]+$/u, '');
  const [first = ''] = whole.split(/(?<=[.!?])\s/);
  const words = first.split(' ').filter((word) => word !== '');
  const place = /\b(?:in|from)\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?)/u.exec(whole)?.[1];
  const at = words.length < 3 ? -1 : verbAt(words);
  const latin = /[a-z]{2}/i.test(first);
  if (at < 0) {
    const head = words.map((word) => word.replace(/[^\p{L}\p{N}'’-]/gu, '')).filter((word) => word !== '');
    const noun = head.filter((word) => !determiners.has(word.toLowerCase())).join(' ');
    const subject =
      !latin || noun === ''
        ? first === ''
          ? 'the empty page'
          : `“${first}”`
        : `the ${noun.split(/\s(?:in|on|at|with|of|and|for|from|about)\s/)[0]?.toLowerCase() ?? noun}`;
    return {
      name: undefined,
      role: undefined,
      many: subject.endsWith('s') && !/(?:ss|us|is)$/.test(subject),
      predicate: undefined,
      subject: shortened(subject, 60),
      pronoun: pronounIn(whole),
      place,
    };
  }
  const before = words
    .slice(0, at)
    .join(' ')
    .replace(/\s+who$/i, '')
    .replace(/,$/, '');
  const [, given, apposition] = /^(\p{Lu}[\p{L}'’-]+)(?:,\s*(.+))?$/u.exec(before) ?? [];
  const name =
    given !== undefined &&
    !determiners.has(given.toLowerCase()) &&
    words[0] === words[0]?.replace(/^\p{Ll}/u, '') &&
    (apposition !== undefined || !known.has(given.toLowerCase()))
      ? given
      : undefined;
  const phrase = (name === undefined ? before : (apposition ?? '')).replace(/^(?:an?|the|my|our|one)\s+/i, '').replace(/,.*$/, '');
  const many =
    /^(?:two|three|four|five|some|several|all|both|\d+)\s/i.test(phrase) || (/[^su]s$/i.test(phrase) && !/^(?:an?|the)\s/i.test(before));
  const role = tidy(many ? singular(phrase.replace(/^(?:two|three|four|five|some|several|all|both|\d+)\s+/i, '')) : phrase);
  const predicate = words.slice(at).join(' ');
  return {
    name,
    role: role === '' ? undefined : role,
    many,
    predicate,
    subject: doingIn(predicate) ?? subjectIn(predicate) ?? (role === '' ? 'the secret' : `the secret of the ${role}`),
    pronoun: pronounIn(whole),
    place,
  };
}
