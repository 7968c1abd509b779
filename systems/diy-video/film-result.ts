/** What a finished film is handed over with. Pure. */
import {
  layoutOf,
  type Assets,
  type Film,
  type FilmRequest,
  type FilmResult,
  type Music,
  type Picture,
  type Probe,
  type Speech,
  type Subtitles,
  type Thumbnail,
} from 'continuo/studio';
import type { RoundPlan } from './agents/planner.ts';
import type { Assessment } from './assessment.ts';

export interface Made {
  readonly request: FilmRequest;
  readonly assets: Assets;
  readonly plan: RoundPlan;
  readonly pictures: readonly (Picture | null)[];
  readonly voices: readonly (Speech | null)[];
  readonly music: Music | null;
  readonly film: Film;
  readonly subtitles: Subtitles;
  readonly measure: Probe;
  readonly review: Assessment;
  /** How often it was made better. */
  readonly rounds: number;
  readonly thumbnail: Thumbnail;
  readonly cost: number;
}

const mostNotes = 8;
/** The score that a film has to reach. */
export const goodEnough = 7;

export function filmResult(made: Made): FilmResult {
  const { plan, film, measure, review, subtitles, thumbnail } = made;
  return {
    title: plan.script.title,
    film: film.video,
    thumbnail: thumbnail.image,
    srt: subtitles.srt,
    vtt: subtitles.vtt,
    script: plan.script,
    writtenBy: plan.by,
    seconds: film.seconds,
    size: layoutOf(made.request.aspect).frame,
    scenes: plan.scenes.length,
    score: review.score,
    rating: review.rating,
    passed: review.score >= goodEnough,
    refinements: made.rounds,
    summary: review.summary,
    strengths: review.strengths,
    problems: withoutRepeats(review.complaints).map(({ scene, what }) => (scene === null ? what : `Scene ${scene + 1}: ${what}`)),
    checks: measure.checks.map(({ id, passed, measured, sentence }) => ({ name: id, passed, measured, sentence })),
    notes: [...new Set(notesOf(made))].slice(0, mostNotes),
    cost: made.cost,
  };
}

/** Who measures and who judges see the same film: that it is too long need not be read three times. */
function withoutRepeats(complaints: Assessment['complaints']): Assessment['complaints'] {
  const about = ({ scene, fix }: Assessment['complaints'][number]): string => `${fix} ${scene}`;
  return complaints.filter((one, index) => one.fix !== 'timing' || complaints.findIndex((other) => about(other) === about(one)) === index);
}

function* notesOf({ assets, plan, voices, music, film, pictures }: Made): Generator<string> {
  if (plan.script.note !== null) yield plan.script.note;
  for (const voice of voices) if (typeof voice?.note === 'string') yield voice.note;
  for (const { name, why } of assets.skipped) yield `${name} was left out: ${why}.`;
  const used = new Set(pictures.flatMap((picture) => picture?.provenance.inputs ?? []));
  const unused = assets.pictures.filter(({ blob }) => !used.has(blob.blob)).map(({ name }) => name);
  if (unused.length > 0)
    yield `No scene wanted ${unused.slice(0, 5).join(', ')}${unused.length > 5 ? ` and ${unused.length - 5} more` : ''}: name a picture after what it shows, or after its step.`;
  if (typeof music?.note === 'string') yield music.note;
  if (film.note !== null) yield film.note;
}
