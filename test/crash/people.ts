/** Whoever answers questions and sends signals: as often as it takes, and to one effect. */
import { ContinuoError } from '../../src/core/errors.ts';
import type { Question } from '../../src/core/run/outstanding.ts';
import type { PublicCommand } from '../../src/core/run/commands.ts';
import type { AnswerOptions, Orchestrator } from '../../src/engine/orchestrator.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { Message } from '../../src/ports/journal.ts';
import { jobId, type World } from './agents.ts';

/** Whom people turn to: an engine here, or one of many elsewhere. */
export interface Desk {
  questions(run: string): Promise<readonly Question[]>;
  send(message: Message): Promise<void>;
  /** An answer that is refused when the question is answered. */
  answer(run: string, step: string, answer: AnswerOptions): Promise<void>;
}

export class People {
  readonly #desk: Desk;
  readonly #world: Pick<World, 'charges' | 'write'>;

  constructor(desk: Desk, world: Pick<World, 'charges' | 'write'>) {
    this.#desk = desk;
    this.#world = world;
  }

  /** What is sent to a run whatever it does: a second time under the same name it is the same message. */
  async greet(run: string): Promise<void> {
    await this.#send(run, 'resume', { type: 'resume', by: 'ann' });
    await this.#send(run, 'go', { type: 'signal', name: 'go', data: { value: `go ${run}` } });
  }

  /** Answers what the run asks now. */
  async attend(run: string): Promise<void> {
    for (const question of await this.#desk.questions(run)) await this.#answer(run, question);
  }

  async #answer(run: string, { step, held }: Question): Promise<void> {
    if (held === undefined) {
      // The first one closes the question; the second comes too late, and is refused.
      await this.#send(run, 'ann', { type: 'answer', step, choice: 'yes', by: 'ann' });
      await this.#send(run, 'bob', { type: 'answer', step, choice: 'no', by: 'bob' });
      return;
    }
    const key = `${run}:${step}:1`;
    const count = await this.#world.charges(key, 'film');
    const value = count === 0 ? 'not-submitted' : jobId(`${key}:film`, count);
    try {
      await this.#desk.answer(run, step, { value, by: 'ann' });
    } catch (error) {
      // Asked about twice, it is answered once.
      if (!(error instanceof ContinuoError && (error.code === 'STEP_NOT_ASKING' || error.code === 'RUN_ENDED'))) throw error;
    }
  }

  async #send(run: string, name: string, command: PublicCommand): Promise<void> {
    const id = `${run}:${name}`;
    await this.#desk.send({ id, run, command: JSON.stringify(command), at: Date.now() });
    await this.#world.write({ is: 'sent', message: id });
  }
}

export const deskOf = (orchestrator: Orchestrator, backend: Backend): Desk => ({
  questions: async (run) => (await orchestrator.get(run)).questions,
  send: (message) => backend.inbox.send(message),
  answer: (run, step, answer) => orchestrator.answer(run, step, answer),
});
