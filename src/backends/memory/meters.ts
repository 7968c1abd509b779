import { correctedBy, leftIn, takeFrom } from '../../core/meters.ts';
import type { Level } from '../../core/meters.ts';
import type { Meter, Meters, Take, Taken } from '../../ports/ledger.ts';
import type { MemoryData } from './data.ts';

export class MemoryMeters implements Meters {
  readonly #data: MemoryData;
  readonly #mustBeOpen: () => void;

  constructor(data: MemoryData, mustBeOpen: () => void) {
    this.#data = data;
    this.#mustBeOpen = mustBeOpen;
  }

  async take(takes: readonly Take[], now: number): Promise<Taken> {
    this.#mustBeOpen();
    const outcome = takeFrom((id) => this.#data.meters.get(id), takes, now);
    if (!outcome.granted) return outcome;
    this.#save(outcome.levels);
    return { granted: true };
  }

  async correct(corrections: readonly Take[], now: number): Promise<void> {
    this.#mustBeOpen();
    this.#save(correctedBy((id) => this.#data.meters.get(id), corrections, now));
  }

  async left(meters: readonly Meter[], now: number): Promise<readonly number[]> {
    return meters.map((meter) => leftIn(this.#data.meters.get(meter.id), meter, now));
  }

  #save(levels: ReadonlyMap<string, Level>): void {
    for (const [id, level] of levels) this.#data.meters.set(id, level);
  }
}
