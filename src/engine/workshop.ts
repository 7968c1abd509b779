/** Where attempts are made: an agent does its work, and the run hears of the result. */
import { Line } from '../core/data/line.ts';
import { faultOf } from '../core/errors.ts';
import { makeAttempt, type AttemptParts, type Outcome } from './attempt.ts';
import type { Bus } from './bus.ts';
import type { Held } from './held.ts';
import { mayPass, patiently } from './patience.ts';
import { jobIdOf } from './publish.ts';
import type { Registered, Registry } from './registry.ts';

export class Workshop {
  readonly #parts: AttemptParts;
  readonly #registry: Registry;
  readonly #bus: Bus;
  readonly #rested: () => void;
  /** Since when agents are at attempts. */
  readonly #making = new Line<number>();
  #closed = false;

  /** `rested` is called after each attempt, when its run has heard of it. */
  constructor(parts: AttemptParts, registry: Registry, bus: Bus, rested: () => void) {
    this.#parts = parts;
    this.#registry = registry;
    this.#bus = bus;
    this.#rested = rested;
  }

  /** When the oldest attempt that an agent is still at began. */
  get oldestAttempt(): number | undefined {
    return this.#making.first;
  }

  async make(hand: Held, agent: Registered, done: () => void): Promise<void> {
    const { clock } = this.#parts;
    const agentId = agent.definition.id;
    const began = clock.now();
    const place = this.#making.add(began);
    this.#tell(hand, agentId);
    const outcome: Outcome = hand.released ? { is: 'released' } : await makeAttempt(hand, agent, this.#parts);
    hand.finish();
    this.#making.leave(place);
    this.#registry.ended(agent, outcomeFor(outcome), clock.now() - began, clock.now());
    done();
    if (outcome.is !== 'released' && !hand.released) {
      try {
        await this.#parts.patiently(hand, () => report(hand, agentId, outcome));
      } catch (error) {
        if (!this.#closed) this.#bus.fault({ runId: hand.run.id, error: faultOf(error) });
        if (mayPass(error)) void this.#giveUp(hand);
      }
    }
    hand.over();
    this.#rested();
  }

  /** P2: the store was away for too long; once it is back, the attempt is made again. */
  async #giveUp(hand: Held): Promise<void> {
    const { clock } = this.#parts;
    const lost = (): Promise<void> => hand.tell({ type: 'lost', ref: hand.ref });
    const wanted = (): boolean => !this.#closed && !hand.released;
    await lost().catch((error: unknown) => patiently(error, lost, { clock, wanted, told: () => undefined }).catch(() => undefined));
  }

  close(): void {
    this.#closed = true;
  }

  #tell(hand: Held, agentId: string): void {
    if (this.#bus.silent) return;
    const { run, ref } = hand;
    const item = ref.item === undefined ? {} : { item: ref.item };
    this.#bus.emit('step:started', {
      runId: run.id,
      stepId: hand.step,
      ...item,
      agentId,
      jobId: jobIdOf(run.id, ref),
      visit: ref.visit,
      attempt: ref.attempt,
    });
  }
}

function report(hand: Held, agentId: string, outcome: Exclude<Outcome, { is: 'released' }>): Promise<void> {
  const { ref } = hand;
  if (outcome.is === 'failed') return hand.tell({ type: 'failed', ref, error: outcome.error, agent: agentId });
  const { output, memo, fromMemo } = outcome;
  return hand.tell({ type: 'completed', ref, output, agent: agentId, ...(fromMemo === undefined ? {} : { source: 'memo' }) }, memo);
}

function outcomeFor(outcome: Outcome): Parameters<Registry['ended']>[1] {
  if (outcome.is === 'completed') return { is: 'succeeded' };
  return outcome.is === 'failed' ? { is: 'failed', error: outcome.error } : { is: 'aborted' };
}
