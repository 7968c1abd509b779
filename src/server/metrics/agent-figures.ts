/** What agents of this process do. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AgentStatus, AttemptEnd } from '../../engine/registry.ts';
import { ofAttempts } from './buckets.ts';
import { knownCode } from './code-of.ts';
import { Names } from './names.ts';

export class AgentFigures {
  readonly names: Names = new Names(100);
  readonly #duration: Histogram<'agent' | 'result'>;
  readonly #errors: Counter<'code'>;
  readonly #inHand: Gauge<'agent'>;
  readonly #concurrency: Gauge<'agent'>;
  readonly #resting: Gauge<'agent'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#duration = new Histogram({
      name: 'continuo_attempt_duration_seconds',
      help: 'Attempts that agents of this process have made, by how they ended: succeeded, failed, or aborted because nothing waited for them any more.',
      labelNames: ['agent', 'result'],
      buckets: ofAttempts,
      registers,
    });
    this.#errors = new Counter({
      name: 'continuo_attempt_errors_total',
      help: 'Attempts that failed here, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#inHand = new Gauge({
      name: 'continuo_agent_attempts_in_hand',
      help: 'Attempts that an agent of this process is at.',
      labelNames: ['agent'],
      registers,
    });
    this.#concurrency = new Gauge({
      name: 'continuo_agent_concurrency',
      help: 'How many attempts at a time an agent makes here; absent where it has no limit.',
      labelNames: ['agent'],
      registers,
    });
    this.#resting = new Gauge({
      name: 'continuo_agent_circuit_open',
      help: '1 while an agent of this process gets nothing, because it failed too often in a row.',
      labelNames: ['agent'],
      registers,
    });
  }

  ended({ agent, is, code, milliseconds }: AttemptEnd): void {
    this.#duration.observe({ agent: this.names.of(agent), result: is }, milliseconds / 1000);
    if (code !== undefined) this.#errors.inc({ code: knownCode(code) });
  }

  /** Agents that share the label `other` are told as their sum. */
  look(agents: readonly AgentStatus[]): void {
    for (const gauge of [this.#inHand, this.#concurrency, this.#resting]) gauge.reset();
    for (const { id, running, concurrency, restsUntil } of agents) {
      const agent = this.names.of(id);
      this.#inHand.inc({ agent }, running);
      if (concurrency !== undefined) this.#concurrency.inc({ agent }, concurrency);
      this.#resting.inc({ agent }, restsUntil === undefined ? 0 : 1);
    }
  }
}
