/** Points and what is done to them. y grows downwards, angles are degrees and turn clockwise as one sees them. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Through two points. */
export type Line = readonly [Point, Point];

export const at = (x: number, y: number): Point => ({ x, y });
export const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });
export const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
export const times = (a: Point, factor: number): Point => ({ x: a.x * factor, y: a.y * factor });
export const between = (a: Point, b: Point, share = 0.5): Point => plus(a, times(minus(b, a), share));
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
export const polar = (centre: Point, radius: number, degrees: number): Point => {
  const turn = (degrees * Math.PI) / 180;
  return { x: centre.x + radius * Math.cos(turn), y: centre.y + radius * Math.sin(turn) };
};

export const turned = (point: Point, degrees: number, around: Point = at(0, 0)): Point => {
  const turn = (degrees * Math.PI) / 180;
  const { x, y } = minus(point, around);
  return plus(around, at(x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)));
};

/** Above 0 on the one side of a line, below 0 on the other; as far from it as it is large. */
export const sideOf = ([a, b]: Line, point: Point): number => {
  const along = minus(b, a);
  return (along.x * (point.y - a.y) - along.y * (point.x - a.x)) / Math.hypot(along.x, along.y);
};

export const mirrored = (point: Point, line: Line): Point => {
  const [a, b] = line;
  const along = times(minus(b, a), 1 / distance(a, b));
  return plus(point, times(at(along.y, -along.x), 2 * sideOf(line, point)));
};

export const boundsOf = (points: readonly Point[]): Bounds => ({
  left: Math.min(...points.map(({ x }) => x)),
  top: Math.min(...points.map(({ y }) => y)),
  right: Math.max(...points.map(({ x }) => x)),
  bottom: Math.max(...points.map(({ y }) => y)),
});

export const areaOf = (outline: readonly Point[]): number =>
  Math.abs(
    outline.reduce((sum, a, index) => {
      const b = outline[(index + 1) % outline.length] ?? a;
      return sum + a.x * b.y - b.x * a.y;
    }, 0) / 2,
  );
