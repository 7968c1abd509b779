/** Solid shapes, each convex: along any horizontal line they are one span. All lengths are pixels of the frame. */

export interface Shape {
  readonly top: number;
  readonly bottom: number;
  /** Where the line at height `y`, between top and bottom, enters the shape, and where it leaves. */
  readonly left: (y: number) => number;
  readonly right: (y: number) => number;
}

/** A bar whose ends are half circles, or narrower than they are. */
export function roundedBar(of: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Shape {
  const radius = Math.min(of.width, of.height) / 2;
  const inset = (y: number): number => {
    const beyond = Math.max(of.y + radius - y, y - (of.y + of.height - radius), 0);
    return radius - Math.sqrt(Math.max(0, radius * radius - beyond * beyond));
  };
  return {
    top: of.y,
    bottom: of.y + of.height,
    left: (y) => of.x + inset(y),
    right: (y) => of.x + of.width - inset(y),
  };
}

export function disc(of: { readonly x: number; readonly y: number; readonly radius: number }): Shape {
  const half = (y: number): number => Math.sqrt(Math.max(0, of.radius * of.radius - (y - of.y) ** 2));
  return { top: of.y - of.radius, bottom: of.y + of.radius, left: (y) => of.x - half(y), right: (y) => of.x + half(y) };
}

/** A band between two parallel slanted lines; `slope` is how far they move to the right from a row to the next. */
export function band(of: { readonly from: number; readonly to: number; readonly slope: number; readonly height: number }): Shape {
  return { top: 0, bottom: of.height, left: (y) => of.from + of.slope * y, right: (y) => of.to + of.slope * y };
}
