/**
 * Takes keys out of texts.
 *
 * R1. Whatever a provider says goes through here before anybody is told, and before it is shortened: a piece of a key
 *     is a key.
 * R2. A key that is known goes in every spelling that a server may echo it in; what merely looks like one goes too.
 */
import { base64 } from './base64.ts';
import { utf8 } from './utf8.ts';

const hidden = '[key]';

/** Shorter ones are placeholders (`none`, `test`), and taking them out would take words out. */
const shortestKey = 6;

/** What a key may consist of, up to a quote or its escape: a line of JSON stays one. */
const word = String.raw`(?:\\\\|\\(?!["'])|[^\s"'&,;\\])+`;
const quote = String.raw`\\?["']?`;

const shapes: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`\b(Bearer|Basic)\s+${word}`, 'gi'), `$1 ${hidden}`],
  [/\b(?:(?:sk|pk|rk|gsk|csk|xai|pplx|fw|tgp|hf|nvapi|r8)[-_][\w*.…-]{4,}|AIza[\w-]{8,}|ctn_[a-z0-9]{12}_[a-f0-9]{8,})/g, hidden],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, hidden],
  [/(:\/\/[^\s:@/"']*):[^\s@/"']+@/g, `$1:${hidden}@`],
  [new RegExp(String.raw`((?:api|access|secret|auth)?[-_ ]?(?:key|token|secret)${quote}\s*=\s*${quote})${word}`, 'gi'), `$1${hidden}`],
  [
    new RegExp(String.raw`((?:x-api-key|x-goog-api-key|api[-_]?key|access[-_]token|authorization)${quote}\s*:\s*${quote})${word}`, 'gi'),
    `$1${hidden}`,
  ],
  [new RegExp(String.raw`(\bapi key(?: provided)?:\s*${quote})${word}`, 'gi'), `$1${hidden}`],
];

/** `text` without `keys` and without what looks like a key. */
export function redact(text: string, keys: Iterable<string>): string {
  return redactor(keys)(text);
}

/** The same for many texts. */
export function redactor(keys: Iterable<string>): (text: string) => string {
  const known = spellings(keys);
  return (text) => {
    let clean = text;
    for (const key of known) clean = clean.replaceAll(key, hidden);
    for (const [shape, instead] of shapes) clean = clean.replace(shape, instead);
    return clean;
  };
}

function spellings(keys: Iterable<string>): readonly string[] {
  const all = new Set<string>();
  for (const key of keys) {
    if (key.length < shortestKey) continue;
    const encoded = base64(utf8(key));
    for (const spelling of [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)]) all.add(spelling);
    all.add(encoded);
    all.add(encoded.replaceAll('+', '-').replaceAll('/', '_'));
  }
  // The longest first: a key that begins like another one would leave its end behind.
  return [...all].sort((left, right) => right.length - left.length);
}
