/**
 * Entries on their way into the ledger.
 *
 * R1. What the store refuses is tried again until it is written, or until the recorder is closed: then `close` fails.
 * R2. While some are being written the next gather, and go together.
 * R3. When `most` wait, whoever brings more waits for room, so that memory stays flat.
 * R4. An inference can be found from the moment at which it was noted.
 */
import type { Clock } from '../ports/clock.ts';
import type { InferenceRecord, Ledger, LedgerEntry } from '../ports/ledger.ts';

const most = 2000;
const together = 250;
/** Batches under way: one is written while the next is on its way there. */
const lanes = 2;
const pause = 1000;

interface Waiting {
  readonly entry: LedgerEntry;
  readonly done: Settled | undefined;
}

interface Settled {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Recorder {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #unwritten = new Map<string, InferenceRecord>();
  readonly #wakes = new Set<() => void>();
  #waiting: Waiting[] = [];
  #busy = 0;
  #closing = false;
  #failure: { readonly error: unknown } | undefined;
  #forRoom: (() => void)[] = [];
  #forQuiet: (() => void)[] = [];

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Takes the entries; resolves at once, or when there is room for more. */
  async note(entries: readonly LedgerEntry[]): Promise<void> {
    this.#take(entries, undefined);
    if (this.#waiting.length > most) await new Promise<void>((resolve) => void this.#forRoom.push(resolve));
  }

  /** Takes the entries; resolves when they are durable. */
  write(entries: readonly LedgerEntry[]): Promise<void> {
    return new Promise((resolve, reject) => this.#take(entries, { resolve, reject }));
  }

  async inference(id: string): Promise<InferenceRecord | undefined> {
    return this.#unwritten.get(id) ?? this.#ledger.inference(id);
  }

  /** Everything that was taken is durable. */
  async settled(): Promise<void> {
    if (this.#busy > 0 || this.#waiting.length > 0) await new Promise<void>((resolve) => void this.#forQuiet.push(resolve));
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const wake of this.#wakes) wake();
    await this.settled();
  }

  #take(entries: readonly LedgerEntry[], done: Settled | undefined): void {
    for (const [place, entry] of entries.entries()) {
      if (entry.is === 'inference') this.#unwritten.set(entry.record.id, entry.record);
      this.#waiting.push({ entry, done: place === entries.length - 1 ? done : undefined });
    }
    this.#pump();
  }

  #pump(): void {
    while (this.#busy < lanes && this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, together);
      this.#waiting = this.#waiting.slice(together);
      this.#busy++;
      void this.#write(batch).then(() => {
        this.#busy--;
        this.#pump();
        if (this.#waiting.length <= most) for (const resolve of this.#forRoom.splice(0)) resolve();
        if (this.#busy === 0 && this.#waiting.length === 0) for (const resolve of this.#forQuiet.splice(0)) resolve();
      });
    }
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const entries = batch.map(({ entry }) => entry);
    for (;;) {
      try {
        await this.#ledger.write(entries);
        break;
      } catch (error) {
        if (!this.#closing) {
          await this.#rest();
          continue;
        }
        this.#failure ??= { error };
        for (const { done } of batch) done?.reject(error);
        return;
      }
    }
    for (const { entry, done } of batch) {
      if (entry.is === 'inference') this.#unwritten.delete(entry.record.id);
      done?.resolve();
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#wakes.delete(wake);
        resolve();
      };
      const cancel = this.#clock.at(this.#clock.now() + pause, wake);
      this.#wakes.add(wake);
    });
  }
}
