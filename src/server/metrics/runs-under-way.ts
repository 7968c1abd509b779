/** What is known of runs under way, for events that name nothing but the run. */
import { Roster } from '../../core/data/roster.ts';
import type { Append } from '../../ports/journal.ts';

export interface RunUnderWay {
  readonly workflow: string;
  readonly project: string;
  /** Another run called it. */
  readonly called: boolean;
}

/** The oldest are forgotten first. */
const most = 10_000;

export class RunsUnderWay {
  readonly #known = new Roster<RunUnderWay>();

  /** Learns from what was appended; answers with what is known of the run. */
  of({ run, record }: Append): RunUnderWay | undefined {
    const known = this.#known.get(run);
    if (record === undefined) return known;
    const { workflow, project, parent, endedAt } = record;
    const now = known ?? { workflow, project, called: parent !== undefined };
    if (endedAt !== undefined) this.#known.delete(run);
    else if (known === undefined) this.#remember(run, now);
    return now;
  }

  #remember(run: string, known: RunUnderWay): void {
    const oldest = this.#known.size < most ? undefined : this.#known.first;
    if (oldest !== undefined) this.#known.delete(oldest.name);
    this.#known.set(run, known);
  }
}
