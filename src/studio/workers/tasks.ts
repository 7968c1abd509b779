/**
 * What can be done on a worker of the studio: the name of each task, and the file that does it.
 * A task's file exports `perform`, a {@link Perform}.
 */
export const taskFiles = {
  'draw-picture': '../pictures/draw-picture-task',
  speak: '../speech/speak-task',
  'render-segment': '../render/render-segment-task',
  'compose-music': '../music/compose-music-task',
  'mix-sound': '../merge/mix-sound-task',
  'finish-speech': '../cloud/finish-speech-task',
} as const;

export type TaskName = keyof typeof taskFiles;

/** What a task is given besides its input. */
export interface TaskContext {
  /** Aborted when nobody wants the result any more. Ask between two pieces of work, and give it to child processes. */
  readonly signal: AbortSignal;
  /** 0..1. */
  readonly progress: (share: number, message?: string) => void;
}

/** The work itself. Input and output are copied from worker to worker (structured clone). */
export type Perform<I, O> = (input: I, context: TaskContext) => Promise<O> | O;
