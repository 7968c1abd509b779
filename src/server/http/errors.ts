/** Every error leaves as a problem document. */
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ContinuoError, type ErrorCode } from '../../core/errors.ts';
import type { App } from './app.ts';
import { problemOf, problemType } from './problem.ts';

const codeOf: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_UNKNOWN',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_UNREADABLE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_UNREADABLE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BODY_UNREADABLE',
};

export function answerErrors(app: App): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = problemOf(asContinuoError(error), request.id);
    return reply.code(problem.status).type(problemType).serializer(JSON.stringify).send(problem);
  });
  app.setNotFoundHandler((request) => {
    throw new ContinuoError('ROUTE_UNKNOWN', `there is no ${request.method} ${request.url.split('?')[0] ?? ''}`);
  });
}

/** In the terms of the catalogue, where it is known there. */
export function asContinuoError(error: FastifyError): Error {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      ({ instancePath, message }) => `${error.validationContext ?? 'body'}${instancePath}: ${message ?? ''}`,
    );
    return new ContinuoError('REQUEST_INVALID', problems.join('; '), problems);
  }
  const code = codeOf[error.code];
  return code === undefined ? error : new ContinuoError(code, error.message);
}
