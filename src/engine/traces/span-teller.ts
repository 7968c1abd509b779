import type { Program } from '../../core/plan/program.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { Run } from '../../core/run/state.ts';
import type { SpanData, Telemetry } from '../../ports/telemetry.ts';
import type { Trace } from './span-ids.ts';

/** A run before and after one event of its journal. */
export interface Change {
  readonly program: Program;
  readonly before: Run;
  readonly event: RunEvent;
  readonly after: Run;
  readonly at: number;
}

export type Told = Omit<SpanData, 'trace' | 'kind' | 'sampled'>;

/** Tells spans of one run. */
export class SpanTeller {
  readonly trace: Trace;
  readonly #telemetry: Telemetry;
  readonly #run: string;

  constructor(telemetry: Telemetry, run: string, trace: Trace) {
    this.#telemetry = telemetry;
    this.#run = run;
    this.trace = trace;
  }

  tell(span: Told): void {
    const { trace, sampled } = this.trace;
    this.#telemetry.span({
      ...span,
      trace,
      kind: 'internal',
      // A clock that was set back makes no work that ends before it begins.
      to: Math.max(span.from, span.to),
      attributes: { ...span.attributes, 'continuo.run.id': this.#run },
      ...(sampled === undefined ? {} : { sampled }),
    });
  }
}
