/**
 * Attempts that are out: sent to whoever hosts their agent on other nodes.
 *
 * S1. Of each agent only so many are out at a time: the rest waits with the dispatcher, where projects take turns. So
 *     the queue that all nodes share is short, and nobody's hundred thousand stand before anybody's ten.
 * S2. What is out is there (waiting, or with somebody who lives), or two looks in a row miss it: then it is lost, and
 *     the run makes it again under the next number.
 * S3. What could not be sent comes back to whoever offered it. Where nobody knows whether it was, it may have been made
 *     already: it is sent again only when it is not there, and everything has been heard that was told of its end.
 */
import { ContinuoError, faultOf } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import type { Payload } from '../../core/run/events.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Directory, Exchange, Hosted } from '../../ports/exchange.ts';
import type { Elsewhere } from '../dispatcher.ts';
import { Hand } from '../hand.ts';
import type { Held } from '../held.ts';
import { mayPass, retryAfter, wasUnsent } from '../patience.ts';
import type { Worker } from '../../core/plan/model.ts';
import { orderId, orderOf } from './order.ts';

/** How often it is looked whether what is out is still there. */
const lookEvery = 2000;
/** How many more than there is room for may be out at least: so that nobody waits for the next. */
const spare = 8;

export interface SenderParts {
  readonly node: () => string;
  readonly sure: () => boolean;
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly payload: (value: Json) => Payload | Promise<Payload>;
  /** Offers an attempt again that could not be sent. */
  readonly again: (held: Held) => void;
  /** Room for more has appeared. */
  readonly pump: () => void;
  /** Resolves when everything was heard that attempts on other nodes had told when it was called. */
  readonly heard: () => Promise<void>;
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

  sure(): boolean {
    return this.#parts.sure();
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
    void this.#send(id, this.#note(id, held, hosted.id));
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
    const out = this.#out.get(id);
    if (out === undefined || !this.#forget(id, out)) return;
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

  #note(id: string, hand: Hand, agent: string): Out {
    const before = this.#out.get(id);
    if (before !== undefined) this.#forget(id, before);
    const out = { hand, agent, since: this.#parts.clock.now(), missed: false };
    this.#out.set(id, out);
    this.#counts.set(agent, (this.#counts.get(agent) ?? 0) + 1);
    this.#lookSoon();
    return out;
  }

  /** Answers whether it was out; under its name another hand may be out by now. */
  #forget(id: string, out: Out): boolean {
    if (this.#out.get(id) !== out) return false;
    this.#out.delete(id);
    const left = (this.#counts.get(out.agent) ?? 1) - 1;
    if (left > 0) this.#counts.set(out.agent, left);
    else this.#counts.delete(out.agent);
    return true;
  }

  async #send(id: string, out: Out): Promise<void> {
    const { exchange, payload, owe, told, sure } = this.#parts;
    const { hand, agent } = out;
    try {
      const order = await orderOf(hand, agent, payload);
      // Whoever was stopped in between sends nothing of what may be others' by now.
      if (!sure()) throw new ContinuoError('STORE_FAILED', 'this node does not know whether it was taken for dead', { unsent: true });
      if (!hand.released) await exchange.send([order]);
      // Withdrawn while it was on its way, it may have come after its withdrawal.
      if (hand.released && !hand.finished && !this.#closed) await exchange.withdraw([{ id, agent }]);
    } catch (error) {
      if (hand.released || this.#closed) return;
      if (!mayPass(error)) return owe(hand.run.id, () => hand.tell({ type: 'failed', ref: hand.ref, error: faultOf(error) }));
      told(error);
      this.#retry(id, out, wasUnsent(error));
    }
  }

  /** S3 */
  #retry(id: string, out: Out, unsent: boolean): void {
    const { clock, again, told } = this.#parts;
    const { hand } = out;
    clock.at(clock.now() + retryAfter, () => {
      void (unsent ? Promise.resolve(false) : this.#isOut(id, out)).then(
        (isOut) => {
          if (!isOut && this.#forget(id, out) && !hand.released) again(hand);
        },
        (error: unknown) => {
          if (this.#out.get(id) !== out) return;
          told(error);
          this.#retry(id, out, false);
        },
      );
    });
  }

  async #isOut(id: string, { agent }: Out): Promise<boolean> {
    const there = await this.#parts.exchange.there([{ id, agent }]);
    if (!there.has(id)) await this.#parts.heard();
    return there.has(id);
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
    const { clock, told } = this.#parts;
    try {
      await this.#lookFor([...this.#out].filter(([, { since }]) => clock.now() - since >= lookEvery));
    } catch (error) {
      told(error);
    } finally {
      this.#lookSoon();
    }
  }

  /** S2 */
  async #lookFor(outs: readonly (readonly [string, Out])[]): Promise<void> {
    if (outs.length === 0) return;
    const { exchange, heard, owe } = this.#parts;
    const there = await exchange.there(outs.map(([id, { agent }]) => ({ id, agent })));
    const missing = outs.filter(([id]) => !there.has(id));
    for (const [id, out] of outs) if (there.has(id)) out.missed = false;
    const lost = missing.filter(([, { missed }]) => missed);
    for (const [, out] of missing) out.missed = true;
    if (lost.length === 0) return;
    // What was made to its end is there no longer either, and its run is told of it before.
    await heard();
    for (const [id, out] of lost) {
      const { hand } = out;
      if (this.#forget(id, out) && !hand.released) void owe(hand.run.id, () => hand.tell({ type: 'lost', ref: hand.ref }));
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
