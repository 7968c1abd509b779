/**
 * A scene as panels of an animatic.
 *
 * P1. What is narrated or said in a panel fits into its seconds.
 * P2. Every panel says what its one picture shows, with the same words for the same people.
 */
import { rules } from 'continuo';
import { capitalised, sentence, sentencesOf, wordsOf } from '../../../english/text.ts';
import type { Concept, Scene } from './concept.ts';
import type { Line } from './dialogue-writer.ts';
import { lookOf } from './story/data.ts';

export interface Panel {
  readonly number: number;
  readonly shot: string;
  readonly angle: string;
  readonly movement: string;
  readonly action: string;
  readonly picturePrompt: string;
  readonly narration: string;
  readonly speaker: string | null;
  readonly seconds: number;
  readonly transition: 'cut' | 'dissolve' | 'fade';
}

export interface PanelsWanted {
  readonly concept: Concept;
  readonly scene: Scene;
  readonly lines?: readonly Line[];
  /** Added to each picture's words, so that all of them look alike. */
  readonly style?: string | null;
}

const wordsPerSecond = 140 / 60;

/** Speaking time and a breath; no picture is shorter than can be seen. */
function secondsFor(text: string): number {
  return Math.max(2.5, Math.round((wordsOf(text).length / wordsPerSecond + 0.6) * 10) / 10);
}

const movements = ['slow push in', 'still', 'slow pan to the right', 'slow pull out'];

const longest = 26;

/** A long sentence in parts that can be spoken over one picture each, cut where one would breathe. */
function breaths(text: string): readonly string[] {
  if (wordsOf(text).length <= longest) return [text];
  const cuts = [...text.matchAll(/[:;,]\s/g)].map((match) => match.index + 1);
  const middle = text.length / 2;
  const [cut] = cuts.sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle));
  if (cut === undefined) return [text];
  return [...breaths(text.slice(0, cut).trim()), ...breaths(text.slice(cut).trim())];
}

function looksOf(scene: Scene, { cast }: Concept): string {
  const people = cast
    .filter(({ name }) => scene.characters.includes(name))
    .map(({ name, role }) => `${name} (${role.replace(/^(?:an?|the) /, '')})`);
  return people.length === 0 ? 'nobody' : people.join(' and ');
}

export default rules<PanelsWanted, { readonly panels: readonly Panel[]; readonly seconds: number }>(
  ({ concept, scene, lines = [], style }) => {
    const who = looksOf(scene, concept);
    const look = style ?? `${lookOf(concept.genre).light}, no text`;
    const told = sentencesOf(scene.action).flatMap(breaths);
    const spoken = lines.slice(0, 4);
    const texts = [
      ...told.map((text) => ({ text, speaker: null as string | null })),
      ...spoken.map(({ line, character }) => ({ text: line, speaker: character as string | null })),
    ];
    const panels = texts.map(({ text, speaker }, at): Panel => {
      const shot =
        speaker === null
          ? scene.shots[at % Math.max(1, scene.shots.length)]
          : { size: 'close-up', angle: 'eye level', subject: `${speaker} speaking` };
      const action = speaker === null ? sentence(text) : `${speaker} says: ${text}`;
      return {
        number: at + 1,
        shot: shot?.size ?? 'medium',
        angle: shot?.angle ?? 'eye level',
        movement: movements[at % movements.length] ?? 'still',
        action,
        picturePrompt:
          `${capitalised(shot?.size ?? 'medium')} shot, ${scene.place}, ${scene.time}: ${speaker === null ? `${who}; ${text}` : `${speaker}, ${scene.mood}`} ${look}`.replace(
            /\s+/g,
            ' ',
          ),
        narration: text,
        speaker,
        seconds: secondsFor(text),
        transition: at === 0 ? (scene.number === 1 ? 'fade' : 'dissolve') : 'cut',
      };
    });
    return { panels, seconds: Math.round(panels.reduce((sum, { seconds }) => sum + seconds, 0) * 10) / 10 };
  },
);
