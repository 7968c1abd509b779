/**
 * What is written down of requests: what changed something, and who was turned away.
 *
 * A1. The answer to a request that changed something leaves when its note is durable. When the note cannot be kept, the
 *     caller is told so (STORE_FAILED) although the change was made: it may ask again, as changes are idempotent.
 * A2. Of refusals one in a while is noted for each key, so that nobody fills the log by asking.
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
      if (reply.statusCode < 400) await auditor.note(noteOf(request, what, clock.now()));
      return payload;
    };
    route.onSend = [note, ...[route.onSend ?? []].flat()];
  });
}

function noteOf({ principal, run, noted = {} }: FastifyRequest, what: string, at: number): AuditNote {
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
    ...(noted.details === undefined ? {} : { details: shortened(JSON.stringify(noted.details)) }),
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
