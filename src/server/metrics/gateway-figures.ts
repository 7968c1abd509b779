/** What the model gateway of this process did, by what it has written down of it. */
import { Counter, Histogram, Summary, type Registry } from 'prom-client';
import type { FeedbackRecord, InferenceRecord, LedgerEntry } from '../../ports/ledger.ts';
import { ofAttempts } from './buckets.ts';
import { knownCode } from './code-of.ts';
import { Names } from './names.ts';

export class GatewayFigures {
  readonly #functions = new Names(50);
  readonly #variants = new Names(200);
  readonly #projects = new Names(50);
  readonly #metrics = new Names(50);
  readonly #inferences: Counter<'function' | 'variant' | 'source' | 'status'>;
  readonly #duration: Histogram<'function'>;
  readonly #tokens: Counter<'function' | 'kind'>;
  readonly #cost: Counter<'function'>;
  readonly #costOfProject: Counter<'project'>;
  readonly #repairs: Counter<'rung'>;
  readonly #errors: Counter<'code'>;
  readonly #feedback: Summary<'metric'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#inferences = new Counter({
      name: 'continuo_inferences_total',
      help: 'Functions of the model gateway that were asked here, by who answered; what was asked on the way to an answer does not count.',
      labelNames: ['function', 'variant', 'source', 'status'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'continuo_inference_duration_seconds',
      help: 'How long functions took to answer, or to fail.',
      labelNames: ['function'],
      buckets: ofAttempts,
      registers,
    });
    this.#tokens = new Counter({
      name: 'continuo_inference_tokens_total',
      help: 'Tokens of models: input (with those that were cached), cached, output. With what was asked on the way to an answer.',
      labelNames: ['function', 'kind'],
      registers,
    });
    this.#cost = new Counter({
      name: 'continuo_inference_cost_dollars_total',
      help: 'What models have cost, by function.',
      labelNames: ['function'],
      registers,
    });
    this.#costOfProject = new Counter({
      name: 'continuo_project_inference_cost_dollars_total',
      help: 'The same by project.',
      labelNames: ['project'],
      registers,
    });
    this.#repairs = new Counter({
      name: 'continuo_inference_outputs_total',
      help: 'Outputs of models, by the rung of the ladder on which they became valid; none: as they came.',
      labelNames: ['rung'],
      registers,
    });
    this.#errors = new Counter({
      name: 'continuo_inference_errors_total',
      help: 'Functions that did not answer, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#feedback = new Summary({
      name: 'continuo_feedback_score',
      help: 'Values that metrics were given here: numbers as they are, yes as 1, no and what is below nothing as 0.',
      labelNames: ['metric'],
      percentiles: [],
      registers,
    });
  }

  booked(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      if (entry.is === 'inference') this.#inferred(entry.record);
      else if (entry.is === 'feedback') this.#rated(entry.record);
    }
  }

  #inferred(record: InferenceRecord): void {
    const { inputTokens, cachedTokens, outputTokens, cost, status, source } = record;
    const fn = { function: this.#functions.of(record.function) };
    for (const [kind, tokens] of [
      ['input', inputTokens],
      ['cached', cachedTokens],
      ['output', outputTokens],
    ] as const)
      if (tokens > 0) this.#tokens.inc({ ...fn, kind }, tokens);
    this.#cost.inc(fn, Math.max(0, cost));
    this.#costOfProject.inc({ project: this.#projects.of(record.project) }, Math.max(0, cost));
    if (record.parent !== undefined) return;
    this.#inferences.inc({ ...fn, variant: this.#variants.of(record.variant), source, status });
    this.#duration.observe(fn, record.latency / 1000);
    if (record.rung !== undefined && source === 'model' && status === 'ok') this.#repairs.inc({ rung: record.rung });
    if (record.error !== undefined)
      this.#errors.inc({ code: record.error.code === 'CANCELLED' ? 'CANCELLED' : knownCode(record.error.code) });
  }

  #rated({ metric, value }: FeedbackRecord): void {
    if (typeof value !== 'number' && typeof value !== 'boolean') return;
    this.#feedback.observe({ metric: this.#metrics.of(metric) }, Math.max(0, Number(value)));
  }
}
