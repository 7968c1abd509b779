/**
 * Commands from other processes.
 *
 * I1. A message is consumed by the same append that does what it says, or it is
 *     refused with the reason: it acts once, whenever the process dies.
 * I2. A command to a run whose functions are not loaded is kept until they are.
 */
import { ContinuoError, faultOf } from '../core/errors.ts';
import type { PublicCommand } from '../core/run/commands.ts';
import type { Message } from '../ports/journal.ts';
import type { Engine } from './engine.ts';
import { mayPass } from './patience.ts';

/** What may be asked from elsewhere: commands to a run, and a fork of it. */
export type Asked =
  | PublicCommand
  | {
      readonly type: 'fork';
      readonly id: string;
      readonly from?: string;
      readonly input?: unknown;
      readonly outputs?: Readonly<Record<string, unknown>>;
      readonly by?: string;
    };

const page = 50;

export class InboxService {
  readonly #engine: Engine;
  readonly #carryOut: (run: string, asked: Asked, consumes: string) => Promise<void>;
  #unwatch: (() => void) | undefined;
  /** Messages to runs whose functions are not loaded: they stay in the inbox. */
  readonly #waiting = new Set<string>();
  #draining = false;
  #again = false;

  constructor(engine: Engine, carryOut: (run: string, asked: Asked, consumes: string) => Promise<void>) {
    this.#engine = engine;
    this.#carryOut = carryOut;
  }

  async open(): Promise<void> {
    this.#engine.library.whenKnown(() => void this.reconsider());
    this.#unwatch = this.#engine.backend.inbox.watch(() => void this.#engine.owe(undefined, () => this.drain()));
    await this.#engine.owe(undefined, () => this.drain());
  }

  close(): void {
    this.#unwatch?.();
  }

  /** Code came, or a run moved to a plan whose code is here. */
  async reconsider(): Promise<void> {
    this.#waiting.clear();
    await this.#engine.owe(undefined, () => this.drain());
  }

  async drain(): Promise<void> {
    this.#again = true;
    if (this.#draining) return;
    this.#draining = true;
    try {
      while (this.#again && !this.#engine.closed) {
        this.#again = false;
        const messages = await this.#engine.backend.inbox.pending(page + this.#waiting.size);
        const fresh = messages.filter(({ id }) => !this.#waiting.has(id));
        for (const message of fresh) await this.#handle(message);
        if (fresh.length >= page) this.#again = true;
      }
    } finally {
      this.#draining = false;
    }
  }

  async #handle(message: Message): Promise<void> {
    try {
      await this.#carryOut(message.run, read(message), message.id);
    } catch (error) {
      if (this.#engine.closed) return;
      if (mayPass(error)) throw error;
      if (error instanceof ContinuoError && error.code === 'PLAN_CODE_MISSING') {
        this.#waiting.add(message.id);
        return;
      }
      const { code, message: text } = faultOf(error);
      await this.#engine.backend.inbox.refuse(message.id, `${code}: ${text}`);
    }
  }
}

function read(message: Message): Asked {
  try {
    // Written by `Visitor.send`, which takes nothing else.
    return JSON.parse(message.command) as Asked;
  } catch {
    throw new ContinuoError('USAGE', `message ${message.id} is not a command`);
  }
}
