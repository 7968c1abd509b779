/** Judges the film: what is said and shown by the judge functions, how well it was made by measurement. */
import { agent } from 'continuo';
import { z } from 'zod';
import { assess, type Assessment, type Measured } from '../assessment.ts';
import type { FilmReport } from '../config/rules/film-checks.ts';
import type { Script } from '../config/rules/script.ts';
import type { Verdict } from '../config/rules/verdict.ts';

export const reviewer = agent({
  id: 'diy-video.reviewer',
  description: 'Judges script and film, and says what is to be mended in which scene.',
  input: z.object({
    topic: z.string(),
    mode: z.enum(['kid', 'adult']),
    duration: z.number(),
    // All three were made by this workflow.
    script: z.custom<Script>(),
    measured: z.custom<Measured>(),
    report: z.custom<FilmReport>(),
  }),
  run: async ({ topic, mode, duration, script, measured, report }, ctx): Promise<Assessment> => {
    const asked = { topic, content_mode: mode, target_duration: duration };
    const [ofScript, ofFilm] = await Promise.all([
      ctx.infer('quality_evaluator', { ...asked, script }),
      ctx.infer('video_evaluator', { ...asked, report }),
    ]);
    // Both are held against schemas/verdict.json by the gateway.
    return assess(ofScript as Verdict, ofFilm as Verdict, measured);
  },
});
