/** How a thing that is there stays alive: it rises and sinks and turns a little, never in step with its neighbour. */

export interface Floating {
  readonly dx: number;
  readonly dy: number;
  readonly rotation: number;
}

const turn = 2 * Math.PI;

/** `amount` 0..1, `phase` 0..1; things of different `size` (their width in pixels) swing by what suits them. */
export function floatAt(seconds: number, of: { readonly amount: number; readonly phase: number; readonly size: number }): Floating {
  const reach = of.amount * Math.min(14, 5 + of.size * 0.016);
  return {
    dx: reach * 0.45 * Math.sin(turn * (seconds / 5.3 + of.phase)),
    dy: reach * Math.sin(turn * (seconds / 3.4 + of.phase * 2)),
    rotation: of.amount * (of.size < 320 ? 0.055 : 0.024) * Math.sin(turn * (seconds / 4.3 + of.phase * 3)),
  };
}
