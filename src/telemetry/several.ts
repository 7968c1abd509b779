import type { SpanData, Telemetry } from '../ports/telemetry.ts';

/** Tells all of them. */
export class Several implements Telemetry {
  readonly #all: readonly Telemetry[];

  constructor(all: readonly Telemetry[]) {
    this.#all = all;
  }

  span(span: SpanData): void {
    for (const one of this.#all) one.span(span);
  }

  records(trace: string): boolean {
    return this.#all.some((one) => one.records(trace));
  }

  async flushed(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.flushed()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.close()));
  }
}
