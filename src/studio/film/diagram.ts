/** A drawing of what the hands do in a step: as large as it wants to be, on no ground. */
export interface Diagram {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What it shows, in words. */
  readonly shows: string;
}
