/**
 * Writes down who did what.
 *
 * A1. A note's promise resolves once it is durable in its place in the chain. Notes of one auditor stand in the order
 *     in which they came.
 * A2. One append is under way at a time. What is noted in a turn of the event loop, and while the store writes, is
 *     appended together: many notes cost one commit.
 * A3. One that was overtaken looks where the log ends and seals its notes again, at once. One that got through knows
 *     already where it ends and would be first for ever: it stands back for a moment, after each append where it knows
 *     that others write too, and now and then where it does not.
 * A4. What a store cannot hold in a text is replaced before it is sealed: nobody's note fails with somebody else's.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { ContinuoError } from '../../core/errors.ts';
import type { Audit, AuditNote, AuditRecord } from '../../ports/access.ts';
import { beginning, seal, type Link } from './audit-chain.ts';

export interface AuditorOptions {
  /** Waits for so many milliseconds. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

interface Pending {
  readonly note: AuditNote;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const together = 500;
/** How often the same notes are sealed at most. */
const patience = 100;
/** For how many appends others are taken to write too, once they did. */
const crowded = 8;
/** How many appends follow one another where nobody else is known to write. */
const unbroken = 32;
/** How long whoever got through stands back, in times that his append took: somebody else reads and appends meanwhile. */
const courtesy = 2.5;
/** Between what timers can tell apart and what nobody minds, in milliseconds. */
const [shortest, longest] = [3, 50];

export class Auditor {
  readonly #audit: Audit;
  readonly #pause: (milliseconds: number) => Promise<unknown>;
  #waiting: Pending[] = [];
  /** Where the log ends, as far as this auditor knows. */
  #last: Link | undefined;
  /** How many appends followed one another since it last stood back, and how many more it takes others to write too. */
  #inARow = 0;
  #crowd = 0;
  /** How long the last append was under way, in milliseconds. */
  #took = 0;
  #isWriting = false;

  constructor(audit: Audit, { pause = wait }: AuditorOptions = {}) {
    this.#audit = audit;
    this.#pause = pause;
  }

  note(note: AuditNote): Promise<void> {
    if (!Number.isFinite(note.at))
      return Promise.reject(new ContinuoError('INTERNAL', `a note was to be written with the time ${note.at}`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ note: fit(note), resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      setImmediate(() => void this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const written = this.#waiting.length <= together ? this.#waiting : this.#waiting.slice(0, together);
      this.#waiting = this.#waiting.slice(written.length);
      try {
        await this.#append(written.map(({ note }) => note));
        for (const { resolve } of written) resolve();
      } catch (error) {
        // Perhaps they are there all the same: it is looked up before the next ones.
        this.#last = undefined;
        for (const { reject } of written) reject(error);
      }
      if (++this.#inARow < (this.#crowd > 0 ? 1 : unbroken)) continue;
      this.#inARow = 0;
      await this.#pause(Math.min(longest, Math.max(shortest, courtesy * this.#took)));
    }
    this.#isWriting = false;
  }

  async #append(notes: readonly AuditNote[]): Promise<void> {
    for (let times = 1; times <= patience; times++) {
      const records = sealed(notes, (this.#last ??= (await this.#audit.last()) ?? beginning));
      const began = performance.now();
      const answer = await this.#audit.append(records);
      this.#took = performance.now() - began;
      if (answer === 'appended') {
        this.#last = records.at(-1);
        this.#crowd = Math.max(0, this.#crowd - 1);
        return;
      }
      this.#last = undefined;
      this.#crowd = crowded;
    }
    const message = `others wrote to the audit log ${patience} times while this was to be noted; try again`;
    throw new ContinuoError('STORE_FAILED', message, undefined, true);
  }
}

function sealed(notes: readonly AuditNote[], last: Link): readonly AuditRecord[] {
  let { seq, hash } = last;
  return notes.map((note) => {
    const record = seal(hash, ++seq, note);
    ({ hash } = record);
    return record;
  });
}

function fit({ at, who, what, run, project, details }: AuditNote): AuditNote {
  return {
    at,
    who: fitText(who),
    what: fitText(what),
    ...(run === undefined ? {} : { run: fitText(run) }),
    ...(project === undefined ? {} : { project: fitText(project) }),
    ...(details === undefined ? {} : { details: fitText(details) }),
  };
}

/** Half a surrogate pair and NUL are what some store cannot hold. */
function fitText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}');
}
