/** The three shapes of a film, and where in each of them things belong. All lengths are pixels of the frame. */
import { z } from 'zod';

export const aspectSchema: z.ZodEnum<{ '9:16': '9:16'; '16:9': '16:9'; '1:1': '1:1' }> = z.enum(['9:16', '16:9', '1:1']);
export type Aspect = z.infer<typeof aspectSchema>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export const framesPerSecond = 30;

export interface Layout {
  readonly frame: Size;
  /** Whatever has to be read lies in here: platforms put buttons over the rest. */
  readonly safe: Box;
  /** Where the line of progress runs. */
  readonly progress: Box;
  /** The small heading of a scene ("STEP 2 OF 7"). */
  readonly heading: Box;
  /** What the scene shows. */
  readonly picture: Box;
  readonly captions: Box;
}

const layouts: Readonly<Record<Aspect, Layout>> = {
  '9:16': {
    frame: { width: 1080, height: 1920 },
    safe: { x: 64, y: 192, width: 952, height: 1344 },
    progress: { x: 64, y: 150, width: 952, height: 10 },
    heading: { x: 64, y: 200, width: 952, height: 92 },
    picture: { x: 64, y: 316, width: 952, height: 840 },
    captions: { x: 64, y: 1180, width: 952, height: 340 },
  },
  // The picture stands on the left and the words beside it, so that both are large.
  '16:9': {
    frame: { width: 1920, height: 1080 },
    safe: { x: 96, y: 76, width: 1728, height: 874 },
    progress: { x: 96, y: 48, width: 1728, height: 10 },
    heading: { x: 96, y: 88, width: 1728, height: 84 },
    picture: { x: 96, y: 188, width: 900, height: 756 },
    captions: { x: 1040, y: 330, width: 784, height: 420 },
  },
  '1:1': {
    frame: { width: 1080, height: 1080 },
    safe: { x: 64, y: 86, width: 952, height: 864 },
    progress: { x: 64, y: 54, width: 952, height: 10 },
    heading: { x: 64, y: 92, width: 952, height: 76 },
    picture: { x: 64, y: 180, width: 952, height: 500 },
    captions: { x: 64, y: 694, width: 952, height: 250 },
  },
};

export const layoutOf = (aspect: Aspect): Layout => layouts[aspect];
