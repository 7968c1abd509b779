/** What is heard, and when each of its words is. */
import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import { blobSchema, provenanceSchema, type Provenance } from './blob.ts';

/** A word as it is written, with the seconds at which it is spoken. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export const wordSchema: z.ZodType<Word> = z.object({ text: z.string(), start: z.number(), end: z.number() });

export interface Speech {
  /** WAV, 48 kHz, mono, 16 bit, mastered, without silence before and after; null where nobody can speak the text. */
  readonly audio: BlobRef | null;
  /** Length of the audio; where there is none, how long reading aloud would take. */
  readonly seconds: number;
  /** In seconds from the begin of the audio. Every word of the text is here, in order, as it is written. */
  readonly words: readonly Word[];
  readonly voice: string;
  /** For people: why it is silent, or what was read otherwise. */
  readonly note: string | null;
  readonly provenance: Provenance;
}

export const speechSchema: z.ZodType<Speech> = z.object({
  audio: blobSchema.nullable(),
  seconds: z.number().min(0),
  words: z.array(wordSchema),
  voice: z.string(),
  note: z.string().nullable(),
  provenance: provenanceSchema,
});
