/**
 * Attempts that are out: sent to whoever hosts their agent on other nodes.
 *
 * S1. Of each agent only so many are out at a time: the rest waits with the dispatcher, where projects take turns. So
 *     the queue that all nodes share is short, and nobody's hundred thousand stand before anybody's ten.
 * S2. What is out is there (waiting, or with somebody who lives), or two looks in a row miss it: then it is lost, and
 *     the run makes it again under the next number.
 * S3. What could not be sent comes back to whoever offered it.
 */
import { faultOf } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import type { Payload } from '../../core/run/events.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Directory, Exchange, Hosted } from '../../ports/exchange.ts';
import type { Elsewhere } from '../dispatcher.ts';
import { Hand } from '../hand.ts';
import type { Held } from '../held.ts';
import { mayPass, retryAfter } from '../patience.ts';
import type { Worker } from '../../core/plan/model.ts';
import { orderId, orderOf } from './order.ts';

/** How often it is looked whether what is out is still there. */
const lookEvery = 2000;
/** How many more than there is room for may be out at least: so that nobody waits for the next. */
const spare = 8;

export interface SenderParts {
  readonly node: () => string;
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly payload: (value: Json) => Payload | Promise<Payload>;
  /** Offers an attempt again that could not be sent. */
  readonly again: (held: Held) => void;
  /** Room for more has appeared. */
  readonly pump: () => void;
  /** Does it in the end, for this run. */
  readonly owe: (run: string, work: () => Promise<void>) => Promise<void>;
  /** Hears of an exchange that is away. */
  readonly told: (error: unknown) => void;
}

interface Out {
  readonly hand: Hand;
  readonly agent: string;
  readonly since: number;
  missed: boolean;
}

export class Sender implements Elsewhere {
  readonly #parts: SenderParts;
  readonly #out = new Map<string, Out>();
  readonly #counts = new Map<string, number>();
  /** Orders that an earlier owner of the run sent, and that are still there. */
  readonly #inherited = new Map<string, string>();
  #alarm: (() => void) | undefined;
  #closed = false;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    parts.directory.watch(() => parts.pump());
  }

  mustTravel(held: Held): boolean {
    if (!(held instanceof Hand)) return false;
    return this.#inherited.has(orderId(held)) || this.#hosts(held.worker).some((hosted) => hosted.limits !== undefined);
  }

  takes(held: Held): boolean {
    if (!(held instanceof Hand) || this.#closed) return false;
    const id = orderId(held);
    const inherited = this.#inherited.get(id);
    this.#inherited.delete(id);
    if (inherited !== undefined) {
      this.#note(id, held, inherited);
      return true;
    }
    const hosted = this.#choose(held.worker);
    if (hosted === undefined) return false;
    this.#note(id, held, hosted.id);
    void this.#send(id, held, hosted.id);
    return true;
  }

  /** Of these attempts of a run that another node had, those that are still out; they will be taken for sent. */
  async inherit(hands: readonly { readonly id: string; readonly worker: Worker }[]): Promise<ReadonlySet<string>> {
    const asked = hands.flatMap(({ id, worker }) => candidates(worker, this.#parts.directory).map((agent) => ({ id, agent })));
    if (asked.length === 0) return new Set();
    const there = await this.#parts.exchange.there(asked);
    for (const { id, agent } of asked) if (there.has(id)) this.#inherited.set(id, agent);
    return there;
  }

  /** The run does not want it any more, or has heard of its end. */
  gone(hand: Hand): void {
    const id = orderId(hand);
    this.#inherited.delete(id);
    const out = this.#forget(id);
    if (out === undefined) return;
    if (!hand.finished) this.#parts.exchange.withdraw([{ id, agent: out.agent }]).catch(this.#parts.told);
    this.#parts.pump();
  }

  forgetAll(): void {
    this.#out.clear();
    this.#counts.clear();
    this.#inherited.clear();
  }

  close(): void {
    this.#closed = true;
    this.#alarm?.();
    this.forgetAll();
  }

  #note(id: string, hand: Hand, agent: string): void {
    this.#out.set(id, { hand, agent, since: this.#parts.clock.now(), missed: false });
    this.#counts.set(agent, (this.#counts.get(agent) ?? 0) + 1);
    this.#lookSoon();
  }

  #forget(id: string): Out | undefined {
    const out = this.#out.get(id);
    if (out === undefined) return undefined;
    this.#out.delete(id);
    this.#counts.set(out.agent, (this.#counts.get(out.agent) ?? 1) - 1);
    return out;
  }

  async #send(id: string, hand: Hand, agent: string): Promise<void> {
    const { exchange, payload, owe, told, again, clock } = this.#parts;
    try {
      const order = await orderOf(hand, agent, payload);
      if (!hand.released) await exchange.send([order]);
    } catch (error) {
      if (hand.released || this.#closed) return;
      if (!mayPass(error)) return owe(hand.run.id, () => hand.tell({ type: 'failed', ref: hand.ref, error: faultOf(error) }));
      told(error);
      // S3, and it may yet have got through: sending it again is the same order.
      clock.at(clock.now() + retryAfter, () => {
        if (this.#forget(id) !== undefined && !hand.released) again(hand);
      });
    }
  }

  /** Who hosts it where: of several, the one with the most room left. */
  #choose(worker: Worker): Hosted | undefined {
    let best: Hosted | undefined;
    let most = 0;
    for (const hosted of this.#hosts(worker)) {
      // Whoever ends as many as he has room for finds as many again: to wait for each of them costs all nodes more.
      const left = hosted.room + Math.max(spare, hosted.room) - (this.#counts.get(hosted.id) ?? 0);
      if (left > most) [best, most] = [hosted, left];
    }
    return best;
  }

  /** Whoever can do it, and is to be sought by way of the exchange: on other nodes, or limited over all of them. */
  #hosts(worker: Worker): readonly Hosted[] {
    const hosted = this.#parts.directory.hosted();
    const me = this.#parts.node();
    return candidates(worker, this.#parts.directory)
      .map((agent) => hosted.get(agent))
      .filter((one) => one !== undefined)
      .filter((one) => !('action' in worker) || one.actions.includes(worker.action))
      .filter((one) => one.limits !== undefined || one.nodes.some((node) => node !== me));
  }

  #lookSoon(): void {
    if (this.#closed || this.#out.size === 0) return;
    const { clock } = this.#parts;
    this.#alarm ??= clock.at(clock.now() + lookEvery, () => {
      this.#alarm = undefined;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    const { exchange, clock, told, owe } = this.#parts;
    const old = [...this.#out].filter(([, { since }]) => clock.now() - since >= lookEvery);
    try {
      const there = old.length === 0 ? new Set() : await exchange.there(old.map(([id, { agent }]) => ({ id, agent })));
      for (const [id, out] of old) {
        if (there.has(id)) out.missed = false;
        else if (!out.missed) out.missed = true;
        else if (this.#forget(id) !== undefined && !out.hand.released) {
          const { hand } = out;
          void owe(hand.run.id, () => hand.tell({ type: 'lost', ref: hand.ref }));
        }
      }
    } catch (error) {
      told(error);
    } finally {
      this.#lookSoon();
    }
  }
}

function candidates(worker: Worker, directory: Directory): readonly string[] {
  const hosted = directory.hosted();
  const capability = 'capability' in worker ? worker.capability : 'agentId' in worker ? worker.agentId : undefined;
  if (capability === undefined) return [];
  if ('agentId' in worker && hosted.has(capability)) return [capability];
  return [...hosted.values()].filter(({ capabilities }) => capabilities.includes(capability)).map(({ id }) => id);
}
