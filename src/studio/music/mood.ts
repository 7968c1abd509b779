/** How the music of a film feels. */
import { z } from 'zod';

export const moods: readonly ['kid-playful', 'calm', 'upbeat', 'curious', 'cozy', 'energetic'] = [
  'kid-playful',
  'calm',
  'upbeat',
  'curious',
  'cozy',
  'energetic',
];

export type Mood = (typeof moods)[number];

export const moodSchema: z.ZodType<Mood> = z.enum(moods);
