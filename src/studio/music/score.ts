/** A piece of music as it is written down: which instrument plays what, when, and how loudly. */

export type PitchedVoice =
  'ukulele' | 'guitar' | 'pizzicato' | 'marimba' | 'kalimba' | 'bells' | 'piano' | 'electric-piano' | 'pad' | 'bass' | 'synth';
export type DrumVoice = 'kick' | 'clap' | 'snap' | 'rim' | 'shaker' | 'hat' | 'block' | 'swell';
export type Voice = PitchedVoice | DrumVoice;

export interface Note {
  readonly voice: Voice;
  /** Seconds from the begin of the piece, and how long it is held. */
  readonly at: number;
  readonly seconds: number;
  /** As in MIDI; drums have none. */
  readonly pitch: number;
  /** 0..1: louder is also brighter. */
  readonly loudness: number;
  /** −1 is left, 1 is right. */
  readonly pan: number;
  /** Takes of the same note differ a little, as they do when a person plays it. */
  readonly take: number;
}

export interface Score {
  readonly seconds: number;
  readonly tempo: number;
  readonly notes: readonly Note[];
  /** Of the room in which it is played: seconds until it is 60 dB quieter, and how much of it is heard. */
  readonly room: { readonly seconds: number; readonly level: number };
}
