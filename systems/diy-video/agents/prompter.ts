/** Makes what a picture shows into a prompt for an image model, in one style for the whole film. */
import { agent } from 'continuo';
import { z } from 'zod';

const enhanced = z.object({ enhanced_prompt: z.string(), negative_prompt: z.string() });

export const prompter = agent({
  id: 'diy-video.prompter',
  description: 'Enhances the prompt of one picture: the best of several.',
  input: z.object({ shows: z.string(), topic: z.string(), scene: z.number() }),
  run: async ({ shows, topic, scene }, ctx) => {
    const { enhanced_prompt: prompt, negative_prompt: negative } = enhanced.parse(
      await ctx.infer('prompt_enhancer', { prompt: shows, topic, scene }),
    );
    return { prompt, negative };
  },
});
