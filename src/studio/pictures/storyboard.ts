/**
 * The pictures of a whole film, decided together. Pure.
 *
 * S1. One palette for the film; grounds go round by the place of a scene.
 * S2. No two scenes look the same: see arrange.ts.
 * S3. What a scene shows follows from its own words and place. Where two would look alike the later one gives way, so
 *     that a changed scene leaves those before it as they are, and those behind it unless they would look like it.
 */
import { z } from 'zod';
import { aspectSchema, type Aspect } from '../film/aspect.ts';
import type { Diagram } from '../film/diagram.ts';
import { paletteSchema, type Palette } from '../film/palette.ts';
import { sceneKindSchema, type SceneKind } from '../film/scene.ts';
import { arranged, type Beside } from './arrange.ts';
import { assetSchema, pictureBriefSchema, type Asset, type PictureBrief } from './brief.ts';
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

interface Around extends Beside {
  readonly photo: Asset | null;
  readonly eyes: Eyes;
}

type Subject = Pick<PictureBrief, 'arrangement' | 'things' | 'diagram' | 'photo' | 'shows'>;

function subjectOf(scene: StoryScene & { readonly topic: string }, around: Around): Subject {
  const { photo, again, before, eyes } = around;
  if (photo !== null) return { arrangement: 'frame', things: [], diagram: null, photo, shows: scene.shows };
  const diagram = scene.kind === 'step' && again === 0 ? eyes.diagramOf(scene) : undefined;
  if (diagram !== undefined && !before.some((one) => one.diagram?.svg === diagram.svg))
    return { arrangement: 'board', things: [], diagram, photo: null, shows: diagram.shows };
  return { ...arranged(scene, eyes.subjectsOf(scene), around), diagram: null, photo: null, shows: scene.shows };
}
