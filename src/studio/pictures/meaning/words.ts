/** English words as they are compared: small letters, singular nouns, verbs without their endings. Pure. */

export interface Token {
  /** As it is written, in small letters. */
  readonly text: string;
  /** The same as a noun in the singular. */
  readonly noun: string;
  /** "hand's": it belongs to what follows. */
  readonly possessive: boolean;
  /** Grown together with the word before: the "dye" of "tie-dye". */
  readonly joined: boolean;
  /** The comma or stop after it, or "". */
  readonly stop: '' | ',' | '.';
}

/** Longer texts than any scene has are not read to their end. */
const readable = 1200;

export function tokensOf(text: string): readonly Token[] {
  const plain = text.slice(0, readable).normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();
  return [...plain.matchAll(/([a-z0-9]+(?:'[a-z]+)?)(-(?=[a-z]))?\s*([,.;:!?()–—|]*)/g)].map((match, at, all): Token => {
    const [, word = '', , stops = ''] = match;
    const possessive = /'s$|s'$/.test(word) && !contractions.has(word);
    const bare = word.replace(/'s?$/, '');
    const stop = stops === '' ? '' : /^,+$/.test(stops) ? ',' : '.';
    return { text: bare, noun: singular(bare), possessive, joined: all[at - 1]?.[2] !== undefined, stop };
  });
}

const contractions = new Set(["it's", "that's", "let's", "here's", "what's", "there's", "who's"]);

const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    leaves: 'leaf',
    knives: 'knife',
    loaves: 'loaf',
    halves: 'half',
    shelves: 'shelf',
    scarves: 'scarf',
    wolves: 'wolf',
    mice: 'mouse',
    feet: 'foot',
    teeth: 'tooth',
    geese: 'goose',
    men: 'man',
    women: 'woman',
    children: 'child',
    people: 'person',
    dice: 'die',
    shoes: 'shoe',
    canoes: 'canoe',
    toes: 'toe',
    gases: 'gas',
    buses: 'bus',
    lenses: 'lens',
    molds: 'mould',
    mold: 'mould',
    tires: 'tyre',
    tire: 'tyre',
    colors: 'colour',
    color: 'colour',
    faucets: 'tap',
    faucet: 'tap',
    axes: 'axe',
  }),
);

/** Nouns in -ie; those in -y have the same plural. */
const inIe = /(?:cook|mov|brown|smooth|hood|zomb|vegg|self|calor|camp|bird|^p|^t|^d|^l)ies$/;
const noPlural = /(?:ss|us|is|ous|news|series|species|glasses|scissors|tongs|pliers|jeans|tweezers|goggles|gas|lens|bus|clothes)$/;

export function singular(word: string): string {
  const odd = irregular.get(word);
  if (odd !== undefined) return odd;
  if (word.length < 4 || noPlural.test(word)) return word;
  if (word.endsWith('ies')) return inIe.test(word) ? word.slice(0, -1) : `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss|zz|to|ro)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

const strong: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sewn: 'sew',
    woven: 'weave',
    written: 'write',
    drawn: 'draw',
    torn: 'tear',
    hung: 'hang',
    wound: 'wind',
    ground: 'grind',
    swept: 'sweep',
    lit: 'light',
    dug: 'dig',
    tying: 'tie',
    dyeing: 'dye',
  }),
);

/** What the word may be as a verb, likeliest first. */
export function verbs(word: string): readonly string[] {
  const ending = /^(.{2,}?)(ing|ed|es|s)$/.exec(word);
  const odd = strong.get(word);
  if (odd !== undefined) return [odd];
  if (ending === null) return [word];
  const [, stem = '', end] = ending;
  const single = /([bdgklmnprtz])\1$/.test(stem) ? [stem.slice(0, -1)] : [];
  return [word, stem, `${stem}e`, ...single, ...(end !== 'ing' && stem.endsWith('i') ? [`${stem.slice(0, -1)}y`, `${stem}e`] : [])];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** They say how something is, and may stand within the name of a thing: "a glass of cold water". */
export const describing: ReadonlySet<string> = set(
  `a an the this that these those some any each every another other both all half one two three four five six seven eight nine ten several
  few many more most my your his her its our their own same different single double second third last first next new old young fresh
  freshly neat neatly clean dirty dry wet damp moist hot warm cold cool lukewarm red green blue yellow white black brown golden dark
  bright light pale pink purple coloured colored colourful colorful clear plain small little tiny big large larger giant huge long
  short tall thin thick wide narrow deep flat round square straight curved sharp soft hard firm firmly strong smooth rough loose
  tight full empty open closed whole broken finished perfect perfectly beautiful beautifully pretty happy smiling proud homemade
  handmade simple good best right left upper lower front back top bottom upside down side inner outer heavy real raw crisp fluffy
  shiny gleaming sparkling glowing steaming bubbly crumbly lush thriving sunny cosy tidy complete basic fitting suitable regular
  ordinary normal fine very just only about around four-inch inexpensive sturdy slightly gently carefully slowly lightly evenly
  a4 letter-size mild wooden metal plastic rubber ceramic terracotta`,
);

export const determining: ReadonlySet<string> = set(
  `a an the this that these those some any each every another both all one two three four five six seven eight nine ten several few many
  my your his her its our their`,
);
