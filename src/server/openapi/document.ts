/** The OpenAPI document: made of the schemas that requests are held against, and of who may use each route. */
import swagger from '@fastify/swagger';
import type { FastifySchema, RouteOptions } from 'fastify';
import { z } from 'zod';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { App, RouteAccess } from '../http/app.ts';
import { problemType } from '../http/problem.ts';
import { problemSchema } from './problem-schema.ts';

const introduction = `Durable workflows of AI agents: start them, watch them, answer what they ask.

Every request but those to open routes carries a key, as \`Authorization: Bearer <key>\` or \`X-API-Key: <key>\`. A key has scopes and may be bound to projects; what is of another project is answered as if it were not there. Errors are problem documents (RFC 9457) with a stable \`code\`, which \`/errors/{code}\` explains.`;

/** What groups of routes are about; one that is not listed comes after those that are. */
const tags = [
  { name: 'workflows', description: 'Runs of workflows: start them, look at them, steer them.' },
  { name: 'live', description: 'What happens, as it happens.' },
  { name: 'dead letters', description: 'Steps that failed for good.' },
  { name: 'agents', description: 'Who does the work, and how it is.' },
  { name: 'plans', description: 'Plans as data: checked, priced, signed and kept.' },
  { name: 'blobs', description: 'Large values and files.' },
  { name: 'films', description: 'Films of a sentence.' },
  { name: 'learning', description: 'Learners and their tutors.' },
  { name: 'gateway', description: 'Models by the name of what they are for.' },
  { name: 'costs', description: 'What was spent, and on what.' },
  { name: 'experiments', description: 'Variants against one another.' },
  { name: 'figures', description: 'How it goes, in numbers.' },
  { name: 'server', description: 'The server itself.' },
];

export async function documented(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Continuo', version, description: introduction, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      servers: [{ url: '/', description: 'This server' }],
      tags,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'A key of `continuo keys create`.' },
          header: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key, in a header of its own.' },
        },
      },
    },
    convertConstToEnum: false,
    transform: (given) => {
      const { route, url } = given;
      return jsonSchemaTransform({ ...given, schema: described(given.schema, route), url });
    },
    transformObject: jsonSchemaTransformObject,
  });
}

const anything = { description: 'As the summary says.', content: { '*/*': { schema: z.unknown() } } };

function described(schema: FastifySchema | undefined, { config }: RouteOptions): FastifySchema {
  // What is declared by status.
  const declared = (schema?.response ?? {}) as Readonly<Record<string, unknown>>;
  const access = config?.access;
  return {
    ...schema,
    ...(access === undefined ? {} : { security: securityOf(access), description: descriptionOf(schema?.description, access) }),
    response: {
      ...(Object.keys(declared).length === 0 ? { 200: anything } : {}),
      default: { description: 'What went wrong.', content: { [problemType]: { schema: problemSchema } } },
      ...declared,
    },
  };
}

const securityOf = (access: RouteAccess): readonly Readonly<Record<string, readonly string[]>>[] =>
  'open' in access ? [] : [{ bearer: [] }, { header: [] }];

const reach = {
  run: 'of the run’s project',
  project: 'of the project',
  some: 'and reaches what its projects have',
  all: 'that is bound to no project',
} as const;

function descriptionOf(said: string | undefined, access: RouteAccess): string {
  const who = 'open' in access ? `Open: ${access.open}.` : `Needs a key with scope \`${access.scope}\`, ${reach[access.of]}.`;
  return said === undefined ? who : `${said}\n\n${who}`;
}
