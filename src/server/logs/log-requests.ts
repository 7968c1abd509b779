/** A line for each request, when it has ended. Refusals that repeat are folded: whoever guesses keys must not fill the disk. */
import { ContinuoError } from '../../core/errors.ts';
import type { Answered, Attentive } from '../http/when-answered.ts';
import type { Log } from './open-log.ts';
import { Repeats } from './repeats.ts';

export function logRequests(log: Log): Attentive {
  const repeats = new Repeats();
  return {
    ended: (answered) => {
      const { status, aborted, error } = answered;
      const failed = status >= 500;
      const level = failed ? 'error' : 'info';
      if (!log.isLevelEnabled(level)) return;
      const line = lineOf(answered);
      const unsaid = status < 400 ? 0 : repeats.say([line.route, status, line.code, line.key].join(' '), Date.now());
      if (unsaid === undefined) return;
      const more = { ...(unsaid === 0 ? {} : { unsaid }), ...(failed && error !== undefined ? { error } : {}) };
      log[level](
        { ...line, ...more },
        aborted ? 'request aborted' : status < 400 ? 'request' : failed ? 'request failed' : 'request refused',
      );
    },
  };
}

interface RequestLine {
  readonly request_id: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly key?: string;
  readonly project?: string;
  readonly run?: string;
  readonly trace?: string;
  readonly code?: string;
}

function lineOf({ request, method, route = 'none', status, milliseconds, error }: Answered): RequestLine {
  // Neither is there where the door refused, or the route is of no run.
  const { principal, run, noted } = request as Partial<Pick<typeof request, 'principal' | 'run' | 'noted'>>;
  const inRun = noted?.run ?? run?.run;
  const project = noted?.project ?? run?.project;
  const trace = traceOf(request.headers['traceparent']);
  const code = error === undefined ? undefined : codeOf(error);
  return {
    request_id: request.id,
    method,
    route,
    status,
    ms: Math.round(milliseconds * 100) / 100,
    ...(principal === undefined ? {} : { key: principal.id }),
    ...(project === undefined ? {} : { project }),
    ...(inRun === undefined ? {} : { run: inRun }),
    ...(trace === undefined ? {} : { trace }),
    ...(code === undefined ? {} : { code }),
  };
}

export function traceOf(traceparent: unknown): string | undefined {
  return typeof traceparent === 'string' ? /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-/.exec(traceparent)?.[1] : undefined;
}

/** Of what the server's own library refused, its code; of what nobody foresaw, that it was so. */
function codeOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error instanceof ContinuoError || code.startsWith('FST_') ? code : 'INTERNAL';
}
