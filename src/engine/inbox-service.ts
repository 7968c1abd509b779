/**
 * Commands from other processes.
 *
 * I1. A message is consumed by the same append that does what it says, or it is
 *     refused with the reason: it acts once, whenever the process dies.
 * I2. A command to a run whose functions are not loaded is kept until they are.
 */
import { ContinuoError, faultOf } from '../core/errors.ts';
import type { Command, PublicCommand } from '../core/run/commands.ts';
import type { AttemptRef } from '../core/run/events.ts';
import type { Message } from '../ports/journal.ts';
import type { Engine } from './engine.ts';
import { isElsewhere } from './fleet/elsewhere.ts';
import type { FromAttempt } from './held.ts';
import { mayPass } from './patience.ts';
import { refusalText } from './refusal.ts';

/** What may be asked from elsewhere: commands to a run, a fork of it, and what nodes have to tell each other. */
export type Asked = AskedByPeople | AskedByNodes;

export type AskedByPeople =
  | PublicCommand
  /** To a plan that the store has. */
  | { readonly type: 'migrate'; readonly plan: string; readonly by?: string }
  | {
      readonly type: 'fork';
      readonly id: string;
      readonly from?: string;
      readonly input?: unknown;
      readonly outputs?: Readonly<Record<string, unknown>>;
      readonly by?: string;
    };

export type AskedByNodes =
  /** From whoever makes an attempt of the run elsewhere. */
  | { readonly type: 'from-attempt'; readonly said: FromAttempt; readonly memo?: string }
  | { readonly type: 'reserve-for'; readonly ref: AttemptRef; readonly id: string; readonly amount: number }
  | { readonly type: 'settle-for'; readonly ref: AttemptRef; readonly id: string; readonly amount: number }
  /** From the engine of another node. */
  | { readonly type: 'from-engine'; readonly command: Extract<Command, { readonly type: 'admit' | 'hear' }> };

const page = 500;
/** As such a message begins: it was written with its type first. */
const fromAttempt = '{"type":"from-attempt"';

export class InboxService {
  readonly #engine: Engine;
  readonly #carryOut: (run: string, asked: Asked, consumes: string) => Promise<void>;
  #unwatch: (() => void) | undefined;
  /** Messages to runs whose functions are not loaded: they stay in the inbox. */
  readonly #waiting = new Set<string>();
  readonly #underWay = new Map<string, Promise<void>>();
  /** Handled since the last look began: it may still tell of them. */
  readonly #handled = new Set<string>();
  /** The last message to each run that is under way. */
  readonly #last = new Map<string, Promise<void>>();
  #looking: Promise<void> | undefined;
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

  /** Resolves when everything is handled that waited when it was called, also where somebody looked already. */
  async drain(): Promise<void> {
    this.#again = true;
    await (this.#looking ??= this.#lookAll());
    await Promise.all(this.#underWay.values());
  }

  async #lookAll(): Promise<void> {
    try {
      while (this.#again && !this.#engine.closed) {
        this.#again = false;
        await this.#look();
      }
    } finally {
      this.#looking = undefined;
    }
  }

  async #look(): Promise<void> {
    this.#handled.clear();
    const messages = await this.#engine.backend.inbox.pending(page + this.#waiting.size + this.#underWay.size);
    const fresh = messages.filter(({ id }) => !this.#waiting.has(id) && !this.#underWay.has(id) && !this.#handled.has(id));
    for (const message of fresh) {
      const handled = this.#inTurn(message)
        .then(() => void this.#handled.add(message.id))
        .finally(() => this.#underWay.delete(message.id));
      this.#underWay.set(message.id, handled);
      // Whoever drains hears of it; before that it is nobody's unheard rejection.
      handled.catch(() => undefined);
    }
    if (fresh.length >= page) this.#again = true;
  }

  /**
   * What people send to one run is done in the order in which it came, also where the store did not take the first of it:
   * then the rest waits with it. Attempts stand each for itself.
   */
  #inTurn(message: Message): Promise<void> {
    if (message.command.startsWith(fromAttempt)) return this.#handle(message);
    const mine = (this.#last.get(message.run) ?? Promise.resolve()).then(() => this.#handle(message));
    this.#last.set(message.run, mine);
    return mine.finally(() => {
      if (this.#last.get(message.run) === mine) this.#last.delete(message.run);
    });
  }

  async #handle(message: Message): Promise<void> {
    try {
      const asked = read(message);
      await this.#carryOut(message.run, asked, message.id);
      // The run may go by functions now that are loaded here: what waited for others need not.
      if (asked.type === 'migrate') void this.reconsider();
    } catch (error) {
      if (this.#engine.closed) return;
      if (mayPass(error)) throw error;
      const code = error instanceof ContinuoError ? error.code : undefined;
      if (error instanceof ContinuoError && code === 'PLAN_CODE_MISSING') {
        await this.#engine.leaveToOthers(message.run, error);
        this.#waiting.add(message.id);
        return;
      }
      // Another node's, or was done by it: whoever has the run now sees to it.
      if (!isElsewhere(error) && code !== 'MESSAGE_SETTLED')
        await this.#engine.backend.inbox.refuse(message.id, refusalText(faultOf(error)));
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
