/** What all agents of the movie system hand to each other, and keep to. */

export interface Member {
  readonly name: string;
  /** "a lighthouse keeper" */
  readonly role: string;
  readonly part: 'protagonist' | 'ally' | 'antagonist';
  readonly pronoun: 'she' | 'he';
}

export interface Concept {
  readonly idea: string;
  readonly title: string;
  readonly logline: string;
  readonly genre: string;
  readonly tone: string;
  readonly themes: readonly string[];
  readonly setting: { readonly place: string; readonly time: string; readonly look: string };
  /** What the story turns on: "the light". */
  readonly subject: string;
  readonly cast: readonly Member[];
}

export interface Beat {
  readonly id: string;
  readonly act: number;
  readonly name: string;
  readonly what: string;
  /** What it follows from. */
  readonly because: string;
  readonly place: string;
  readonly time: string;
  readonly mood: string;
  readonly characters: readonly string[];
  readonly goal: string;
  readonly conflict: string;
  readonly outcome: string;
}

export interface Shot {
  readonly size: string;
  readonly angle: string;
  readonly subject: string;
}

export interface Scene {
  readonly number: number;
  readonly beat: string;
  readonly heading: string;
  readonly place: string;
  readonly time: string;
  readonly mood: string;
  readonly characters: readonly string[];
  readonly goal: string;
  readonly conflict: string;
  readonly outcome: string;
  readonly action: string;
  readonly shots: readonly Shot[];
}

export interface Character {
  readonly name: string;
  readonly role: string;
  readonly part: string;
  readonly pronoun: 'she' | 'he';
  readonly age: number;
  readonly want: string;
  readonly need: string;
  readonly flaw: string;
  readonly strength: string;
  readonly backstory: string;
  readonly relation: string;
  readonly voice: string;
}

export function memberOf(concept: Concept, part: Member['part']): Member {
  const member = concept.cast.find((other) => other.part === part) ?? concept.cast[0];
  return member ?? { name: 'Somebody', role: 'a stranger', part, pronoun: 'she' };
}
