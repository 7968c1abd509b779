/** Beats become scenes: a place, a time, somebody who wants something, and what stands against it. */
import { rules } from 'continuo';
import { branchOf, oneOf } from '../../../english/chance.ts';
import type { Beat, Concept, Scene, Shot } from './concept.ts';
import { beatsOf } from './story/beats.ts';
import { bibleOf, seedOf } from './story/bible.ts';
import { lookOf } from './story/data.ts';

export interface ScenesWanted {
  readonly concept: Concept;
  readonly beats?: readonly Beat[];
  readonly maxScenes?: number;
}

const outside =
  /\b(?:quay|rocks|sea|square|slope|pass|clearing|way|tree|market|riverbed|dune|schoolyard|roof|garden|gate|cars|station|yard|field|beds|corner|terrace|path|underpass|street)\b/i;

function headingOf(place: string, time: string): string {
  return `${outside.test(place) ? 'EXT.' : 'INT.'} ${place.replace(/^the /i, '').toUpperCase()} – ${time.toUpperCase()}`;
}

/** Which beats are told when there is room for a few only: the turning points first. */
const importance = ['incident', 'climax', 'ordinary', 'midpoint', 'resolution', 'decision', 'cost', 'test', 'insight', 'strike', 'refusal'];

function chosen(beats: readonly Beat[], most: number): readonly Beat[] {
  if (beats.length <= most) return beats;
  const kept = new Set([...beats].sort((one, other) => importance.indexOf(one.id) - importance.indexOf(other.id)).slice(0, most));
  return beats.filter((beat) => kept.has(beat));
}

function shotsOf(beat: Beat, concept: Concept, seed: number): readonly Shot[] {
  const chance = branchOf(seed, `shots ${beat.id}`);
  const [first = 'somebody', second] = beat.characters;
  const camera = lookOf(concept.genre).camera;
  return [
    {
      size: 'wide',
      angle: oneOf(chance, ['eye level', 'high', 'low']),
      subject: `${beat.place}, ${beat.time}: ${first} small in the frame`,
    },
    {
      size: 'medium',
      angle: 'eye level',
      subject: second === undefined ? `${first}, ${camera}` : `${first} and ${second}, with distance between them`,
    },
    {
      size: 'close-up',
      angle: oneOf(chance, ['eye level', 'slightly low', 'over the shoulder']),
      subject: `${first}’s face: ${beat.mood}`,
    },
    { size: 'detail', angle: oneOf(chance, ['high', 'eye level']), subject: `what stands for ${concept.subject}` },
  ];
}

export default rules<ScenesWanted, { readonly scenes: readonly Scene[] }>(({ concept, beats, maxScenes = 11 }) => {
  const bible = bibleOf(concept);
  const all = beats === undefined || beats.length === 0 ? beatsOf(bible) : beats;
  return {
    scenes: chosen(all, Math.max(1, Math.round(maxScenes))).map((beat, at) => ({
      number: at + 1,
      beat: beat.id,
      heading: headingOf(beat.place, beat.time),
      place: beat.place,
      time: beat.time,
      mood: beat.mood,
      characters: beat.characters,
      goal: beat.goal,
      conflict: beat.conflict,
      outcome: beat.outcome,
      action: beat.what,
      shots: shotsOf(beat, concept, seedOf(concept.idea, concept.genre)),
    })),
  };
});
