/** What was found wrong: the first thing counts, since the rest may follow from it. */
export interface Violation {
  /** Which promise was broken: the same name for the same kind of failure. */
  readonly check: string;
  readonly run: string | undefined;
  readonly message: string;
}

export class Verdict {
  violation: Violation | undefined;

  broken(check: string, run: string | undefined, message: string): void {
    this.violation ??= { check, run, message };
  }
}
