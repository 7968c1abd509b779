/**
 * What is written down of requests: what changed something, and who was turned away.
 *
 * A1. The answer to a request that changed something leaves when its note is durable. When the note cannot be kept, the
 *     caller is told so (STORE_FAILED) although the change was made: it may ask again, as changes are idempotent.
 * A2. What failed for a reason of ours may have been done all the same: that is noted with how it was answered.
 * A3. What changed many runs has a note for each.
 * A4. Of refusals one in a while is noted for each key, so that nobody fills the log by asking.
 */
import type { FastifyRequest, RouteOptions } from 'fastify';
import type { AuditNote } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import type { App } from '../http/app.ts';
import type { Principal } from './principal.ts';

export interface Auditor {
  /** Resolves when the note is durable. */
  note(note: AuditNote): Promise<void>;
}

/** What a handler knows besides. */
export interface Noted {
  /** Where no key came with the request: `webhook:<name>`. */
  readonly who?: string;
  readonly run?: string;
  readonly project?: string;
  /** Where there are many. */
  readonly runs?: readonly { readonly run: string; readonly project?: string }[];
  /** Written down as JSON, so without secrets. */
  readonly details?: object;
}

interface Auditing {
  readonly auditor?: Auditor;
  readonly clock: Clock;
}

/** More of it says nothing that the run's journal does not say better. */
const longest = 2000;

export function auditing(app: App, { auditor, clock }: Auditing): void {
  app.decorateRequest('noted');
  if (auditor === undefined) return;
  app.addHook('onRoute', (route: RouteOptions) => {
    const what = route.config?.audit;
    if (what === undefined || route.method === 'HEAD') return;
    const note = async (request: FastifyRequest, reply: { readonly statusCode: number }, payload: unknown): Promise<unknown> => {
      const { statusCode: status } = reply;
      if (status >= 400 && (status < 500 || status === 501 || !isSomebody(request))) return payload;
      const noted = Promise.all(notesOf(request, what, clock.now(), status).map((one) => auditor.note(one)));
      // It is answered with what went wrong already.
      await (status < 400 ? noted : noted.catch(() => undefined));
      return payload;
    };
    route.onSend = [note, ...[route.onSend ?? []].flat()];
  });
}

// Of what was refused at the door nothing was done, and nobody is known.
const isSomebody = ({ principal, noted }: FastifyRequest): boolean =>
  (principal as Principal | undefined) !== undefined || noted?.who !== undefined;

function notesOf(request: FastifyRequest, what: string, at: number, status: number): readonly AuditNote[] {
  const { runs = [] } = request.noted ?? {};
  const one = noteOf(request, what, at, status);
  return runs.length === 0 ? [one] : runs.map((its) => ({ ...one, ...its }));
}

function noteOf({ principal, run, noted = {} }: FastifyRequest, what: string, at: number, status: number): AuditNote {
  const details = status < 400 ? noted.details : { ...noted.details, answered: status };
  // Routes that are open have none, whatever the type says.
  const who = noted.who ?? (principal as Principal | undefined)?.who ?? 'nobody';
  const inRun = noted.run ?? (run as FastifyRequest['run'] | undefined)?.run;
  const project = noted.project ?? (run as FastifyRequest['run'] | undefined)?.project;
  return {
    at,
    who,
    what,
    ...(inRun === undefined ? {} : { run: inRun }),
    ...(project === undefined ? {} : { project }),
    ...(details === undefined ? {} : { details: shortened(JSON.stringify(details)) }),
  };
}

const shortened = (text: string): string => (text.length <= longest ? text : JSON.stringify({ shortened: text.slice(0, longest) }));

/** One note of a refusal for each key in this time. */
const every = 60_000;
/** Keys that are remembered; beyond them the one that was refused longest ago is forgotten. */
const most = 10_000;

export class Refusals {
  readonly #auditing: Auditing;
  readonly #last = new Map<string, number>();

  constructor(parts: Auditing) {
    this.#auditing = parts;
  }

  /** A refusal stands whether or not it could be noted. */
  async note({ who }: Principal, route: string, why: string): Promise<void> {
    const { auditor, clock } = this.#auditing;
    const now = clock.now();
    if (auditor === undefined || now - (this.#last.get(who) ?? -Infinity) < every) return;
    this.#last.delete(who);
    this.#last.set(who, now);
    const [oldest] = this.#last.keys();
    if (this.#last.size > most && oldest !== undefined) this.#last.delete(oldest);
    await auditor.note({ at: now, who, what: 'access.refused', details: JSON.stringify({ route, why }) }).catch(() => undefined);
  }
}
