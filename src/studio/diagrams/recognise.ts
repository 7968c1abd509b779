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

const numbers: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  fifteen: 15, eighteen: 18, twenty: 20, thirty: 30, forty: 40, sixty: 60, ninety: 90,
}; // prettier-ignore

export const numberOf = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : numbers[text]);
