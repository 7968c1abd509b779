/** A drawing of what the hands do in a step: shown large, as what its scene is about. */
export interface Diagram {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly shows: string;
}
