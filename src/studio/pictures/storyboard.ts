/**
 * The pictures of a whole film, decided together. Pure.
 *
 * S1. One palette for the film; grounds go round by the place of a scene.
 * S2. No two scenes have the same hero in the same arrangement.
 * S3. What a scene shows follows from its own words and place. Where two would look alike the later one gives way, so
 *     that a changed scene leaves those before it as they are, and those behind it unless they would look like it.
 */
import { z } from 'zod';
import { aspectSchema, type Aspect } from '../film/aspect.ts';
import type { Diagram } from '../film/diagram.ts';
import { paletteSchema, type Palette } from '../film/palette.ts';
import { sceneKindSchema, type SceneKind } from '../film/scene.ts';
import { assetSchema, pictureBriefSchema, type Arrangement, type Asset, type PictureBrief } from './brief.ts';
import { matchAssets } from './match-assets.ts';
import { paletteFor } from './palettes.ts';

export interface StoryScene {
  readonly kind: SceneKind;
  readonly shows: string;
  readonly narration: string;
  readonly action: string | null;
  readonly number: number | null;
}

export interface StoryboardInput {
  readonly topic: string;
  readonly title: string;
  readonly mood: 'kid' | 'adult';
  readonly aspect: Aspect;
  readonly seed: number;
  readonly scenes: readonly StoryScene[];
  readonly assets: readonly Asset[];
  /** For each scene: how often its picture was found wrong. */
  readonly again: readonly number[];
}

export interface Storyboard {
  readonly palette: Palette;
  readonly briefs: readonly PictureBrief[];
}

export interface Candidate {
  readonly name: string;
  /** 0..1 */
  readonly sure: number;
}

/** How pictures come to mean something. */
export interface Eyes {
  /** What a scene is about, surest first; never empty. */
  readonly subjectsOf: (scene: StoryScene & { readonly topic: string }) => readonly Candidate[];
  readonly diagramOf: (scene: Omit<StoryScene, 'kind'> & { readonly topic: string }) => Diagram | undefined;
}

export const storyboardInputSchema: z.ZodType<StoryboardInput> = z.object({
  topic: z.string(),
  title: z.string(),
  mood: z.enum(['kid', 'adult']),
  aspect: aspectSchema,
  seed: z.number().int(),
  scenes: z.array(
    z.object({
      kind: sceneKindSchema,
      shows: z.string(),
      narration: z.string(),
      action: z.string().nullable(),
      number: z.number().int().nullable(),
    }),
  ),
  assets: z.array(assetSchema),
  again: z.array(z.number().int().min(0)),
});

export const storyboardSchema: z.ZodType<Storyboard> = z.object({ palette: paletteSchema, briefs: z.array(pictureBriefSchema) });

/** Large, and no factor of the number of grounds: neighbours differ in every detail. */
const stride = 7919;

export function storyboard(film: StoryboardInput, eyes: Eyes): Storyboard {
  const palette = paletteFor(film.topic, film.mood, film.seed);
  const photos = matchAssets(film.scenes, film.assets);
  const briefs: PictureBrief[] = [];
  for (const [index, scene] of film.scenes.entries()) {
    const again = film.again[index] ?? 0;
    const photo = again === 0 ? (photos.get(index) ?? null) : null;
    const common = {
      kind: scene.kind,
      number: scene.number,
      aspect: film.aspect,
      palette,
      ground: index + again,
      seed: (film.seed + index * stride + again * 104_729) % 2 ** 31,
    };
    briefs.push({
      ...common,
      ...subjectOf({ ...scene, topic: film.topic }, { photo, again, before: briefs, eyes, last: index === film.scenes.length - 1 }),
    });
  }
  return { palette, briefs };
}

interface Around {
  readonly photo: Asset | null;
  readonly again: number;
  readonly before: readonly PictureBrief[];
  readonly eyes: Eyes;
  readonly last: boolean;
}

type Subject = Pick<PictureBrief, 'arrangement' | 'things' | 'diagram' | 'photo' | 'shows'>;

function subjectOf(scene: StoryScene & { readonly topic: string }, around: Around): Subject {
  const { photo, again, before, eyes } = around;
  if (photo !== null) return { arrangement: 'frame', things: [], diagram: null, photo, shows: scene.shows };
  const diagram = scene.kind === 'step' && again === 0 ? eyes.diagramOf(scene) : undefined;
  if (diagram !== undefined && !before.some((one) => one.diagram?.svg === diagram.svg))
    return { arrangement: 'board', things: [], diagram, photo: null, shows: diagram.shows };
  const candidates = eyes.subjectsOf(scene);
  const arrangement = arrangementFor(scene, candidates, around);
  return { ...distinct(candidates, arrangement, around), diagram: null, photo: null, shows: scene.shows };
}

/** So many things suit an arrangement. */
const room: Readonly<Record<Arrangement, number>> = {
  ring: 4,
  podium: 3,
  plus: 3,
  arrow: 2,
  row: 6,
  board: 0,
  frame: 0,
  title: 4,
  ending: 4,
};
/** What is less sure than that share of the hero is left out, where it is not asked for by name. */
const sureEnough = 0.35;
const festive = ['party-popper', 'sparkles', 'red-heart', 'bookmark', 'confetti-ball'];

function arrangementFor(
  { kind, shows, action, narration, number }: StoryScene,
  candidates: readonly Candidate[],
  { before, again }: Around,
): Arrangement {
  if (kind === 'title' || kind === 'ending') return kind;
  if (kind === 'materials') return candidates.length >= 3 ? 'row' : 'podium';
  const text = `${action ?? ''} ${shows}`;
  const two = candidates.length >= 2 && (candidates[1]?.sure ?? 0) >= 0.5 * (candidates[0]?.sure ?? 1);
  const turn = (number ?? before.length) + again;
  if (two && before.at(-1)?.arrangement !== 'plus' && joins.test(text)) return 'plus';
  if (two && before.at(-1)?.arrangement !== 'arrow' && becomes.test(`${text} ${narration}`)) return 'arrow';
  return turn % 2 === 0 ? 'podium' : 'ring';
}

const joins =
  /\b(?:mix|combine|blend|stir|pour|add|dip|soak|mount|attach|glue|stick|tie|thread|fill|plant|press|place|put|set|lay)\w*\b.*\b(?:with|and|into|in|onto|on|to|through|over)\b/i;
const becomes = /\b(?:becomes?|turns? into|changes? into|until it (?:is|has)|from .+ to )\b/i;

function distinct(
  candidates: readonly Candidate[],
  arrangement: Arrangement,
  { before, again, last }: Around,
): Pick<Subject, 'arrangement' | 'things'> {
  const names = candidates.filter(({ sure }) => sure >= sureEnough * (candidates[0]?.sure ?? 1)).map(({ name }) => name);
  const taken = (hero: string, as: Arrangement): boolean => before.some((one) => one.things[0] === hero && one.arrangement === as);
  const shifted = again === 0 ? names : [...names.slice(again % names.length), ...names.slice(0, again % names.length)];
  const alternatives: readonly Arrangement[] =
    arrangement === 'ring' ? ['ring', 'podium'] : arrangement === 'podium' ? ['podium', 'ring'] : [arrangement, 'ring', 'podium'];
  for (const as of alternatives)
    for (const hero of shifted.slice(0, as === arrangement ? 1 : undefined))
      if (!taken(hero, as)) return { arrangement: as, things: withSupports(hero, shifted, as, last) };
  // Every one of its things was seen in every way: the ground differs all the same.
  return {
    arrangement,
    things: withSupports(shifted[before.length % shifted.length] ?? names[0] ?? 'sparkles', shifted, arrangement, last),
  };
}

function withSupports(hero: string, names: readonly string[], arrangement: Arrangement, last: boolean): readonly string[] {
  const others = names.filter((name) => name !== hero);
  const filled = arrangement === 'ending' || last ? [...festive, ...others] : arrangement === 'title' ? [...others, 'sparkles'] : others;
  return [...new Set([hero, ...filled])].slice(0, room[arrangement]);
}
