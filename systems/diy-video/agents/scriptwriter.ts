/** Gets a script: the one that was brought along, or one from the gateway. */
import { agent } from 'continuo';
import { z } from 'zod';
import type { Script } from '../config/rules/script.ts';
import { readScript } from './given-script.ts';

const input = z.object({
  topic: z.string(),
  mode: z.enum(['kid', 'adult']),
  duration: z.number(),
  quality: z.enum(['draft', 'standard', 'high']),
  given: z.unknown(),
  take: z.number(),
});

export interface Written {
  readonly script: Script;
  /** Somebody brought it along, it follows from rules, or a model wrote it. */
  readonly by: 'person' | 'rules' | 'model';
}

export const scriptwriter = agent({
  id: 'diy-video.scriptwriter',
  description: 'Writes the script: hook, materials, five to eight steps, result, and what to do next.',
  input,
  run: async (asked, ctx): Promise<Written> => {
    if (asked.given !== null && asked.given !== undefined) return { script: readScript(asked.given), by: 'person' };
    ctx.progress(0.1, 'writing the script');
    const { output, source } = await ctx.inference('script_generator', {
      topic: asked.topic,
      content_mode: asked.mode,
      target_duration: asked.duration,
      quality_mode: asked.quality,
    });
    return { script: readScript(output), by: source === 'rules' ? 'rules' : 'model' };
  },
});
