/** How the store does, as this process sees it. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { PartHealth } from '../../ports/exchange.ts';
import { ofStore } from './buckets.ts';
import { codeOf } from './code-of.ts';
import type { StoreWork } from './watch-store.ts';

export class StoreFigures {
  readonly #duration: Histogram<'work'>;
  readonly #errors: Counter<'work' | 'code'>;
  readonly #parts: Gauge<'part'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#duration = new Histogram({
      name: 'continuo_store_duration_seconds',
      help: 'Until the store has made something durable: append (events of a run), books (what the gateway did), message (a command to another process), audit (who did what).',
      labelNames: ['work'],
      buckets: ofStore,
      registers,
    });
    this.#errors = new Counter({
      name: 'continuo_store_errors_total',
      help: 'What the store refused, by code. JOURNAL_CONFLICT, RUN_ELSEWHERE and MESSAGE_SETTLED are ordinary among several nodes.',
      labelNames: ['work', 'code'],
      registers,
    });
    this.#parts = new Gauge({
      name: 'continuo_store_part_up',
      help: 'Whether a server that the store stands on answers this process; absent where it stands on none.',
      labelNames: ['part'],
      registers,
    });
  }

  did(work: StoreWork, milliseconds: number): void {
    this.#duration.observe({ work }, milliseconds / 1000);
  }

  refused(work: StoreWork, error: unknown): void {
    this.#errors.inc({ work, code: codeOf(error) });
  }

  look(parts: readonly PartHealth[]): void {
    this.#parts.reset();
    for (const { part, is } of parts) this.#parts.set({ part }, is === 'up' ? 1 : 0);
  }
}
