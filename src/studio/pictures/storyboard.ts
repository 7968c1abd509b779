/**
 * The pictures of a whole film, decided together. Pure.
 *
 * S1. One palette for the film; grounds go round by the place of a scene.
 * S2. No two scenes have the same hero in the same arrangement.
 * S3. What a scene shows follows from its own words and place. Where two would look alike the later one gives way, so
 *     that a changed scene leaves those before it as they are, and those behind it unless they would look like it.
 * S4. The hero of the title in a ring is what the result shows: steps leave it that place.
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
    return { arrangement: 'board', things: [], diagram, photo: null, shows: `${scene.shows}: ${diagram.shows}` };
  const candidates = eyes.subjectsOf(scene);
  const arrangement = arrangementFor(scene, candidates, around);
  return { ...distinct(candidates, arrangement, { ...around, kind: scene.kind }), diagram: null, photo: null, shows: scene.shows };
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
  { kind, shows, action, number }: StoryScene,
  candidates: readonly Candidate[],
  { before, again }: Around,
): Arrangement {
  if (kind === 'title' || kind === 'ending') return kind;
  if (kind === 'materials') return candidates.length >= 3 ? 'row' : 'podium';
  if (kind === 'result') return 'ring';
  const text = `${action ?? ''} ${shows}`;
  const [first, second, third] = candidates.map(({ sure }) => sure);
  const last = before.at(-1)?.arrangement;
  if (third !== undefined && third >= even * (first ?? 1) && last !== 'row' && lists.test(shows)) return 'row';
  const two = second !== undefined && second >= even * (first ?? 1);
  if (two && last !== 'arrow' && becomes.test(text)) return 'arrow';
  if (two && last !== 'plus' && joins.test(text)) return 'plus';
  return ((number ?? before.length) + again) % 2 === 0 ? 'podium' : 'ring';
}

/** Where two things are as important as each other: that share of the hero. */
const even = 0.6;

const joins =
  /\b(?:mix|combine|blend|stir|pour|add|dip|soak|mount|attach|glue|stick|tie|thread|fill|plant|press|place|put|set|lay)\w*\b.*\b(?:with|and|into|in|onto|on|to|through|over)\b/i;
const becomes =
  /\b(?:becom(?:es?|ing)|(?:turn|chang|transform)(?:s|es|ed|ing)? into|(?:roll|fold|twist|cut|torn|shap|form)(?:ed|ped|ted)? into|roll it into)\b/i;
const lists = /,[^,]+(?:,| and | or )|\b(?:laid out|sorted|arranged|lined up)\b/i;

function distinct(
  candidates: readonly Candidate[],
  arrangement: Arrangement,
  { kind, before, again, last }: Around & Pick<StoryScene, 'kind'>,
): Pick<Subject, 'arrangement' | 'things'> {
  const names = candidates.filter(({ sure }) => sure >= sureEnough * (candidates[0]?.sure ?? 1)).map(({ name }) => name);
  const shifted = again === 0 ? names : [...names.slice(again % names.length), ...names.slice(0, again % names.length)];
  const kept = kind === 'step' ? before.find((one) => one.kind === 'title')?.things[0] : undefined;
  const taken = (hero: string, as: Arrangement): boolean =>
    (as === 'ring' && hero === kept) || before.some((one) => one.things[0] === hero && one.arrangement === as);
  // What a scene is about rather stands otherwise than gives way to what only belongs to it.
  const weighty = candidates.filter(({ sure }) => sure >= even * (candidates[0]?.sure ?? 1)).map(({ name }) => name);
  const heroes = [...shifted.filter((name) => weighty.includes(name)), ...shifted];
  const { usual, spare } = waysFrom(arrangement, names.length);
  const free = [usual, spare].flatMap((ways) => heroes.flatMap((hero) => ways.map((as) => ({ hero, as }))));
  const { hero, as } = free.find((one) => !taken(one.hero, one.as)) ?? {
    // Every one of its things was seen in every way: the ground differs all the same.
    hero: shifted[before.length % shifted.length] ?? 'sparkles',
    as: arrangement,
  };
  // In a row all look equally important.
  const equals = as === 'row' && kind !== 'materials' ? (weighty.length > 2 ? weighty : shifted.slice(0, 3)) : shifted;
  return { arrangement: as, things: withSupports(hero, equals, as, last) };
}

interface Ways {
  readonly usual: readonly Arrangement[];
  /** They say more than was asked for: only where all else was seen. */
  readonly spare: readonly Arrangement[];
}

/** How the things of a scene may stand, where they stood as they should before. */
function waysFrom(arrangement: Arrangement, things: number): Ways {
  if (arrangement === 'title' || arrangement === 'ending') return { usual: [arrangement], spare: [] };
  const alone = new Set<Arrangement>([arrangement, 'ring', 'podium']);
  return things < 2 ? { usual: [...alone], spare: [] } : { usual: [...alone.add('row')], spare: ['plus', 'arrow'] };
}

function withSupports(hero: string, names: readonly string[], arrangement: Arrangement, last: boolean): readonly string[] {
  const others = names.filter((name) => name !== hero);
  const filled = arrangement === 'ending' || last ? [...festive, ...others] : arrangement === 'title' ? [...others, 'sparkles'] : others;
  return [...new Set([hero, ...filled])].slice(0, room[arrangement]);
}
