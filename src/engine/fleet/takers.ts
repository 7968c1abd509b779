/**
 * Takes attempts of other nodes' runs for the agents that are hosted here.
 *
 * T1. What is taken shares the room of its agent with the attempts of this node's own runs: where those fill it, nothing
 *     is taken that others could make meanwhile.
 * T2. An order is in hand here until its run has been told of its end, or does not want it any more.
 * T3. What somebody had before, who was lost, is not made: its run is told, and makes it under the next number.
 */
import type { Json } from '../../core/data/json.ts';
import type { Payload } from '../../core/run/events.ts';
import type { AgentDefinition } from '../../ports/agent.ts';
import type { AgentNotice, Directory, Exchange, Taken, Taking } from '../../ports/exchange.ts';
import type { Dispatcher } from '../dispatcher.ts';
import type { Correspondence } from './correspondence.ts';
import { RemoteHand } from './remote-hand.ts';

/** Attempts at a time of an agent that does not say. */
const usualRoom = 100;

export interface TakersParts {
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly dispatcher: Dispatcher;
  readonly owner: Correspondence;
  readonly open: (payload: Payload) => Promise<Json>;
  /** Attempts at a time over all agents. */
  readonly concurrency: number | undefined;
  readonly told: (error: unknown) => void;
}

export class Takers {
  readonly #parts: TakersParts;
  readonly #taking = new Map<string, Taking>();
  readonly #hands = new Set<RemoteHand>();
  /** Agents that say how many attempts at a time they make. */
  readonly #bounded = new Map<string, AgentDefinition>();
  #stopped = false;

  constructor(parts: TakersParts) {
    this.#parts = parts;
    parts.dispatcher.whenOwnChanges((agent) => this.#resize(agent));
  }

  get inHand(): number {
    return this.#hands.size;
  }

  /** These agents are hosted here from now on. */
  host(agents: readonly AgentDefinition[]): void {
    if (this.#stopped) return;
    for (const definition of agents) {
      if (definition.concurrency !== undefined) this.#bounded.set(definition.id, definition);
      this.#take(definition);
    }
    this.#parts.directory.announce(agents.map((definition) => this.#noticeOf(definition)));
  }

  #take(definition: AgentDefinition): void {
    const { exchange, told } = this.#parts;
    const { id, fleet } = definition;
    const known = this.#taking.get(id);
    if (known === undefined)
      this.#taking.set(
        id,
        exchange.take(id, this.#leftOf(definition), (taken) => this.#make(taken)),
      );
    else known.resize(this.#leftOf(definition));
    if (fleet !== undefined) exchange.limit(id, fleet).catch(told);
  }

  #resize(agent: string): void {
    const definition = this.#bounded.get(agent);
    if (definition !== undefined) this.#taking.get(agent)?.resize(this.#leftOf(definition));
  }

  /** T1 */
  #leftOf(definition: AgentDefinition): number {
    const room = this.#roomOf(definition);
    return definition.concurrency === undefined ? room : Math.max(0, room - this.#parts.dispatcher.ownOf(definition.id));
  }

  #roomOf({ concurrency }: AgentDefinition): number {
    return Math.min(concurrency ?? usualRoom, this.#parts.concurrency ?? Infinity);
  }

  #noticeOf(definition: AgentDefinition): AgentNotice {
    const { id, version, capabilities, actions, fleet } = definition;
    return {
      id,
      version,
      capabilities,
      actions: Object.keys(actions),
      room: this.#roomOf(definition),
      ...(fleet === undefined ? {} : { limits: fleet }),
    };
  }

  async #make({ order, again, signal }: Taken): Promise<void> {
    const { owner, open, dispatcher } = this.#parts;
    const hand = new RemoteHand(order, owner, open);
    if (again) return hand.tell({ type: 'lost', ref: order.ref });
    this.#hands.add(hand);
    const withdrawn = (): void => hand.release('its run does not want it any more');
    if (signal.aborted) withdrawn();
    else signal.addEventListener('abort', withdrawn, { once: true });
    dispatcher.add(hand);
    await hand.ended;
    signal.removeEventListener('abort', withdrawn);
    this.#hands.delete(hand);
  }

  /** Takes nothing more, and says so; resolves when what is in hand is done, or at the deadline. */
  async stop(deadline: number): Promise<void> {
    this.#stopped = true;
    this.#parts.directory.announce([]);
    await Promise.all([...this.#taking.values()].map((taking) => taking.stop(deadline)));
  }

  /** What is in hand is let go; its run will hear of it. */
  async handBack(): Promise<void> {
    await Promise.allSettled(
      [...this.#hands].map(async (hand) => {
        hand.release('the node that made it is closing');
        await this.#parts.owner.send(
          { id: `${hand.order.id}/lost`, run: hand.order.run, asked: { type: 'from-attempt', said: { type: 'lost', ref: hand.ref } } },
          () => false,
        );
      }),
    );
  }
}
