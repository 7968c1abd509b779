/** Notes when a film was begun and how it ended, so that the gateway's experiments learn from it. */
import { agent } from 'continuo';
import { z } from 'zod';

export interface Began {
  readonly at: number;
}

export const bookkeeper = agent({
  id: 'diy-video.bookkeeper',
  description: 'Notes quality, cost, time and completion of every film.',
  actions: {
    begin: (): Began => ({ at: Date.now() }),
    /** The undoing of `begin`: the film failed or was given up. */
    abandon: async (_: unknown, ctx): Promise<null> => {
      await ctx.rate('video_completion_rate', false);
      return null;
    },
    finish: {
      input: z.object({ began: z.number(), score: z.number() }),
      run: async ({ began, score }: { readonly began: number; readonly score: number }, ctx) => {
        const cost = await ctx.budget.spent();
        const seconds = Math.round((Date.now() - began) / 100) / 10;
        await ctx.rate('video_quality_score', score);
        await ctx.rate('video_generation_cost', cost);
        await ctx.rate('video_generation_time', seconds);
        await ctx.rate('video_completion_rate', true);
        return { cost, seconds };
      },
    },
  },
});
