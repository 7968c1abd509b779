/** The other nodes, as this engine deals with them. */
import type { AgentDefinition } from '../../ports/agent.ts';
import type { Fleet } from '../../ports/fleet.ts';
import type { Dispatcher, Limits } from '../dispatcher.ts';
import type { Engine } from '../engine.ts';
import type { Hand } from '../hand.ts';
import type { Asked, AskedByNodes } from '../inbox-service.ts';
import type { RunActor } from '../run-actor.ts';
import type { Waiters } from '../waiters.ts';
import { broadcast } from './broadcast.ts';
import { Correspondence } from './correspondence.ts';
import { Membership } from './membership.ts';
import { Sender } from './sender.ts';
import { Takers } from './takers.ts';

export type OrderToOthers = Extract<AskedByNodes, { readonly type: 'from-engine' }>['command'];

export class Abroad {
  readonly #engine: Engine;
  readonly #correspondence: Correspondence;
  readonly #membership: Membership;
  readonly #sender: Sender | undefined;
  readonly #takers: Takers | undefined;
  #hosted: readonly AgentDefinition[] = [];
  #open = false;

  constructor(engine: Engine, fleet: Fleet, dispatcher: Dispatcher, waiters: Waiters, limits: Limits) {
    const { clock, payloads, registry } = engine;
    const { inbox, exchange, directory, live } = engine.backend;
    const told = (error: unknown): void => engine.tell(error);
    this.#engine = engine;
    this.#correspondence = new Correspondence(inbox, clock, () => engine.newId(), told);
    if (exchange !== undefined && directory !== undefined) {
      const { concurrency } = limits;
      this.#sender = new Sender({
        node: () => fleet.node,
        sure: () => fleet.sure(),
        exchange,
        directory,
        clock,
        payload: (value) => payloads.of(value),
        again: (held) => dispatcher.add(held),
        pump: () => dispatcher.pump(),
        heard: () => engine.messagesHandled(),
        owe: (run, work) => engine.owe(run, work),
        told,
      });
      const open = payloads.open.bind(payloads);
      this.#takers = new Takers({ exchange, directory, dispatcher, owner: this.#correspondence, open, concurrency, told });
      dispatcher.open(this.#sender);
      registry.lookTo(() => directory.hosted());
    }
    if (live !== undefined) broadcast(engine.bus, live);
    this.#membership = new Membership(engine, fleet, this.#sender, waiters);
    fleet.describe(() => (engine.oldestAttempt === undefined ? {} : { oldestAttempt: engine.oldestAttempt }));
  }

  async open(): Promise<void> {
    await this.#engine.backend.directory?.refresh();
    await this.#membership.open();
    this.#open = true;
    this.host(this.#hosted);
    // Whoever looks from now on finds what is hosted here.
    await this.#engine.backend.directory?.refresh();
  }

  /** Others' attempts are taken only once this node's own runs have been taken up. */
  host(agents: readonly AgentDefinition[]): void {
    this.#hosted = agents;
    if (this.#open) this.#takers?.host(agents);
  }

  revive(actor: RunActor): Promise<void> {
    return this.#membership.revive(actor);
  }

  watchFor(id: string): void {
    this.#membership.watchFor(id);
  }

  gone(hand: Hand): void {
    this.#sender?.gone(hand);
  }

  tell(run: string, asked: Asked): Promise<void> {
    return this.#correspondence.send({ run, asked }, () => !this.#engine.closed);
  }

  ask(run: string, asked: Asked): Promise<void> {
    return this.#correspondence.ask({ run, asked }, () => !this.#engine.closed);
  }

  async stop(deadline: number): Promise<void> {
    await this.#takers?.stop(deadline);
    await this.#takers?.handBack();
  }

  /** Resolves when whoever sent what is in hand here can hear that it is given back. */
  async close(reason: Error): Promise<void> {
    this.#membership.close();
    this.#sender?.close();
    void this.#takers?.stop(0);
    // Let go first: an attempt that only heard that its node closes would tell its run that it failed.
    const handedBack = this.#takers?.handBack();
    this.#correspondence.close(reason);
    await handedBack;
  }
}
