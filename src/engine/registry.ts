/**
 * Who can do what, and how well they are.
 *
 * R1. A worker is found by id first, by capability second; among several, the healthy
 *     and least busy one is chosen.
 * R2. After a row of failures an agent's circuit opens: it gets nothing until it has
 *     cooled down, then one attempt decides whether it closes.
 */
import { closest } from '../core/data/text.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Plan, Step, Worker } from '../core/plan/model.ts';
import type { Fault } from '../core/run/events.ts';
import type { AgentDefinition } from '../ports/agent.ts';
import type { Hosted } from '../ports/exchange.ts';
import { readAgent } from './agent.ts';

export type Health = 'idle' | 'busy' | 'degraded' | 'offline';

/** What is known of an agent, as it may be shown. */
export interface AgentStatus {
  readonly id: string;
  readonly description?: string;
  readonly capabilities: readonly string[];
  readonly actions: readonly string[];
  readonly version: string;
  readonly isolation: 'inline' | 'process';
  readonly concurrency?: number;
  readonly health: Health;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly failuresInARow: number;
  /** When an open circuit lets the next attempt through. */
  readonly restsUntil?: number;
  readonly lastError?: string;
  readonly meanMilliseconds?: number;
}

export interface Registered {
  definition: AgentDefinition;
  running: number;
  succeeded: number;
  failed: number;
  failuresInARow: number;
  restsUntil: number | undefined;
  trying: boolean;
  lastError: string | undefined;
  milliseconds: number;
}

/** An attempt that an agent of this process has made, however it ended. */
export interface AttemptEnd {
  readonly agent: string;
  readonly is: 'succeeded' | 'failed' | 'aborted';
  /** The code of what went wrong. */
  readonly code?: string;
  readonly milliseconds: number;
}

/** Nothing that leaving the agent alone could mend. */
const forWantOfMeans: ReadonlySet<string> = new Set(['BUDGET_EXCEEDED', 'RATE_LIMITED', 'KEY_MISSING']);

const defaultCircuit = { failures: 20, coolDown: 10_000 };

export class Registry {
  readonly #agents = new Map<string, Registered>();
  readonly #byCapability = new Map<string, Registered[]>();
  #elsewhere: () => ReadonlyMap<string, Hosted> = () => new Map();
  readonly #listeners = new Set<(end: AttemptEnd) => void>();

  /** Tells what other nodes host. */
  lookTo(elsewhere: () => ReadonlyMap<string, Hosted>): void {
    this.#elsewhere = elsewhere;
  }

  /** Calls back at the end of each attempt; a listener must not throw. Answers with its own end. */
  hear(listener: (end: AttemptEnd) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  register(value: unknown): AgentDefinition {
    const definition = readAgent(value);
    const known = this.#agents.get(definition.id);
    // Attempts under way count on: it is the same agent, described anew.
    if (known !== undefined) known.definition = definition;
    else this.#agents.set(definition.id, fresh(definition));
    this.#byCapability.clear();
    for (const one of this.#agents.values()) {
      for (const capability of one.definition.capabilities)
        this.#byCapability.set(capability, [...(this.#byCapability.get(capability) ?? []), one]);
    }
    return definition;
  }

  get(id: string): Registered | undefined {
    return this.#agents.get(id);
  }

  all(): readonly Registered[] {
    return [...this.#agents.values()];
  }

  /** Agents that could do it, whatever their state. */
  candidates(worker: Worker): readonly Registered[] {
    if ('capability' in worker) return this.#byCapability.get(worker.capability) ?? [];
    if (!('agentId' in worker)) return [];
    const one = this.#agents.get(worker.agentId);
    return one === undefined ? (this.#byCapability.get(worker.agentId) ?? []) : [one];
  }

  /** The best one that has room now. */
  choose(worker: Worker, now: number): Registered | undefined {
    let best: Registered | undefined;
    for (const one of this.#able(worker)) {
      if (!hasRoom(one, now)) continue;
      if (best === undefined || rank(one) < rank(best)) best = one;
    }
    return best;
  }

  /** Of several, those that know the action; where none does, whoever is chosen will say so. */
  #able(worker: Worker): readonly Registered[] {
    const all = this.candidates(worker);
    if (all.length < 2 || !('action' in worker)) return all;
    const able = all.filter((one) => Object.hasOwn(one.definition.actions, worker.action));
    return able.length === 0 ? all : able;
  }

  /** The earliest time at which a resting candidate may be tried. */
  nextTry(worker: Worker): number | undefined {
    const times = this.candidates(worker).flatMap((one) => (one.restsUntil === undefined ? [] : [one.restsUntil]));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** What of the plan nobody can do, here or on other nodes. */
  missing(plan: Plan): readonly string[] {
    const problems = plan.steps.flatMap((step) => this.#problemsOf(step));
    return plan.fallbackPlan === undefined ? problems : [...problems, ...this.missing(plan.fallbackPlan)];
  }

  #problemsOf(step: Step): readonly string[] {
    if (step.kind !== 'step' && step.kind !== 'map' && step.kind !== 'call') return [];
    const own = this.#problem(step.id, step.worker);
    const undo =
      step.undo === undefined ? undefined : this.#problem(`${step.id} (undo)`, { agentId: step.undo.agentId, action: step.undo.action });
    return [own, undo].filter((problem) => problem !== undefined);
  }

  #problem(step: string, worker: Worker): string | undefined {
    if (!('agentId' in worker) && !('capability' in worker)) return undefined;
    const here = this.candidates(worker);
    if (here.some(({ definition }) => Object.hasOwn(definition.actions, worker.action))) return undefined;
    const name = 'agentId' in worker ? worker.agentId : worker.capability;
    const found = [...here.map(({ definition }) => Object.keys(definition.actions)), ...this.#hosted(worker).map(({ actions }) => actions)];
    if (found.length === 0) {
      const known = [...new Set([...this.#agents.keys(), ...this.#byCapability.keys(), ...this.#elsewhere().keys()])];
      const near = closest(name, known);
      const hint =
        near === undefined
          ? known.length === 0
            ? '; no agents are registered'
            : `; there are ${known.slice(0, 12).join(', ')}`
          : `; did you mean ${near}?`;
      return `step ${step} wants ${'agentId' in worker ? 'agent' : 'capability'} ${JSON.stringify(name)}, which nothing registered has${hint}`;
    }
    if (found.some((actions) => actions.includes(worker.action))) return undefined;
    return `step ${step} wants action ${JSON.stringify(worker.action)} of ${name}, which has ${found[0]?.join(', ')}`;
  }

  #hosted(worker: Worker): readonly Hosted[] {
    const name = 'agentId' in worker ? worker.agentId : 'capability' in worker ? worker.capability : undefined;
    if (name === undefined) return [];
    const known = 'agentId' in worker ? this.#elsewhere().get(name) : undefined;
    return known === undefined ? [...this.#elsewhere().values()].filter(({ capabilities }) => capabilities.includes(name)) : [known];
  }

  status(one: Registered, now: number): AgentStatus {
    const { definition, running, succeeded, failed, failuresInARow, restsUntil, lastError } = one;
    const { id, description, capabilities, version, isolation, concurrency } = definition;
    const resting = restsUntil !== undefined && restsUntil > now;
    const health: Health = resting ? 'offline' : failuresInARow > 0 ? 'degraded' : running > 0 ? 'busy' : 'idle';
    return {
      id,
      ...(description === undefined ? {} : { description }),
      capabilities,
      actions: Object.keys(definition.actions),
      version,
      isolation,
      ...(concurrency === undefined ? {} : { concurrency }),
      health,
      running,
      succeeded,
      failed,
      failuresInARow,
      ...(resting ? { restsUntil } : {}),
      ...(lastError === undefined ? {} : { lastError }),
      ...(succeeded + failed === 0 ? {} : { meanMilliseconds: Math.round(one.milliseconds / (succeeded + failed)) }),
    };
  }

  began(one: Registered): void {
    one.running++;
    if (one.restsUntil !== undefined) one.trying = true;
  }

  ended(
    one: Registered,
    outcome: { readonly is: 'succeeded' } | { readonly is: 'aborted' } | { readonly is: 'failed'; readonly error: Fault },
    milliseconds: number,
    now: number,
  ): void {
    one.running--;
    one.trying = false;
    if (this.#listeners.size > 0) this.#tell(one, outcome, milliseconds);
    if (outcome.is === 'aborted') return;
    one.milliseconds += milliseconds;
    if (outcome.is === 'succeeded') {
      one.succeeded++;
      one.failuresInARow = 0;
      one.restsUntil = undefined;
      return;
    }
    one.failed++;
    one.lastError = outcome.error.message;
    if (forWantOfMeans.has(outcome.error.code)) return;
    one.failuresInARow++;
    const { failures, coolDown } = one.definition.circuit ?? defaultCircuit;
    if (one.failuresInARow >= failures) one.restsUntil = now + coolDown;
  }

  #tell(one: Registered, outcome: Parameters<Registry['ended']>[1], milliseconds: number): void {
    const code = outcome.is === 'failed' ? { code: outcome.error.code } : {};
    for (const listener of this.#listeners) listener({ agent: one.definition.id, is: outcome.is, ...code, milliseconds });
  }

  reset(id: string): void {
    const one = this.#agents.get(id);
    if (one === undefined) throw new ContinuoError('AGENT_UNKNOWN', `no agent ${JSON.stringify(id)} is registered`);
    one.failuresInARow = 0;
    one.restsUntil = undefined;
    one.lastError = undefined;
  }
}

function fresh(definition: AgentDefinition): Registered {
  return {
    definition,
    running: 0,
    succeeded: 0,
    failed: 0,
    failuresInARow: 0,
    restsUntil: undefined,
    trying: false,
    lastError: undefined,
    milliseconds: 0,
  };
}

function hasRoom(one: Registered, now: number): boolean {
  if (one.restsUntil !== undefined && (one.restsUntil > now || one.trying)) return false;
  return one.running < (one.definition.concurrency ?? Infinity);
}

/** The well before the failing, then the less busy. */
function rank(one: Registered): number {
  return one.failuresInARow * 1000 + one.running / (one.definition.concurrency ?? 100);
}
