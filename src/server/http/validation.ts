/** Requests are held against the zod schemas of their route. */
import type { FastifySchemaCompiler } from 'fastify';
import { validatorCompiler as zodCompiler } from 'fastify-type-provider-zod';
import type { ZodType } from 'zod';

/** A body that was not sent reaches its schema as nothing: Fastify says null, which no `.optional()` takes. */
export const validatorCompiler: FastifySchemaCompiler<ZodType> = (route) => {
  const validate = zodCompiler(route);
  return route.httpPart === 'body' ? (data: unknown) => validate(data ?? undefined) : validate;
};
