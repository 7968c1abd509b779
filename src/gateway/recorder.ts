/**
 * Entries on their way into the ledger.
 *
 * R1. What the store refuses is tried again until it is written, or until the recorder is closed: then `close` fails.
 * R2. At most `most` writes are under way; whoever brings more waits for room, so that memory stays flat.
 * R3. An inference can be found from the moment at which it was noted.
 */
import type { Clock } from '../ports/clock.ts';
import type { InferenceRecord, Ledger, LedgerEntry } from '../ports/ledger.ts';

const most = 1000;
const pause = 1000;

export class Recorder {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #writes = new Set<Promise<void>>();
  readonly #unwritten = new Map<string, InferenceRecord>();
  readonly #resting = new Set<() => void>();
  #closing = false;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Takes the entries; resolves at once, or when there is room for more. */
  async note(entries: readonly LedgerEntry[]): Promise<void> {
    // Whoever closes hears of a failure.
    this.write(entries).catch(() => undefined);
    while (this.#writes.size > most) await Promise.race(this.#writes);
  }

  /** Takes the entries; resolves when they are durable. */
  write(entries: readonly LedgerEntry[]): Promise<void> {
    const work = this.#write(entries);
    this.#writes.add(work);
    void work.then(
      () => this.#writes.delete(work),
      () => undefined,
    );
    return work;
  }

  async inference(id: string): Promise<InferenceRecord | undefined> {
    return this.#unwritten.get(id) ?? this.#ledger.inference(id);
  }

  /** Everything that was taken is durable. */
  async settled(): Promise<void> {
    while (this.#writes.size > 0) await Promise.all(this.#writes);
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const wake of this.#resting) wake();
    await this.settled();
  }

  async #write(entries: readonly LedgerEntry[]): Promise<void> {
    const records = entries.flatMap((entry) => (entry.is === 'inference' ? [entry.record] : []));
    for (const record of records) this.#unwritten.set(record.id, record);
    for (;;) {
      try {
        await this.#ledger.write(entries);
        for (const { id } of records) this.#unwritten.delete(id);
        return;
      } catch (error) {
        if (this.#closing) throw error;
        await this.#rest();
      }
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#resting.delete(wake);
        resolve();
      };
      const cancel = this.#clock.at(this.#clock.now() + pause, wake);
      this.#resting.add(wake);
    });
  }
}
