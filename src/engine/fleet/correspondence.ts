/**
 * What goes to the node that a run belongs to: by the inbox, which keeps it until it is done.
 *
 * C1. Nobody needs to know which node that is, or whether there is one just now.
 * C2. Whoever asks hears what became of it, also when the run changed hands meanwhile.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Inbox, Message } from '../../ports/journal.ts';
import type { Asked } from '../inbox-service.ts';
import { keptAtMost, patiently } from '../patience.ts';
import { refusal } from '../refusal.ts';

/** How often somebody who waits looks by himself: news may be lost. */
const lookEvery = 500;

export interface Letter {
  /** Given where sending it twice must be the same as once. */
  readonly id?: string;
  readonly run: string;
  readonly asked: Asked;
}

export class Correspondence {
  readonly #inbox: Inbox;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #told: (error: unknown) => void;
  readonly #waiting = new Map<string, (outcome: Error | undefined) => void>();
  #unwatch: (() => void) | undefined;
  #alarm: (() => void) | undefined;
  #looking = false;
  #again = false;
  #closed: Error | undefined;

  /** `told` hears of a store that stumbles. */
  constructor(inbox: Inbox, clock: Clock, newId: () => string, told: (error: unknown) => void) {
    this.#inbox = inbox;
    this.#told = told;
    this.#clock = clock;
    this.#newId = newId;
  }

  /** Resolves once it will be done in the end, whatever dies. */
  send(letter: Letter, wanted: () => boolean): Promise<void> {
    return this.#post({ id: letter.id ?? this.#newId(), unasked: true, ...this.#written(letter) }, wanted);
  }

  /** Resolves once it was done; rejects with what refused it. */
  async ask(letter: Letter, wanted: () => boolean): Promise<void> {
    const id = letter.id ?? this.#newId();
    await this.#post({ id, ...this.#written(letter) }, wanted);
    await new Promise<void>((resolve, reject) => {
      if (this.#closed !== undefined) throw this.#closed;
      this.#waiting.set(id, (refused) => (refused === undefined ? resolve() : reject(refused)));
      this.#unwatch ??= this.#inbox.watch(() => void this.#look());
      this.#lookSoon();
    });
  }

  #written({ run, asked }: Letter): Omit<Message, 'id'> {
    return { run, command: JSON.stringify(asked), at: this.#clock.now() };
  }

  /** A store that stumbles gets the same letter again, as long as somebody wants it to arrive. */
  async #post(message: Message, wanted: () => boolean): Promise<void> {
    const post = (): Promise<void> => this.#inbox.send(message);
    try {
      await post();
    } catch (error) {
      await patiently(error, post, { clock: this.#clock, wanted, atMost: keptAtMost, told: this.#told });
    }
  }

  close(reason: Error): void {
    this.#closed = reason;
    this.#unwatch?.();
    this.#alarm?.();
    for (const told of this.#waiting.values()) told(reason);
    this.#waiting.clear();
  }

  #lookSoon(): void {
    this.#alarm ??= this.#clock.at(this.#clock.now() + lookEvery, () => {
      this.#alarm = undefined;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#again && this.#closed === undefined) {
        // News that come while it looks are of what it may have looked at already.
        this.#again = false;
        await Promise.all([...this.#waiting.keys()].map((id) => this.#ask(id)));
      }
    } catch {
      // The store is away: whoever waits goes on waiting.
    } finally {
      this.#looking = false;
      if (this.#waiting.size > 0) this.#lookSoon();
    }
  }

  async #ask(id: string): Promise<void> {
    const outcome = await this.#inbox.outcome(id);
    const told = this.#waiting.get(id);
    if (outcome.is === 'waiting' || told === undefined) return;
    this.#waiting.delete(id);
    told(outcome.is === 'refused' ? refusal(outcome.error) : undefined);
  }
}
