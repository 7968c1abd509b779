/**
 * Takes away what is old, an hour after the last time, whichever process that was in.
 *
 * C1. Of several nodes one sees to it.
 * C2. What an attempt in hand has put is spared, however long ago it was: it is named nowhere yet.
 */
import { faultOf } from '../core/errors.ts';
import type { Engine } from './engine.ts';
import { collectBlobs, defaultGrace, removeExpired } from './upkeep.ts';

/** Expired runs and unreachable blobs are looked for this often. */
const every = 3_600_000;
/** … and not before whoever opened it has got going. */
const delay = 2000;
const cursor = 'upkeep';

export interface Tidied {
  readonly runs: number;
  readonly blobs: number;
  readonly bytes: number;
}

export class Caretaker {
  readonly #engine: Pick<Engine, 'backend' | 'clock' | 'bus' | 'closed' | 'oldestAttempt'>;
  #disarm: (() => void) | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async tidy(grace: number = defaultGrace): Promise<Tidied> {
    const { backend, clock, oldestAttempt = Infinity } = this.#engine;
    const runs = await removeExpired(backend, clock.now());
    const others = (await backend.fleet?.nodes()) ?? [];
    const oldest = others.reduce((least, node) => Math.min(least, node.oldestAttempt ?? Infinity), oldestAttempt);
    const { removed, bytes } = await collectBlobs(backend, Math.min(clock.now(), oldest) - grace);
    return { runs, blobs: removed, bytes };
  }

  async begin(): Promise<void> {
    const { clock, backend } = this.#engine;
    const last = await backend.topic.cursor(cursor);
    if (this.#engine.closed) return;
    this.#disarm = clock.at(Math.max(clock.now() + delay, last + every), () => void this.#keepUp());
  }

  async #keepUp(): Promise<void> {
    const { clock, backend, bus } = this.#engine;
    try {
      if (backend.fleet?.leads() ?? true) {
        await this.tidy();
        await backend.topic.advance(cursor, clock.now());
      }
      if (!this.#engine.closed) await this.begin();
    } catch (error) {
      if (!this.#engine.closed) bus.fault({ error: faultOf(error) });
    }
  }

  end(): void {
    this.#disarm?.();
  }
}
