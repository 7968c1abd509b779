/** Whoever answers questions and sends signals: as often as it takes, and to one effect. */
import { ContinuoError } from '../../src/core/errors.ts';
import type { Question } from '../../src/core/run/outstanding.ts';
import type { PublicCommand } from '../../src/core/run/commands.ts';
import type { Orchestrator } from '../../src/engine/orchestrator.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { jobId } from './agents.ts';
import type { Ledger } from './ledger.ts';

export class People {
  readonly #orchestrator: Orchestrator;
  readonly #backend: Backend;
  readonly #ledger: Ledger;

  constructor(orchestrator: Orchestrator, backend: Backend, ledger: Ledger) {
    this.#orchestrator = orchestrator;
    this.#backend = backend;
    this.#ledger = ledger;
  }

  /** What is sent to a run whatever it does: a second time under the same name it is the same message. */
  async greet(run: string): Promise<void> {
    await this.#send(run, 'resume', { type: 'resume', by: 'ann' });
    await this.#send(run, 'go', { type: 'signal', name: 'go', data: { value: `go ${run}` } });
  }

  /** Answers what the run asks now. */
  async attend(run: string): Promise<void> {
    const { questions } = await this.#orchestrator.get(run);
    for (const question of questions) await this.#answer(run, question);
  }

  async #answer(run: string, { step, held }: Question): Promise<void> {
    if (held === undefined) {
      // The first one closes the question; the second comes too late, and is refused.
      await this.#send(run, 'ann', { type: 'answer', step, choice: 'yes', by: 'ann' });
      await this.#send(run, 'bob', { type: 'answer', step, choice: 'no', by: 'bob' });
      return;
    }
    const key = `${run}:${step}:1`;
    const count = this.#ledger.charges(key, 'film');
    const value = count === 0 ? 'not-submitted' : jobId(`${key}:film`, count);
    try {
      await this.#orchestrator.answer(run, step, { value, by: 'ann' });
    } catch (error) {
      // Asked about twice, it is answered once.
      if (!(error instanceof ContinuoError && (error.code === 'STEP_NOT_ASKING' || error.code === 'RUN_ENDED'))) throw error;
    }
  }

  async #send(run: string, name: string, command: PublicCommand): Promise<void> {
    const id = `${run}:${name}`;
    await this.#backend.inbox.send({ id, run, command: JSON.stringify(command), at: Date.now() });
    this.#ledger.write({ is: 'sent', message: id });
  }
}
