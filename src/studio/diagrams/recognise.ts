/** What a scene says is done, and to what. Nothing is guessed: a drawing asks for verbs and things, and gets none where they do not stand there. */

/** As much of a scene as a diagram is chosen by. */
export interface DiagramScene {
  readonly topic: string;
  readonly shows: string;
  readonly action: string | null;
  readonly narration: string;
  readonly number: number | null;
}

export interface SceneWords {
  readonly topic: string;
  /** The sentence that says what is done; empty in a scene where nothing is. */
  readonly action: string;
  /** Action and picture: what the diagram has to agree with. */
  readonly seen: string;
  /** Everything that is said or shown. */
  readonly told: string;
  /** The verb of each part of the action, in order: "dry", "paint" of "Dry it, then paint the wall." */
  readonly verbs: readonly string[];
  readonly step: boolean;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ').trim();

/** Longer texts than any step has are not read to their end. */
const readable = 2000;

const fillers = new Set([
  'then',
  'now',
  'next',
  'and',
  'gently',
  'carefully',
  'slowly',
  'first',
  'just',
  'again',
  'finally',
  'lightly',
  'firmly',
  'also',
]);

const firstVerb = (clause: string): string | undefined => clause.match(/[a-z]+(?:-[a-z]+)?/g)?.find((word) => !fillers.has(word));

export function readScene(scene: DiagramScene): SceneWords {
  const [topic, shows, narration] = [scene.topic, scene.shows, scene.narration].map((text) => plain(text.slice(0, readable)));
  const action = plain((scene.action ?? '').slice(0, readable));
  const clauses = action.split(/[,;:.]|\band\b|\bthen\b/);
  return {
    topic: topic ?? '',
    action,
    seen: `${action} | ${shows ?? ''}`,
    told: `${action} | ${shows ?? ''} | ${narration ?? ''}`,
    verbs: clauses.flatMap((clause) => firstVerb(clause) ?? []),
    step: scene.action !== null && scene.number !== null,
  };
}

/** Whether what is done first is one of these. */
export const begins = ({ verbs }: SceneWords, ...wanted: readonly string[]): boolean => wanted.includes(verbs[0] ?? '');

/** Whether any part of the action does one of these. */
export const does = ({ verbs }: SceneWords, ...wanted: readonly string[]): boolean => verbs.some((verb) => wanted.includes(verb));

const ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen'];
const numbers = new Map<string, number>([
  ...ones.map((word, value): [string, number] => [word, value]),
  ...['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, tens): [string, number] => [
    word,
    20 + 10 * tens,
  ]),
  ['fourteen', 14],
  ['fifteen', 15],
  ['sixteen', 16],
  ['eighteen', 18],
  ['a', 1],
  ['an', 1],
]);

/** "250" and "two hundred and fifty" alike; undefined for whatever is no number. */
export function numberOf(text: string): number | undefined {
  let sum: number | undefined;
  for (const word of text.split(/[\s-]+/)) {
    const value = /^\d+$/.test(word) ? Number(word) : numbers.get(word);
    if (word === 'hundred') sum = (sum ?? 1) * 100;
    else if (value !== undefined) sum = (sum ?? 0) + value;
    else if (word !== 'and') return undefined;
  }
  return sum;
}
