/** Messages that are told together. Each form is made once, however many read it. */
import type { Written } from './message.ts';
import { textFrame } from './text-frame.ts';

export class Batch {
  readonly messages: readonly Written[];
  #frames: Buffer | undefined;
  #events: Buffer | undefined;

  constructor(messages: readonly Written[]) {
    this.messages = messages;
  }

  /** The cursor of the last message that has one. */
  get cursor(): number | undefined {
    return this.messages.findLast(({ cursor }) => cursor !== undefined)?.cursor;
  }

  /** As frames of a WebSocket. */
  get frames(): Buffer {
    return (this.#frames ??= Buffer.concat(this.messages.map(({ text }) => textFrame(text))));
  }

  /** As server-sent events. */
  get events(): Buffer {
    return (this.#events ??= Buffer.from(
      this.messages.map(({ cursor, text }) => `${cursor === undefined ? '' : `id: ${cursor}\n`}data: ${text}\n\n`).join(''),
    ));
  }

  /** What of it comes after a cursor. */
  after(cursor: number): Batch {
    const first = this.messages.findIndex((message) => (message.cursor ?? 0) > cursor);
    if (first === 0) return this;
    return new Batch(first < 0 ? [] : this.messages.slice(first));
  }
}
