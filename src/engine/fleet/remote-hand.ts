import type { Json } from '../../core/data/json.ts';
import type { Worker } from '../../core/plan/model.ts';
import type { AttemptRef, Payload } from '../../core/run/events.ts';
import type { Records } from '../../core/run/state.ts';
import type { Order } from '../../ports/exchange.ts';
import type { FromAttempt, Held } from '../held.ts';
import type { Asked } from '../inbox-service.ts';
import { LettingGo } from '../letting-go.ts';
import type { Correspondence } from './correspondence.ts';

/** An attempt of a run that belongs to another node: what it has to say goes there by the inbox. */
export class RemoteHand extends LettingGo implements Held {
  readonly order: Order;
  /** Resolves when its run has heard of its end, or nobody wants to hear of it. */
  readonly ended: Promise<void>;
  readonly #over: () => void;
  readonly #open: (payload: Payload) => Promise<Json>;
  readonly #owner: Correspondence;

  constructor(order: Order, owner: Correspondence, open: (payload: Payload) => Promise<Json>) {
    super();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#over = resolve;
    this.order = order;
    this.#owner = owner;
    this.#open = open;
  }

  get own(): boolean {
    return false;
  }
  get run(): Held['run'] {
    const { run: id, project, workflow, depth = 0, trace } = this.order;
    return { id, project, workflow, depth, ...(trace === undefined ? {} : { trace }) };
  }
  get step(): string {
    return this.order.step;
  }
  get key(): string {
    return this.order.key;
  }
  get ref(): AttemptRef {
    return this.order.ref;
  }
  get worker(): Worker {
    return { agentId: this.order.agent, action: this.order.action };
  }
  get action(): string {
    return this.order.action;
  }
  get priority(): number {
    return this.order.priority;
  }
  get records(): Records {
    return this.order.records;
  }
  get memo(): boolean {
    return this.order.memo === true;
  }
  get timeout(): number | undefined {
    return this.order.timeout;
  }
  get heartbeat(): number | undefined {
    return this.order.heartbeat;
  }
  get resources(): Readonly<Record<string, number>> | undefined {
    return this.order.resources;
  }

  input(): Promise<Json> {
    return this.#open(this.order.input);
  }

  async feedback(): Promise<Json | undefined> {
    return this.order.feedback === undefined ? undefined : this.#open(this.order.feedback);
  }

  spent(): number {
    return this.order.spent;
  }

  /** An end is told under a name of its own, so that it may be told again; it is not asked after. */
  tell(said: FromAttempt, memo?: string): Promise<void> {
    const asked: Asked = { type: 'from-attempt', said, ...(memo === undefined ? {} : { memo }) };
    if (said.type !== 'completed' && said.type !== 'failed' && said.type !== 'lost') return this.#ask(asked);
    return this.#owner.send({ id: `${this.order.id}/${said.type}`, run: this.order.run, asked }, this.#wanted);
  }

  async reserve(id: string, amount: number): Promise<(actual: number) => Promise<void>> {
    const { ref } = this;
    await this.#ask({ type: 'reserve-for', ref, id, amount });
    return (actual) => this.#ask({ type: 'settle-for', ref, id, amount: actual });
  }

  #ask(asked: Asked): Promise<void> {
    return this.#owner.ask({ run: this.order.run, asked }, this.#wanted);
  }

  override release(reason: string): void {
    super.release(reason);
    this.#over();
  }

  over(): void {
    this.#over();
  }

  readonly #wanted = (): boolean => !this.released;
}
