/** What agents did in the world, checked at the moment at which they do it. */
import type { AgentContext } from '../../../src/ports/agent.ts';
import type { JournalWatch } from './journal-watch.ts';
import type { Provider, ProviderKind } from './provider.ts';
import type { Life } from './timeline.ts';
import type { Trace } from './trace.ts';
import type { Verdict } from './verdict.ts';

export interface LedgerParts {
  readonly watch: JournalWatch;
  readonly provider: Provider;
  readonly verdict: Verdict;
  readonly trace: Trace;
  /** Two processes work the same runs: then the journal alone is exact. */
  readonly shared: boolean;
  /** Whoever takes another's place among several nodes makes the attempt under its next number. */
  readonly nodes: boolean;
}

export class Ledger {
  readonly #parts: LedgerParts;
  readonly #begun = new Set<string>();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** No attempt is made before the journal says so. */
  began(ctx: AgentContext, life: Life): void {
    const { watch, verdict, trace, nodes } = this.#parts;
    const { runId, visit, attempt } = ctx;
    const key = keyOf(ctx);
    trace.add('agent', runId, () => `process ${life.number} makes attempt ${attempt} of ${key}, visit ${visit}`);
    watch.made(runId, life);
    if (!watch.of(runId).hasStarted(key, visit, attempt))
      verdict.broken('act before append', runId, `attempt ${attempt} of ${key} was made, and no journal says that it began`);
    const name = `${runId} ${key} ${visit}.${attempt}`;
    // Once it has moved to another plan, what was in hand is made anew as that one says.
    if (nodes && watch.of(runId).run?.epoch === 0 && this.#begun.has(name))
      verdict.broken('begun twice', runId, `attempt ${attempt} of ${key} was begun before`);
    this.#begun.add(name);
  }

  /** A recorded sub-step is never repeated. */
  effect(ctx: AgentContext, name: string, life: Life): void {
    const { watch, verdict, trace, shared } = this.#parts;
    trace.add('agent', ctx.runId, () => `process ${life.number}, ${keyOf(ctx)} attempt ${ctx.attempt}: ${name} has its effect`);
    if (!shared && watch.of(ctx.runId).hasRecorded(keyOf(ctx), ctx.visit, name))
      verdict.broken(
        'once repeated',
        ctx.runId,
        `${name} of ${keyOf(ctx)} was done again by attempt ${ctx.attempt}, and its value was recorded`,
      );
  }

  /** Nothing is bought twice. */
  submits(ctx: AgentContext, kind: ProviderKind, key: string, life: Life): void {
    const { watch, verdict, provider, trace, shared } = this.#parts;
    trace.add('agent', ctx.runId, () => `process ${life.number}, ${keyOf(ctx)} attempt ${ctx.attempt}: buys a ${kind} job`);
    if (shared) return;
    if (watch.of(ctx.runId).hasSubmitted(keyOf(ctx), ctx.visit, kind))
      verdict.broken('job repeated', ctx.runId, `a ${kind} job of ${keyOf(ctx)} was submitted again, and its id was recorded`);
    if (kind !== 'keyed' && provider.sold(key) > 0)
      verdict.broken('bought twice', ctx.runId, `a ${kind} job of ${keyOf(ctx)} is bought a second time (key ${key})`);
  }
}

/** A task's name within its run, out of its idempotency key. */
function keyOf(ctx: AgentContext): string {
  return ctx.idempotencyKey.slice(ctx.runId.length + 1, ctx.idempotencyKey.lastIndexOf(':'));
}
