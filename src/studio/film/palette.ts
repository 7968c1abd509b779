import { z } from 'zod';

/** The colours of a film, as `#rrggbb`. One film has one palette; its scenes shift the background within it. */
export interface Palette {
  readonly name: string;
  /** The ground of the background, from its upper left to its lower right. */
  readonly ground: readonly [string, string];
  /** Glows on the ground. */
  readonly glows: readonly string[];
  /** What is to be looked at: the spoken word, the line of progress. */
  readonly accent: string;
  /** Text on the accent. */
  readonly onAccent: string;
  /** Text on the background. */
  readonly ink: string;
  /** The outline or shadow of text on the background. */
  readonly shade: string;
}

export const paletteSchema: z.ZodType<Palette> = z.object({
  name: z.string(),
  ground: z.tuple([z.string(), z.string()]),
  glows: z.array(z.string()),
  accent: z.string(),
  onAccent: z.string(),
  ink: z.string(),
  shade: z.string(),
});
