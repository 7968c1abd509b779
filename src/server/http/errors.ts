/** Every error leaves as a problem document. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ContinuoError, type ErrorCode } from '../../core/errors.ts';
import type { App } from './app.ts';
import { limitHeaders } from './limits.ts';
import { problemOf, problemType } from './problem.ts';
import { retryAfter } from './retry-after.ts';

const codeOf: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_UNKNOWN',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_UNREADABLE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_UNREADABLE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BODY_UNREADABLE',
  FST_ERR_BAD_URL: 'REQUEST_INVALID',
  FST_ERR_MAX_PARAM_LENGTH: 'ROUTE_UNKNOWN',
};

export function answerErrors(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
}

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(asContinuoError(error, request), request.id);
  const wait = retryAfter(problem, Date.now());
  if (wait !== undefined) reply.header('retry-after', String(wait));
  if (problem.code === 'REQUESTS_LIMITED') reply.headers(limitHeaders(problem.details));
  return reply.header('cache-control', 'no-store').code(problem.status).type(problemType).serializer(JSON.stringify).send(problem);
}

/** Problems that are listed of one request; more would only be long. */
const most = 50;

/** In the terms of the catalogue, where it is known there. */
export function asContinuoError(error: FastifyError, request: FastifyRequest): Error {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = error.validationContext ?? 'body';
    if (where === 'body' && (request.body ?? undefined) === undefined)
      return new ContinuoError('BODY_UNREADABLE', 'the request has no body, and the route needs one');
    const problems = error.validation.slice(0, most).map(
      // Of the whole it says `/`, which looks like a field without a name.
      ({ instancePath, message }) => `${where}${instancePath === '/' ? '' : instancePath}: ${message ?? ''}`,
    );
    return new ContinuoError('REQUEST_INVALID', problems.join('; '), problems);
  }
  const code = codeOf[error.code];
  return code === undefined ? error : new ContinuoError(code, error.message);
}
