/**
 * Budgets: worst case reserved before a call, real cost settled after it.
 *
 * M1. spent + reserved never exceeds a limit by a reservation; only a settlement that
 *     is dearer than its reservation can pass it, and then nothing more is reserved.
 * M2. A reservation that its attempt leaves behind counts as spent: the call may have
 *     been made.
 * M3. Asked for again under its name, by an attempt that is made again, a reservation
 *     takes its own place: it does not stand in its own way. Jobs have such names, for
 *     they are taken up again; any other call gets a name that is never given twice.
 */
import { ContinuoError } from '../errors.ts';
import { attemptName } from './attempt-name.ts';
import type { Command } from './commands.ts';
import type { Draft } from './draft.ts';
import type { AttemptRef } from './events.ts';
import type { Money, Run } from './state.ts';
import { currentTask, stale, taskAt, taskKey, workOf } from './tasks.ts';

export function reservedIn(money: Money, step?: number): number {
  let sum = 0;
  for (const one of Object.values(money.reserved)) if (step === undefined || one.step === step) sum += one.amount;
  return sum;
}

/** What a call of this step may still cost. */
export function remaining(run: Run, step: number, stepLimit: number | undefined): { readonly amount: number; readonly of: 'run' | 'step' } {
  const ofRun = (run.money.limit ?? Infinity) - run.money.spent - reservedIn(run.money);
  const ofStep = (stepLimit ?? Infinity) - (run.money.byStep[step] ?? 0) - reservedIn(run.money, step);
  return ofStep < ofRun ? { amount: ofStep, of: 'step' } : { amount: ofRun, of: 'run' };
}

export function reserve(draft: Draft, command: Extract<Command, { type: 'reserve' }>): void {
  const { ref, id, amount } = command;
  if (currentTask(draft.run, ref) === undefined) throw stale(ref);
  if (!(amount >= 0) || !Number.isFinite(amount)) throw new ContinuoError('USAGE', `a reservation of ${amount} is not an amount of money`);
  const node = draft.program.node(ref.step);
  const step = workOf(node);
  const name = reservationId(draft.run, ref, id);
  const left = remaining(without(draft.run, name), ref.step, step.budget?.limit);
  if (amount > left.amount) {
    const onLimit = (left.of === 'step' ? step.budget?.onLimit : draft.program.plan.budget?.onLimit) ?? 'stop';
    throw new ContinuoError(
      'BUDGET_EXCEEDED',
      `${taskKey(node, ref)} may need $${amount.toFixed(4)}, and the budget of the ${left.of} has $${Math.max(0, left.amount).toFixed(4)} left`,
      { of: left.of, onLimit, needed: amount, left: Math.max(0, left.amount) },
    );
  }
  draft.push({ type: 'money.reserved', id: name, step: ref.step, amount });
}

/** M3 */
function without(run: Run, name: string): Run {
  const { [name]: _, ...reserved } = run.money.reserved;
  return { ...run, money: { ...run.money, reserved } };
}

export function settle(draft: Draft, id: string, amount: number): void {
  if (draft.run.money.reserved[id] !== undefined) draft.push({ type: 'money.settled', id, amount });
}

/** Reservations belong to an attempt, so that its end can find them; one that takes a lost one's place goes on with his. */
export function reservationId(run: Run, ref: AttemptRef, id: string): string {
  const task = taskAt(run, ref);
  const lost = task?.attempt === ref.attempt ? (task.lost ?? 0) : 0;
  return `${attemptName({ ...ref, attempt: ref.attempt - lost })}/${id}`;
}

export function releaseReservations(draft: Draft, ref: AttemptRef): void {
  const prefix = reservationId(draft.run, ref, '');
  for (const one of Object.values(draft.run.money.reserved)) {
    if (one.id.startsWith(prefix)) draft.push({ type: 'money.settled', id: one.id, amount: one.amount });
  }
}
