/** Plans a round: the scenes, and what is made otherwise than in the round before. */
import { agent, ContinuoError } from 'continuo';
import { mustBeDrawable } from 'continuo/studio';
import { z } from 'zod';
import type { Assessment } from '../assessment.ts';
import type { Script } from '../config/rules/script.ts';
import { firstSettings, revised, type Settings } from '../revision.ts';
import { scenesOf, shownIn, type Scene } from '../scenes.ts';
import type { Written } from './scriptwriter.ts';
import { readScript } from './given-script.ts';

export interface RoundPlan {
  readonly script: Script;
  readonly by: Written['by'];
  readonly scenes: readonly Scene[];
  readonly settings: Settings;
}

/** What is known of the round before; the workflow passes its own outputs on. */
export interface Before {
  readonly plan: RoundPlan;
  readonly review: Assessment;
  readonly measure: { readonly measured: { readonly seconds: number } };
}

const input = z.object({
  topic: z.string(),
  mode: z.enum(['kid', 'adult']),
  duration: z.number(),
  quality: z.enum(['draft', 'standard', 'high']),
  // Both were made by this workflow.
  written: z.custom<Written>(),
  edited: z.unknown(),
  before: z.custom<Before>().nullable(),
});

export const planner = agent({
  id: 'diy-video.planner',
  description: 'Plans the scenes; in a later round, what has to be made anew.',
  input,
  run: async ({ written, edited, before, ...asked }, ctx): Promise<RoundPlan> => {
    const first: Written = edited === null || edited === undefined ? written : { script: readScript(edited), by: 'person' };
    if (before === null) {
      const scenes = drawableScenesOf(first.script);
      return { ...first, scenes, settings: firstSettings(scenes.length) };
    }
    const settings = revised({
      settings: before.plan.settings,
      complaints: before.review.complaints,
      seconds: before.measure.measured.seconds,
      target: asked.duration,
    });
    const { script, by } = before.plan;
    // What a person wrote stays as it was written.
    if (settings.rewrite === null || by === 'person') return { script, by, scenes: before.plan.scenes, settings };
    const { output, source } = await ctx.inference('script_generator', {
      topic: asked.topic,
      content_mode: asked.mode,
      target_duration: asked.duration,
      quality_mode: asked.quality,
      feedback: settings.rewrite,
    });
    const rewritten = filmable(output);
    // There is a whole film by now: a rewritten script that cannot be filmed is no reason to lose it.
    if ('why' in rewritten) {
      ctx.log(`the script stays as it is: ${rewritten.why}`);
      return { script, by, scenes: before.plan.scenes, settings };
    }
    const fits = rewritten.scenes.length === before.plan.scenes.length;
    return {
      ...rewritten,
      by: source === 'rules' ? 'rules' : 'model',
      settings: fits ? settings : firstSettings(rewritten.scenes.length),
    };
  },
});

function filmable(written: unknown): { readonly script: Script; readonly scenes: readonly Scene[] } | { readonly why: string } {
  try {
    const script = readScript(written);
    return { script, scenes: drawableScenesOf(script) };
  } catch (error) {
    if (!(error instanceof ContinuoError)) throw error;
    return { why: error.message };
  }
}

/** Letters that no font here has are found before anything is made. */
function drawableScenesOf(script: Script): readonly Scene[] {
  const scenes = scenesOf(script);
  mustBeDrawable(shownIn(scenes));
  return scenes;
}
