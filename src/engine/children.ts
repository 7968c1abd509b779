/**
 * Runs that runs call.
 *
 * C1. A child's id follows from its parent's, the step and the visit: asked for twice,
 *     it is there once.
 * C2. A child that ended tells its parent; a parent that is loaded asks about its
 *     children. Whichever comes first, the result arrives, and a second arrival
 *     decides to nothing.
 * C3. A child that nothing waits for any more is cancelled: when it is let go, when it
 *     comes to be too late, and by the next engine where this one ended in between.
 * C4. A family is bounded in depth and in width: a call that would be one too many fails the attempt that makes it.
 */
import { ContinuoError, fault, faultOf } from '../core/errors.ts';
import type { Json } from '../core/data/json.ts';
import { parsePlan } from '../core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../core/plan/workflow.ts';
import type { AttemptRef, Fault, ParentRef, RunEvent } from '../core/run/events.ts';
import { reservedIn } from '../core/run/money.ts';
import { hasEnded } from '../core/run/phases.ts';
import { mayGoWell } from '../core/run/retry.ts';
import type { Run } from '../core/run/state.ts';
import { taskKey } from '../core/run/tasks.ts';
import { mustHaveWorkers, mustKnowWorkflows, validInput } from './admission.ts';
import type { Beginning } from './beginning.ts';
import type { Engine } from './engine.ts';
import type { Families } from './families.ts';
import type { Hand } from './hand.ts';
import type { RunRecord } from '../ports/journal.ts';
import { mayPass } from './patience.ts';
import type { RunActor } from './run-actor.ts';
import { traceForCalled } from './traces/run-spans.ts';

const deepest = 16;

export class Children {
  readonly #engine: Engine;
  readonly #families: Families;

  constructor(engine: Engine, families: Families) {
    this.#engine = engine;
    this.#families = families;
  }

  /** The child of this attempt should be there. */
  take(hand: Hand): void {
    void this.#run(hand.actor, hand.ref, async () => {
      const { actor, work } = hand;
      if (hand.released) return;
      const id = childId(actor.id, work.key, work.ref.visit);
      await this.#ensure(id, { run: actor.id, ref: work.ref }, async () => {
        const workflow = await this.#workflowOf(hand);
        return { workflow, input: await this.#evaluate(actor, () => work.input()) };
      });
      this.#limit(hand, id);
      if (hand.released) await this.#cancel(id, hand.ref.attempt);
    });
  }

  /** C3, for an engine that takes another's place. */
  async reconsider({ run: id, parent }: RunRecord): Promise<void> {
    if (parent === undefined || (await this.#isWanted(id, parent))) return;
    await this.#cancel(id, undefined);
  }

  async #isWanted(id: string, parent: string): Promise<boolean> {
    const record = await this.#engine.backend.runs.get(parent);
    if (record === undefined || record.endedAt !== undefined) return false;
    const actor = await this.#engine.actor(parent);
    if (id === fallbackId(parent)) return actor.run.phase.is === 'fallback';
    await actor.awake();
    actor.resume();
    return actor.hands.values().some(({ work, ref }) => childId(parent, work.key, ref.visit) === id);
  }

  /** C3. */
  drop(hand: Hand): void {
    const id = childId(hand.actor.id, hand.work.key, hand.work.ref.visit);
    void this.#engine.owe(id, () => this.#cancel(id, hand.ref.attempt));
  }

  /** The fallback plan is a child too. */
  follow(actor: RunActor, events: readonly RunEvent[]): void {
    if (events.some((event) => event.type === 'run.cancelling')) {
      const id = fallbackId(actor.id);
      void this.#engine.owe(id, () => this.#cancel(id, undefined));
    }
    if (events.some((event) => event.type === 'run.fallback')) this.fallback(actor);
    if (actor.run.depth > 0 && events.some((event) => event.type === 'run.retried')) this.#families.count(actor.run);
  }

  fallback(actor: RunActor): void {
    if (actor.run.phase.is !== 'fallback') return;
    const { since } = actor.run.phase;
    void this.#run(actor, 'fallback', () =>
      this.#ensure(fallbackId(actor.id), { run: actor.id, ref: 'fallback', since }, async () => {
        const workflow = this.#engine.library.fallbackOf(actor.program);
        if (workflow === undefined) throw new ContinuoError('PLAN_INVALID', `plan ${actor.program.plan.id} has no fallback plan`);
        return { workflow, input: await this.#engine.payloads.open(actor.run.input), ...leftOfCaller(actor) };
      }),
    );
  }

  /** C2: tells the parent. */
  ended(run: Run): void {
    const { parent } = run;
    this.#families.ended(run);
    if (parent !== undefined && hasEnded(run)) void this.#engine.owe(parent.run, () => this.#tell(run, parent));
  }

  /** Other engines go on with it: with all of its family, or with all that was here. */
  letGo(run?: Run): void {
    this.#families.letGo(run);
  }

  async #tell(run: Run, parent: ParentRef): Promise<void> {
    const actor = await this.#engine.actor(parent.run);
    if (parent.ref === 'fallback') {
      const result = run.phase.is === 'succeeded' ? { output: run.phase.output } : { error: childFault(run) };
      await actor.submit({ type: 'fallback-ended', result });
      return;
    }
    const ref = this.#waiting(actor, run.id, parent.ref);
    if (ref === undefined) return;
    await actor.submit(
      run.phase.is === 'succeeded' ? { type: 'completed', ref, output: run.phase.output } : { type: 'failed', ref, error: childFault(run) },
    );
  }

  /** The attempt that waits for the child now: the parent may have moved to another plan since it asked. */
  #waiting(actor: RunActor, child: string, asked: AttemptRef): AttemptRef | undefined {
    const fits = ({ work, ref }: Hand): boolean => ref.attempt === asked.attempt && childId(actor.id, work.key, ref.visit) === child;
    const find = (): Hand | undefined => {
      const there = asked.step < actor.program.nodes.length ? actor.hands.get(taskKey(actor.program.node(asked.step), asked)) : undefined;
      return there !== undefined && fits(there) ? there : actor.hands.values().find(fits);
    };
    let hand = find();
    if (hand === undefined) {
      actor.resume();
      hand = find();
    }
    return hand?.ref;
  }

  async #ensure(
    id: string,
    parent: ParentRef,
    make: () => Promise<{ readonly workflow: AnyWorkflow; readonly input: Json; readonly budget?: number }>,
  ): Promise<void> {
    const { backend } = this.#engine;
    if ((await backend.runs.get(id)) === undefined) {
      const { workflow, input, ...budget } = await make();
      const { run } = await this.#engine.actor(parent.run);
      if (run.depth + 1 > deepest) throw new ContinuoError('CALL_TOO_DEEP', `run ${parent.run} calls more than ${deepest} levels deep`);
      // Nodes come and go: that an agent is hosted nowhere just now makes a called run wait, as it does its caller's own steps.
      if (backend.directory === undefined) await mustHaveWorkers(workflow, this.#engine);
      else mustKnowWorkflows(workflow, this.#engine.library);
      const valid = await validInput(workflow, input);
      const { project, depth, priority } = run;
      const how = { project, input: valid, depth: depth + 1, priority, parent, ...budget, ...traceForCalled(run) };
      if (await this.#begin(id, workflow, how)) return;
    }
    const child = await this.#engine.actor(id);
    if (!hasEnded(child.run)) this.#families.count(child.run);
    if (isEarlier(child.run.parent, parent)) await this.#takeOver(id, parent);
    else if (hasEnded(child.run)) await this.#tell(child.run, parent);
    else child.resume();
  }

  /** A new attempt of the call goes on with the child of the one before, once that has stopped: what it had finished is kept. */
  async #takeOver(id: string, parent: ParentRef): Promise<void> {
    await this.#cancel(id, undefined);
    const child = await this.#engine.ended(id);
    if (child.phase.is === 'succeeded') await this.#tell(child, parent);
    else await this.#engine.command(id, { type: 'retry', parent });
  }

  /** Answers whether it began; otherwise it was there already. */
  async #begin(id: string, workflow: AnyWorkflow, how: Beginning & { readonly depth: number }): Promise<boolean> {
    const called = { id, depth: how.depth };
    this.#families.admit(called);
    try {
      await this.#engine.begin(id, workflow, how, {});
      return true;
    } catch (error) {
      this.#families.ended(called);
      if (error instanceof ContinuoError && error.code === 'JOURNAL_CONFLICT') return false;
      throw error;
    }
  }

  async #workflowOf(hand: Hand): Promise<AnyWorkflow> {
    const { worker } = hand.work;
    if ('workflow' in worker) return this.#engine.library.named(worker.workflow);
    const plan = await this.#evaluate(hand.actor, () => hand.work.plan() ?? null);
    return planWorkflow(parsePlan(plan));
  }

  async #evaluate(actor: RunActor, how: () => Json): Promise<Json> {
    return this.#engine.payloads.evaluate(actor.shelf, how);
  }

  /** What stops a child from being there fails the attempt that called it; a store that stumbles only delays it. */
  #run(actor: RunActor, ref: AttemptRef | 'fallback', work: () => Promise<void>): Promise<void> {
    return this.#engine.owe(actor.id, async () => {
      try {
        await work();
      } catch (error) {
        if (mayPass(error) || this.#engine.closed) throw error;
        const failure = faultOf(error);
        await actor.submit(
          ref === 'fallback' ? { type: 'fallback-ended', result: { error: failure } } : { type: 'failed', ref, error: failure },
        );
      }
    });
  }

  #limit(hand: Hand, id: string): void {
    const { timeout } = hand.work;
    if (timeout === undefined) return;
    const { clock } = this.#engine;
    const late = fault('ATTEMPT_TIMED_OUT', `${hand.work.key} timed out: run ${id} took longer than ${timeout} ms`);
    const cancel = clock.at(clock.now() + timeout, () => {
      if (!hand.released) void this.#engine.owe(hand.actor.id, () => hand.actor.submit({ type: 'failed', ref: hand.ref, error: late }));
    });
    hand.signal.addEventListener('abort', cancel, { once: true });
  }

  async #cancel(id: string, attempt: number | undefined): Promise<void> {
    const record = await this.#engine.backend.runs.get(id);
    if (record === undefined || record.endedAt !== undefined || this.#engine.closed) return;
    const { run } = await this.#engine.actor(id);
    const ref = run.parent?.ref;
    // A later attempt may have asked for it meanwhile.
    const overtaken = attempt !== undefined && ref !== undefined && ref !== 'fallback' && ref.attempt > attempt;
    if (overtaken || hasEnded(run)) return;
    try {
      await this.#engine.command(id, { type: 'cancel', reason: 'the run that called it no longer waits for it' });
    } catch (error) {
      // It came to its end meanwhile.
      if (!(error instanceof ContinuoError && error.code === 'RUN_ENDED')) throw error;
    }
  }
}

/** Whether what the child was last asked for came before this. */
function isEarlier(before: ParentRef | undefined, now: ParentRef): boolean {
  if (before === undefined || before.ref === 'fallback' || now.ref === 'fallback') return (before?.since ?? 0) < (now.since ?? 0);
  return before.ref.attempt < now.ref.attempt;
}

/**
 * A fallback has its own plan's budget, and its money does not count above. What the caller of the run would pay at most
 * holds for both together.
 */
function leftOfCaller({ run: { money }, program }: RunActor): { readonly budget?: number } {
  const { limit } = money;
  if (limit === undefined || limit >= (program.plan.budget?.limit ?? Infinity)) return {};
  return { budget: Math.max(0, limit - money.spent - reservedIn(money)) };
}

export function childId(parent: string, key: string, visit: number): string {
  return `${parent}~${key.replace('[', '.').replace(']', '')}.${visit}`;
}

export function fallbackId(parent: string): string {
  return `${parent}~fallback`;
}

function childFault(run: Run): Fault {
  if (run.phase.is === 'failed') {
    const { error } = run.phase;
    const hopeless = mayGoWell(error) ? {} : { retryable: false };
    return fault('CHILD_FAILED', `run ${run.id} failed: ${error.message}`, { ...hopeless, details: { run: run.id, code: error.code } });
  }
  return fault('CHILD_FAILED', `run ${run.id} was cancelled`, { retryable: false, details: { run: run.id } });
}
