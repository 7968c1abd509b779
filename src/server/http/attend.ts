/** Who counts and logs requests. */
import { LogController, type FastifyBaseLogger } from 'fastify';
import { logRequests } from '../logs/log-requests.ts';
import type { ServerParts } from '../parts.ts';
import type { App } from './app.ts';
import { whenAnswered, type Attentive } from './when-answered.ts';

interface Logging {
  readonly loggerInstance: FastifyBaseLogger;
  readonly logController: LogController;
}

/** Handlers write to the log by `request.log`; the line of the request itself is written when it has ended. */
export function logging({ log }: ServerParts): Logging | undefined {
  if (log === undefined) return undefined;
  return { loggerInstance: log, logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }) };
}

export function attend(app: App, { metrics, log }: ServerParts): void {
  const counting: readonly Attentive[] = metrics === undefined ? [] : [metrics.http];
  whenAnswered(app, log === undefined ? counting : [...counting, logRequests(log)]);
}
