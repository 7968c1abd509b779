/** Makes what a picture shows into a prompt for an image model, in one style for the whole film. */
import { agent, type TypedAgent } from 'continuo';
import { z } from 'zod';

const enhanced = z.object({ enhanced_prompt: z.string(), negative_prompt: z.string() });
const input = z.object({ shows: z.string(), topic: z.string(), scene: z.number() });

export interface Prompt {
  readonly prompt: string;
  readonly negative: string;
}

const prompterWith = (version: string, options: { readonly variant?: string }): TypedAgent<z.infer<typeof input>, Prompt> =>
  agent({
    id: 'diy-video.prompter',
    description: 'Enhances the prompt of one picture: the best of several.',
    version,
    input,
    run: async ({ shows, topic, scene }, ctx): Promise<Prompt> => {
      const asked = { prompt: shows, topic, scene };
      const { enhanced_prompt: prompt, negative_prompt: negative } = enhanced.parse(await ctx.infer('prompt_enhancer', asked, options));
      return { prompt, negative };
    },
  });

export const prompter = prompterWith('1', {});

/** Where pictures are drawn on this machine nobody reads the prompts: no model is paid for them. */
export const prompterByRules = prompterWith('1+rules', { variant: 'rules' });
