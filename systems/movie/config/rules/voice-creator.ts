/** How somebody sounds. */
import { rules } from 'continuo';
import { branchOf, between, oneOf, someOf } from '../../../english/chance.ts';
import { capitalised, sentence } from '../../../english/text.ts';
import type { Character, Concept } from './concept.ts';
import people from './data/people.json' with { type: 'json' };
import { seedOf } from './story/bible.ts';

export interface VoiceProfile {
  readonly name: string;
  readonly pitch: 'low' | 'middle' | 'high';
  readonly wordsPerMinute: number;
  readonly timbre: string;
  readonly habits: readonly string[];
  readonly accentWords: readonly string[];
  readonly sampleLine: string;
  /** For a speech synthesiser: a factor of speed, and semitones up or down. */
  readonly speech: { readonly rate: number; readonly semitones: number };
}

export default rules<{ readonly concept: Concept; readonly character: Character }, VoiceProfile>(({ concept, character }) => {
  const chance = branchOf(seedOf(concept.idea, concept.genre), `voice ${character.name}`);
  const timbre = oneOf(chance, people.timbres);
  const habits = someOf(chance, people.habits, 2);
  const accentWords = someOf(chance, people.accentWords, 3);
  const semitones = between(chance, -3, 2) + (character.age < 16 ? 4 : 0) - (character.part === 'antagonist' ? 1 : 0);
  const wordsPerMinute = between(chance, 125, 165) - (character.age > 60 ? 15 : 0);
  const [first = 'listen'] = accentWords;
  return {
    name: character.name,
    pitch: semitones < -1 ? 'low' : semitones > 1 ? 'high' : 'middle',
    wordsPerMinute,
    timbre,
    habits,
    accentWords,
    sampleLine: sentence(`${capitalised(first)}, nobody asked me either when it came to ${concept.subject}. And here I am`),
    speech: { rate: Math.round((wordsPerMinute / 150) * 100) / 100, semitones },
  };
});
