/**
 * The arithmetic of meters: how much was taken, and what that leaves.
 *
 * M1. A meter knows what was taken from it, and not what is left: a capacity that
 *     changes in the configuration holds at once, upwards and downwards.
 * M2. What is taken never goes beyond the capacity by a take, and never below nothing.
 * M3. Where nothing comes back by itself, everything is counted in whole billionths: what
 *     is taken is rounded up, what is given back down, and sums are exact. So a million
 *     takes of 0.1 are 100,000 and neither a hair more, which would refuse the last one,
 *     nor a hair less, which would let one more in. Numbers too large to have billionths
 *     are whole ones in practice, and exact as they are.
 * M4. A clock that goes back gives nothing back. One that was ahead by mistake holds a
 *     meter up for no longer than filling it takes.
 */
import { ContinuoError } from './errors.ts';

export interface Level {
  readonly taken: number;
  /** Until when what comes back by itself has been counted. */
  readonly at: number;
}

interface Meter {
  readonly id: string;
  readonly capacity: number;
  /** How much comes back in a millisecond. */
  readonly refill: number;
}

interface Change extends Meter {
  readonly amount: number;
}

export type Outcome =
  | { readonly granted: true; readonly levels: ReadonlyMap<string, Level> }
  | { readonly granted: false; readonly meter: string; readonly left: number; readonly retryAt?: number };

type Refusal = Extract<Outcome, { granted: false }>;

type Levels = (id: string) => Level | undefined;

const billion = 1e9;
/** From here on a number's own steps are coarser than billionths. */
const coarse = Number.MAX_SAFE_INTEGER / billion;

/** All of it or nothing; of several meters that refuse, the one that does so for the longest is named. */
export function takeFrom(levels: Levels, takes: readonly Change[], now: number): Outcome {
  const after = new Map<string, Level>();
  let refusal: Refusal | undefined;
  for (const take of takes) {
    if (!(take.amount >= 0)) throw new ContinuoError('INTERNAL', `${take.amount} was to be taken from ${take.id}`);
    const { taken, at } = levelAt(after.get(take.id) ?? levels(take.id), take, now);
    const sum = sumOf(taken, take.amount, take);
    if (take.amount > 0 && !(decimal(sum) <= take.capacity)) refusal = longer(refusal, refused(take, { taken, at }));
    else after.set(take.id, { taken: sum, at });
  }
  return refusal ?? { granted: true, levels: after };
}

/** Gives back, or takes more where an amount is negative, whatever that comes to. */
export function correctedBy(levels: Levels, corrections: readonly Change[], now: number): ReadonlyMap<string, Level> {
  const after = new Map<string, Level>();
  for (const correction of corrections) {
    if (!Number.isFinite(correction.amount))
      throw new ContinuoError('INTERNAL', `${correction.amount} was to be given back to ${correction.id}`);
    const { taken, at } = levelAt(after.get(correction.id) ?? levels(correction.id), correction, now);
    after.set(correction.id, { taken: Math.max(0, sumOf(taken, -correction.amount, correction)), at });
  }
  return after;
}

export function leftIn(level: Level | undefined, meter: Meter, now: number): number {
  return decimal(meter.capacity - levelAt(level, meter, now).taken);
}

function levelAt(level: Level | undefined, { capacity, refill }: Meter, now: number): Level {
  if (level === undefined) return { taken: 0, at: now };
  if (refill === 0) return { taken: level.taken, at: Math.max(level.at, now) };
  const at = Math.min(level.at, now + capacity / refill);
  return { taken: Math.max(0, level.taken - Math.max(0, now - at) * refill), at: Math.max(at, now) };
}

function refused(take: Change, { taken, at }: Level): Refusal {
  const refusal: Refusal = { granted: false, meter: take.id, left: decimal(take.capacity - taken) };
  if (take.refill === 0 || take.amount > take.capacity) return refusal;
  return { ...refusal, retryAt: Math.ceil(at + (taken + take.amount - take.capacity) / take.refill) };
}

function longer(one: Refusal | undefined, other: Refusal): Refusal {
  if (one === undefined) return other;
  return (other.retryAt ?? Infinity) > (one.retryAt ?? Infinity) ? other : one;
}

/** What flows back washes small errors away, and would never flow if a moment's worth of it were rounded off. */
function sumOf(taken: number, amount: number, { refill }: Meter): number {
  return refill === 0 ? decimal(taken + upwards(amount)) : taken + amount;
}

/** Less than a thousandth above a billionth comes from the binary fraction, and not from a price. */
function upwards(amount: number): number {
  return Math.abs(amount) < coarse ? Math.ceil(amount * billion - 0.001) / billion : amount;
}

function decimal(amount: number): number {
  return Math.abs(amount) < coarse ? Math.round(amount * billion) / billion : amount;
}
