/**
 * Words that are written alike and said in two ways, where a voice takes the wrong one: told by their neighbours, and
 * written for the voice as a word that sounds as this one should.
 */
import { beginsSentence, type Place, type Rule } from './place.ts';

/** Behind these stands a verb: "to close", "then read". */
const beforeVerbs = new Set(
  'to and then not can will should must may never always now please you we they gently carefully firmly or'.split(' '),
);
const possessives = new Set('a one your the my his her their this that of in with by no'.split(' '));

const before = ({ previous }: Place): string => previous?.core.toLowerCase() ?? '';
const behind = ({ next }: Place): string => next?.core.toLowerCase() ?? '';

const isVerb = (place: Place): boolean =>
  beginsSentence(place) ||
  /[,;:]/.test(place.previous?.closing ?? '') ||
  place.previous?.breaks === 'line' ||
  beforeVerbs.has(before(place));

const sounds: ReadonlyMap<string, (place: Place) => string | undefined> = new Map<string, (place: Place) => string | undefined>([
  ['close', (place) => (isVerb(place) && !/^(?:to|by|enough|together|behind)$/.test(behind(place)) ? 'cloze' : undefined)],
  ['read', (place) => (isVerb(place) ? 'reed' : undefined)],
  ['lead', (place) => (isVerb(place) && /^(?:the|to|it|them|your|each|into|through)$/.test(behind(place)) ? 'leed' : undefined)],
  ['bow', (place) => (/^(?:down|before|to|politely)$/.test(behind(place)) ? undefined : 'beau')],
  ['bows', () => 'beaus'],
  ['sow', () => 'sew'],
  ['sows', () => 'sews'],
  ['tears', (place) => (possessives.has(before(place)) ? undefined : 'tares')],
  ['resume', (place) => (possessives.has(before(place)) || /é/i.test(place.core.normalize('NFC')) ? 'rezumay' : undefined)],
  ['resumes', (place) => (/é/i.test(place.core.normalize('NFC')) ? 'rezumays' : undefined)],
]);

export const homograph: Rule = (place) => {
  const word = place.core.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const sound = sounds.get(word)?.(place);
  return sound === undefined ? undefined : [sound];
};
