/**
 * Functions that are called across a channel between two processes, in both directions.
 *
 * C1. A call that was posted arrives, even when its caller is gone by then; its answer may not.
 */
import { ContinuoError, type ErrorCode } from '../../src/core/errors.ts';

/** One end of a channel that carries plain data. */
export interface Channel {
  post(packet: Packet): void;
  hear(packet: (packet: Packet) => void): void;
}

export type Packet =
  | { readonly is: 'call'; readonly id: number; readonly name: string; readonly given: readonly unknown[] }
  | { readonly is: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly is: 'refusal'; readonly id: number; readonly code: string | undefined; readonly message: string };

type Callable = (...given: unknown[]) => unknown;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class Calls<Theirs extends object> {
  /** What the other end lets be called: functions that answer with promises of plain data. */
  readonly theirs: Theirs;
  readonly #channel: Channel;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #over: Error | undefined;

  /** `mine` is what the other end may call. */
  constructor(channel: Channel, mine: object) {
    this.#channel = channel;
    // Whatever is asked of it is a call of that name; the other end has the type.
    this.theirs = new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...given: unknown[]) =>
            this.#call(String(name), given),
      },
    ) as Theirs;
    channel.hear((packet) => void this.#take(packet, mine));
  }

  /** Nobody answers any more. */
  end(why: Error): void {
    this.#over = why;
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }

  #call(name: string, given: readonly unknown[]): Promise<unknown> {
    const over = this.#over;
    if (over !== undefined) return Promise.reject(over);
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#channel.post({ is: 'call', id, name, given });
    });
  }

  async #take(packet: Packet, mine: object): Promise<void> {
    if (packet.is === 'call') {
      this.#channel.post(await answerTo(packet, mine));
      return;
    }
    const waiting = this.#waiting.get(packet.id);
    this.#waiting.delete(packet.id);
    if (packet.is === 'answer') waiting?.resolve(packet.value);
    else waiting?.reject(errorOf(packet));
  }
}

async function answerTo({ id, name, given }: Extract<Packet, { is: 'call' }>, mine: object): Promise<Packet> {
  try {
    // `Calls` of the other end names what it was given the type of.
    const value = await (Reflect.get(mine, name) as Callable).apply(mine, [...given]);
    return { is: 'answer', id, value };
  } catch (error) {
    const code = error instanceof ContinuoError ? error.code : undefined;
    return { is: 'refusal', id, code, message: error instanceof Error ? error.message : String(error) };
  }
}

function errorOf({ code, message }: Extract<Packet, { is: 'refusal' }>): Error {
  // It was the code of such an error at the other end.
  return code === undefined ? new Error(message) : new ContinuoError(code as ErrorCode, message);
}
