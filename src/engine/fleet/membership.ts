/**
 * What being one of several engines means for this one.
 *
 * M1. Runs whose node is gone are adopted by whoever comes first, a few families at a time. Of a run that is taken
 *     over, what the lost node was making is lost: those attempts are made again, under their next numbers. What was out
 *     with others stays out, and messages that wait are heard first.
 * M2. A node that was taken for dead lets go of everything at once, and joins anew as a node without runs.
 * M3. Runs whose plan has functions that are not loaded here are left to others.
 * M4. A node may be lost between the end of a run and what follows from it for others: the next one's turn, an event that
 *     somebody waits for. Whoever hears that it is gone sees to that, too.
 */
import { ContinuoError } from '../../core/errors.ts';
import { attemptsInHand, workAt } from '../../core/run/outstanding.ts';
import { hasEnded } from '../../core/run/phases.ts';
import type { Fleet } from '../../ports/fleet.ts';
import type { RunRecord } from '../../ports/journal.ts';
import type { Engine } from '../engine.ts';
import { mayPass } from '../patience.ts';
import type { RunActor } from '../run-actor.ts';
import type { Waiters } from '../waiters.ts';
import { attemptName } from '../../core/run/attempt-name.ts';
import type { Sender } from './sender.ts';

/** Families that are adopted at a time: other nodes want some too. */
const batch = 50;
/** How often it is looked whether a run that belongs to another node has ended. */
const lookEvery = 250;

export class Membership {
  readonly #engine: Engine;
  readonly #fleet: Fleet;
  readonly #sender: Sender | undefined;
  readonly #waiters: Waiters;
  /** Plans whose functions are not loaded here. */
  readonly #lacking = new Set<string>();
  /** Runs of other nodes whose end somebody here waits for. */
  readonly #watched = new Set<string>();
  #unwatch: (() => void) | undefined;
  #alarm: (() => void) | undefined;
  #adopting: Promise<void> | undefined;
  #again = false;
  /** There may be runs, adopted ones among them, that wait for what nobody here waits for yet. */
  #unsettled = false;

  constructor(engine: Engine, fleet: Fleet, sender: Sender | undefined, waiters: Waiters) {
    this.#engine = engine;
    this.#fleet = fleet;
    this.#sender = sender;
    this.#waiters = waiters;
  }

  async open(): Promise<void> {
    const engine = this.#engine;
    engine.library.whenKnown((hash) => {
      if (this.#lacking.delete(hash)) void engine.owe(undefined, () => this.adopt());
    });
    await this.adopt();
    this.#unwatch = this.#fleet.watch({
      gone: () => void engine.owe(undefined, () => this.#others()),
      fenced: () => void engine.owe(undefined, () => this.#rejoin()),
    });
  }

  close(): void {
    this.#unwatch?.();
    this.#alarm?.();
  }

  /** M4: also of runs that had ended, which nobody adopts. */
  async #others(): Promise<void> {
    this.#unsettled = true;
    await this.adopt();
  }

  /** M1: until there is nothing more to adopt. */
  async adopt(): Promise<void> {
    this.#again = true;
    await (this.#adopting ??= this.#adoptAll());
  }

  async #adoptAll(): Promise<void> {
    try {
      // Nodes may go also while that is settled which was adopted.
      while ((this.#again || this.#unsettled) && !this.#engine.closed) await (this.#again ? this.#adoptSome() : this.#settle());
    } finally {
      this.#adopting = undefined;
    }
  }

  async #adoptSome(): Promise<void> {
    this.#again = false;
    const records = await this.#fleet.adopt(batch, [...this.#lacking]);
    if (records.length === 0) return;
    this.#again = true;
    this.#unsettled = true;
    await Promise.all(records.map((record) => this.#engine.owe(record.run, () => this.#takeOver(record))));
  }

  async #settle(): Promise<void> {
    await this.#engine.adopted();
    this.#unsettled = false;
  }

  async #takeOver(record: RunRecord): Promise<void> {
    const { missing } = await this.#engine.library.program(record.plan);
    if (missing.length > 0) {
      this.#lacking.add(record.plan);
      // Who asked for it here may be giving it a plan that is here; otherwise he leaves it to others himself.
      if (!this.#engine.holds(record.run)) await this.#fleet.release(record.run);
      return;
    }
    if (record.busy) await this.#engine.actor(record.run);
    await this.#engine.reconsider(record);
  }

  /** A run that was loaded with work in hand that nobody here has: it was another node's. */
  async revive(actor: RunActor): Promise<void> {
    let program = actor.program;
    do {
      program = actor.program;
      await this.#engine.messagesHandled();
      await this.#sayLost(actor);
      // Its functions may have come meanwhile.
    } while (program !== actor.program);
    this.#engine.takeUp(actor);
  }

  async #sayLost(actor: RunActor): Promise<void> {
    const { program, shelf } = actor;
    const hands = [...attemptsInHand(actor.run)].flatMap((ref) => {
      const work = program.missing.length > 0 ? undefined : workAt(program, actor.run, ref, shelf);
      return work?.kind === 'task' ? [{ id: `${actor.id}/${attemptName(ref)}`, ref, worker: work.worker }] : [];
    });
    const there = await this.#stillOut(hands);
    await Promise.all(hands.filter(({ id }) => !there.has(id)).map(({ ref }) => actor.submit({ type: 'lost', ref })));
  }

  /** Where nobody can say, they count as lost: that costs work, and never an effect too many. */
  async #stillOut(hands: Parameters<Sender['inherit']>[0]): Promise<ReadonlySet<string>> {
    try {
      return (await this.#sender?.inherit(hands)) ?? new Set();
    } catch (error) {
      if (!mayPass(error)) throw error;
      return new Set();
    }
  }

  /** M2 */
  async #rejoin(): Promise<void> {
    const { node } = this.#fleet;
    this.#engine.letGo(new ContinuoError('NODE_FENCED', `node ${node} was silent for longer than its lease: others go on with its runs`));
    this.#sender?.forgetAll();
    for (const id of this.#waiters.all()) this.watchFor(id);
    await this.#fleet.rejoin();
    await this.#others();
  }

  /** Somebody waits for the end of a run that is another node's. */
  watchFor(id: string): void {
    this.#watched.add(id);
    this.#lookSoon();
  }

  #lookSoon(): void {
    const { clock, closed } = this.#engine;
    if (closed || this.#watched.size === 0) return;
    this.#alarm ??= clock.at(clock.now() + lookEvery, () => {
      this.#alarm = undefined;
      this.#look()
        .catch((error: unknown) => this.#engine.tell(error))
        .finally(() => this.#lookSoon());
    });
  }

  async #look(): Promise<void> {
    for (const id of this.#watched) {
      if (!this.#waiters.has(id)) {
        this.#watched.delete(id);
        continue;
      }
      if ((await this.#engine.backend.runs.get(id))?.endedAt === undefined) continue;
      const { run } = await this.#engine.reader.must(id);
      if (hasEnded(run)) this.#waiters.ended(run);
    }
  }
}
