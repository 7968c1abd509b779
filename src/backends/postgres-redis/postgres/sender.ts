/**
 * Messages on their way into the inbox: those of one turn of the event loop, and those that come while others are
 * being sent, go together.
 */
import { ContinuoError } from '../../../core/errors.ts';
import type { Message } from '../../../ports/journal.ts';
import { booleanArray, doubleArray, textArray } from './arrays.ts';
import type { Membership } from './identity.ts';
import { Lane } from './lane.ts';
import type { Postgres } from './sql.ts';
import { fitNumber, fitText } from './values.ts';

interface Outgoing {
  readonly message: Message;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const atOnce = 500;
const statement = { name: 'send', text: 'SELECT send($1, $2, $3, $4, $5, $6)' } as const;

export class Sender {
  readonly #postgres: Postgres;
  readonly #membership: Membership;
  readonly #lane: Lane;
  #queue: Outgoing[] = [];
  #working: Promise<void> | undefined;
  #closed = false;

  constructor(postgres: Postgres, membership: Membership) {
    this.#postgres = postgres;
    this.#membership = membership;
    this.#lane = new Lane(postgres, () => `continuo:${membership.name}/sends`);
  }

  send({ id, run, command, at, unasked }: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      const where = this.#postgres.location;
      if (this.#closed) throw new ContinuoError('ENGINE_CLOSED', `${where} is closed`);
      for (const text of [id, run, command]) fitText(text, where);
      fitNumber(at, where);
      this.#queue.push({ message: { id, run, command, at, ...(unasked === undefined ? {} : { unasked }) }, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#working;
    await this.#lane.close();
  }

  async #work(): Promise<void> {
    for (await turn(); this.#queue.length > 0; await turn()) {
      const group = this.#queue.splice(0, atOnce);
      try {
        await this.#lane.run(statement, () => [this.#membership.name, ...columns(group.map(({ message }) => message))]);
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#working = undefined;
  }
}

function columns(messages: readonly Message[]): readonly Buffer[] {
  return [
    textArray(messages.map(({ id }) => id)),
    textArray(messages.map(({ run }) => run)),
    textArray(messages.map(({ command }) => command)),
    doubleArray(messages.map(({ at }) => at)),
    booleanArray(messages.map(({ unasked }) => unasked === true)),
  ];
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
