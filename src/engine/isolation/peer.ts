/**
 * One end of a channel on which both ends call each other.
 *
 * P1. Messages are carried out in the order in which they were sent; a call is begun before the next message is read.
 * P2. Every call is settled: by its answer, by a value that cannot cross, or by `close`.
 * P3. A message that is not of this protocol is ignored: the agent's own code may use `process.send`.
 */
import { ContinuoError } from '../../core/errors.ts';
import { fromWire, toWire, type WireError } from './wire-error.ts';

export type Message =
  | { readonly kind: 'continuo:call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'continuo:tell'; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'continuo:answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'continuo:refusal'; readonly id: number; readonly error: WireError };

type Arguments<F> = F extends (...args: infer A) => unknown ? A : never;
type Answer<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Peer<Remote extends object> {
  readonly #send: (message: Message) => void;
  readonly #local: object;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #closed: Error | undefined;

  /** `send` may throw when the message cannot be cloned; that the other end is gone it keeps to itself. */
  constructor(send: (message: Message) => void, local: object) {
    this.#send = send;
    this.#local = local;
  }

  call<K extends keyof Remote & string>(method: K, ...args: Arguments<Remote[K]>): Promise<Answer<Remote[K]>> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const id = ++this.#calls;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    try {
      this.#send({ kind: 'continuo:call', id, method, args });
    } catch (error) {
      this.#waiting.delete(id);
      return Promise.reject(unsendable(method, error));
    }
    // The other end implements Remote, whose method this is.
    return answer as Promise<Answer<Remote[K]>>;
  }

  /** A call whose answer nobody awaits. */
  tell<K extends keyof Remote & string>(method: K, ...args: Arguments<Remote[K]>): void {
    try {
      this.#send({ kind: 'continuo:tell', method, args });
    } catch (error) {
      throw unsendable(method, error);
    }
  }

  receive(message: unknown): void {
    if (!isMessage(message)) return;
    switch (message.kind) {
      case 'continuo:call':
        void this.#serve(message.id, message.method, message.args);
        return;
      case 'continuo:tell':
        // What nobody awaits cannot be refused either.
        this.#perform(message.method, message.args).catch(() => undefined);
        return;
      case 'continuo:answer':
        this.#take(message.id)?.resolve(message.value);
        return;
      case 'continuo:refusal':
        this.#take(message.id)?.reject(fromWire(message.error));
        return;
    }
  }

  /** The other end is gone: what still waits for it, and all later calls, fail with `error`. */
  close(error: Error): void {
    this.#closed ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  async #serve(id: number, method: string, args: readonly unknown[]): Promise<void> {
    try {
      const value = await this.#perform(method, args);
      try {
        this.#send({ kind: 'continuo:answer', id, value });
      } catch (error) {
        throw new ContinuoError('OUTPUT_NOT_JSON', `the answer of ${method} cannot cross between processes: ${reasonOf(error)}`);
      }
    } catch (error) {
      this.#send({ kind: 'continuo:refusal', id, error: toWire(error) });
    }
  }

  async #perform(method: string, args: readonly unknown[]): Promise<unknown> {
    // Own methods alone, so that a message cannot name what every object inherits.
    const found: unknown = Object.hasOwn(this.#local, method) ? Reflect.get(this.#local, method) : undefined;
    if (typeof found !== 'function')
      throw new TypeError(`the other process asked for ${JSON.stringify(method)}, which this one does not have`);
    const answer: unknown = Reflect.apply(found, this.#local, args);
    return answer;
  }
}

function isMessage(value: unknown): value is Message {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && value.kind.startsWith('continuo:')
  );
}

function unsendable(method: string, error: unknown): Error {
  const message = `what ${method} was given cannot cross between processes: ${reasonOf(error)}`;
  return Object.assign(new TypeError(message), { retryable: false });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
