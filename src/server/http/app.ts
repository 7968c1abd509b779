/** What routes are declared on. */
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RunRecord } from '../../ports/journal.ts';
import type { Scope } from '../../ports/access.ts';
import type { Noted } from '../access/auditing.ts';
import type { Principal } from '../access/principal.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/**
 * Who may use a route. A route that does not say so cannot be declared.
 *
 * - `run`: the parameter `id` names a run, and the key must be bound to its project; `request.run` is its record. A run
 *   that is not there and one of another project are answered alike.
 * - `project`: the parameter `id` names a project that the key must be bound to.
 * - `some`: the handler answers with what the key's projects have, and checks the projects that a body names (`projectFor`).
 * - `all`: it concerns every project, so that only keys may use it that are bound to none.
 */
export type RouteAccess = { readonly open: string } | { readonly scope: Scope; readonly of: 'run' | 'project' | 'some' | 'all' };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `open`: why no key is needed. */
    readonly access?: RouteAccess;
    /** What the audit log calls it; absent where nothing is changed. */
    readonly audit?: string;
    /** A link may stand in for a key: see `links.ts`. */
    readonly link?: true;
    /** For open routes that probes ask all the time: their requests are not limited. */
    readonly uncounted?: true;
  }
  interface FastifyRequest {
    /** Set before any handler of a route that is not open. */
    principal: Principal;
    /** Set for routes of a run. */
    run: RunRecord;
    /** What the audit log is told of it besides: a handler says so. */
    noted?: Noted;
  }
}
