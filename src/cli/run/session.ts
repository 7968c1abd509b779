/**
 * Attends a run from its start, or from where it was left, to its end or to the point
 * where only somebody else can bring it on.
 *
 * S1. On a terminal people are asked right there; elsewhere the process ends and says
 *     how to answer.
 * S2. Leaving is always possible: the run goes on from the same place later.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { AnswerOptions, Orchestrator } from '../../engine/orchestrator.ts';
import { mayPass, retryAfter } from '../../engine/patience.ts';
import { askPerson } from '../ask/ask-person.ts';
import { lineReader } from '../ask/reader.ts';
import { tell, failureOf } from '../failure.ts';
import type { Progress } from '../progress/progress.ts';
import { userName, type Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine } from '../terminal/width.ts';
import { Nudges } from './nudges.ts';
import { standingOf, type OpenQuestion, type Standing } from './standing.ts';

export interface Attending {
  readonly shell: Shell;
  readonly screen: Screen;
  readonly progress: Progress;
  /** Whether there is somebody at a terminal who can be asked. */
  readonly interactive: boolean;
  /** Leave as soon as nobody works any more. */
  readonly noWait: boolean;
  /** Aborted when the process was told to end. */
  readonly interrupted: AbortSignal;
  readonly interrupt: () => void;
  /** A store that stumbles is waited for. */
  readonly patient: boolean;
}

export type Left = { readonly why: 'ended' | 'waiting' | 'interrupted'; readonly standing: Standing };

export async function attend(orchestrator: Orchestrator, runId: string, how: Attending): Promise<Left> {
  const nudges = new Nudges(orchestrator, runId);
  const wake = (): void => nudges.nudge();
  how.interrupted.addEventListener('abort', wake);
  const session = new Session(orchestrator, runId, how, nudges);
  try {
    for (;;) {
      const seen = nudges.count;
      const began = Date.now();
      const standing = await session.standing();
      how.progress.sync(standing.views);
      if (standing.is === 'ended') return { why: 'ended', standing };
      if (how.interrupted.aborted) return { why: 'interrupted', standing };
      const next = await session.consider(standing);
      if (next === 'leave') return { why: how.interrupted.aborted ? 'interrupted' : 'waiting', standing };
      if (next === 'wait') await nudges.after(seen, Date.now() - began);
    }
  } finally {
    how.interrupted.removeEventListener('abort', wake);
    nudges.close();
  }
}

class Session {
  readonly #orchestrator: Orchestrator;
  readonly #runId: string;
  readonly #how: Attending;
  readonly #nudges: Nudges;
  /** Questions that this person has answered and that want more people. */
  readonly #answered = new Set<string>();

  constructor(orchestrator: Orchestrator, runId: string, how: Attending, nudges: Nudges) {
    this.#orchestrator = orchestrator;
    this.#runId = runId;
    this.#how = how;
    this.#nudges = nudges;
  }

  async standing(): Promise<Standing> {
    for (;;) {
      try {
        return await standingOf(this.#orchestrator, this.#runId);
      } catch (error) {
        if (!this.#how.patient || this.#how.interrupted.aborted || !mayPass(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryAfter));
      }
    }
  }

  async consider(standing: Standing): Promise<'wait' | 'again' | 'leave'> {
    const { interactive, noWait } = this.#how;
    if (standing.is === 'busy' || standing.retries) return 'wait';
    if (noWait) return 'leave';
    if (standing.is === 'paused') return interactive ? 'wait' : 'leave';
    if (standing.is !== 'asking') return 'wait';
    if (!interactive) return standing.timers ? 'wait' : 'leave';
    const question = standing.questions.find((one) => !this.#answered.has(nameOf(one)) || one.answers === 0);
    return question === undefined ? 'wait' : this.#ask(question);
  }

  async #ask(question: OpenQuestion): Promise<'again' | 'leave'> {
    const { shell, screen, progress, interrupt } = this.#how;
    progress.pause();
    const taken = new AbortController();
    const watching = this.#watch(question, taken);
    const reader = lineReader(shell, screen, AbortSignal.any([taken.signal, this.#how.interrupted]), interrupt);
    try {
      for (;;) {
        const answer = await askPerson(question, reader, screen, userName(shell.env));
        if (taken.signal.aborted) {
          screen.line(`\n  ${screen.paint('dim', `${oneLine(question.step)} is not asked any more`)}`);
          return 'again';
        }
        if (answer === undefined) return 'leave';
        if (await this.#give(question, answer)) return 'again';
      }
    } finally {
      taken.abort();
      reader.close();
      await watching;
      progress.resume();
    }
  }

  /** Whether the answer was taken; what is wrong with it is said. */
  async #give(question: OpenQuestion, answer: AnswerOptions): Promise<boolean> {
    try {
      await this.#orchestrator.answer(question.runId, question.step, answer);
      this.#answered.add(nameOf(question));
      return true;
    } catch (error) {
      if (!(error instanceof ContinuoError) || error.code !== 'ANSWER_INVALID') throw error;
      tell(this.#how.screen, failureOf(error));
      return false;
    }
  }

  /** Somebody may answer elsewhere, the deadline may pass, the run may end: then the question is taken back. */
  async #watch(question: OpenQuestion, taken: AbortController): Promise<void> {
    const stop = (): void => this.#nudges.nudge();
    taken.signal.addEventListener('abort', stop);
    for (let seen = this.#nudges.count; !taken.signal.aborted; seen = this.#nudges.count) {
      const standing = await this.standing();
      const isOpen = standing.questions.some((one) => nameOf(one) === nameOf(question));
      if (!isOpen) taken.abort();
      if (!taken.signal.aborted) await this.#nudges.after(seen);
    }
  }
}

const nameOf = ({ runId, step, item }: OpenQuestion): string => JSON.stringify([runId, step, item]);
