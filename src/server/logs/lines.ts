/**
 * Lines on their way out.
 *
 * L1. Nothing leaves that `clean` has not seen.
 * L2. Writing never waits: lines gather for a moment and leave together, so that a busy server does not write for each.
 * L3. When whoever reads falls behind, lines are dropped, so that memory stays flat; how many, the next line says.
 */
export interface Sink {
  readonly writableLength?: number;
  write(text: string): unknown;
}

const together = 16_384;
const moment = 50;
/** Characters that may wait for whoever reads. */
const most = 4_194_304;

export class Lines {
  readonly #sink: Sink;
  readonly #clean: (line: string) => string;
  #waiting: string[] = [];
  #length = 0;
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(sink: Sink, clean: (line: string) => string) {
    this.#sink = sink;
    this.#clean = clean;
  }

  /** A line with its end. */
  write(line: string): void {
    if (this.#length + (this.#sink.writableLength ?? 0) > most) {
      this.#dropped++;
      return;
    }
    const clean = this.#clean(line);
    this.#waiting.push(clean);
    this.#length += clean.length;
    if (this.#length >= together) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), moment).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#length === 0) return;
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#length = 0;
    this.#sink.write(text);
    if (this.#dropped > 0 && (this.#sink.writableLength ?? 0) < most) {
      const dropped = this.#dropped;
      this.#dropped = 0;
      this.#sink.write(`${JSON.stringify({ level: 'warn', time: new Date().toISOString(), message: 'lines were dropped', dropped })}\n`);
    }
  }
}
