/**
 * Blobs over HTTP.
 *
 * R1. Whoever may not read a blob cannot tell whether it is there.
 * R2. Bytes flow: nothing is gathered in memory because somebody brings or fetches much.
 */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import { linkText } from '../access/link-routes.ts';
import { fetchOutside } from '../access/outside.ts';
import { projectFor } from '../access/project-for.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { Fetches } from './fetches.ts';
import { mayReadBlob, namesBlob, noSuchBlob } from './blob-access.ts';
import { answerBlob, plainType } from './blob-answer.ts';
import { projectId } from './wire.ts';

const brought = z.strictObject({
  blob: z.string().describe('Its name: `sha256-` and the hash of its bytes.'),
  bytes: z.number(),
  type: z.string().describe('As it was first brought: the same bytes have one type.'),
  project_id: z.string(),
});

const blobForm = /^sha256-[0-9a-f]{64}$/;
const tags = ['blobs'];
/** For a whole fetch from outside. */
const patience = 120_000;
const usualLimit = 512 * 1024 * 1024;

const lookAt = z.strictObject({
  download: z
    .string()
    .min(1)
    .max(200)
    // No way to another folder, nothing unseen, nothing that turns the reading round.
    .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u)
    .optional()
    .describe('Have it saved under this name instead of shown.'),
  link: linkText,
});

const keeping = 'It is kept while a run names it, and for at least an hour: bring it again after that.';

export async function blobRoutes(app: App, parts: ServerParts): Promise<void> {
  // Bodies are bytes here, whatever their type says; the parsers of other routes would read them.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    bringRoute(scope, parts);
  });
  fromUrlRoute(app, parts);
  readRoutes(app, parts);
}

function bringRoute(app: App, { backend, clock, settings }: ServerParts): void {
  const limit = settings.blobLimit ?? usualLimit;
  for (const method of ['POST', 'PUT'] as const) {
    app.route({
      method,
      url: '/api/v1/blobs',
      config: { access: { scope: 'run', of: 'some' }, audit: 'blob.bring' },
      bodyLimit: limit,
      schema: {
        tags,
        summary: 'Bring bytes: the body as it is, with its media type',
        description: keeping,
        operationId: method === 'POST' ? 'bringBlob' : 'putBlob',
        querystring: z.strictObject({ project_id: projectId.optional() }),
        response: { 201: brought },
      },
      handler: async (request, reply) => {
        const project = projectFor(request.principal, request.query.project_id);
        try {
          if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
          // The parser above hands the stream on; a request without a body has none.
          const body = (request.body ?? []) as Readable | readonly [];
          const { id, bytes, type } = await backend.blobs.put(
            bounded(body, limit),
            plainType(request.headers['content-type']),
            clock.now(),
          );
          await backend.access.grants.grant(project, id);
          request.noted = { project, details: { blob: id, bytes } };
          return await reply.code(201).send({ blob: id, bytes, type, project_id: project });
        } catch (error) {
          // What is left of the body is not waited for.
          reply.header('connection', 'close');
          throw error;
        }
      },
    });
  }
}

function fromUrlRoute(app: App, { backend, clock, settings }: ServerParts): void {
  const fetches = new Fetches();
  app.post('/api/v1/blobs/from-url', {
    config: { access: { scope: 'run', of: 'some' }, audit: 'blob.fetch' },
    schema: {
      tags,
      summary: 'Have bytes fetched from a public URL',
      description: keeping,
      operationId: 'fetchBlob',
      body: z.strictObject({
        url: z.string().min(1).max(2048).meta({ example: 'https://example.org/' }),
        project_id: projectId.optional(),
      }),
      response: { 201: brought },
    },
    handler: async (request, reply) => {
      const project = projectFor(request.principal, request.body.project_id);
      const { id, bytes, type } = await fetches.within(request.principal.id, async () => {
        const fetched = await fetchOutside(request.body.url, {
          atMostBytes: settings.blobLimit ?? usualLimit,
          milliseconds: patience,
          allowedHosts: settings.allowedHosts,
        });
        return backend.blobs.put(fetched.bytes, plainType(fetched.type), clock.now());
      });
      await backend.access.grants.grant(project, id);
      request.noted = { project, details: { blob: id, bytes } };
      return reply.code(201).send({ blob: id, bytes, type, project_id: project });
    },
  });
}

function readRoutes(app: App, parts: ServerParts): void {
  const { blobs } = parts.backend;
  const description = 'One range of bytes may be asked for with `Range`.';
  for (const method of ['GET', 'HEAD'] as const) {
    const named = (id: string): string => (method === 'GET' ? id : `${id}Head`);
    app.route({
      method,
      url: '/api/v1/blobs/:blob',
      exposeHeadRoute: false,
      config: { access: { scope: 'read', of: 'some' }, link: true },
      schema: {
        tags,
        summary: 'The bytes of a blob that the project brought, or that one of its newest runs names',
        description,
        operationId: named('getBlob'),
        params: z.strictObject({ blob: z.string().max(200) }),
        querystring: lookAt,
      },
      handler: async (request, reply) => {
        const { blob } = request.params;
        if (!blobForm.test(blob) || !(await mayReadBlob(request.principal, blob, parts))) throw noSuchBlob(blob);
        return answerBlob(request, reply, blobs, { id: blob, download: request.query.download });
      },
    });
    app.route({
      method,
      url: '/api/v1/workflows/:id/blobs/:blob',
      exposeHeadRoute: false,
      config: { access: { scope: 'read', of: 'run' }, link: true },
      schema: {
        tags,
        summary: 'The bytes of a blob that the run names',
        description,
        operationId: named('getBlobOfWorkflow'),
        params: z.strictObject({ id: z.string().max(128), blob: z.string().max(200) }),
        querystring: lookAt,
      },
      handler: async (request, reply) => {
        const { blob } = request.params;
        if (!blobForm.test(blob) || !(await namesBlob(request.run, blob, parts))) throw noSuchBlob(blob);
        return answerBlob(request, reply, blobs, { id: blob, download: request.query.download });
      },
    });
  }
}

async function* bounded(body: Readable | readonly [], atMost: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      // Nothing decodes it: a chunk is bytes.
      const part = chunk as Uint8Array;
      bytes += part.byteLength;
      if (bytes > atMost) throw tooLarge(atMost);
      yield part;
    }
  } catch (error) {
    throw error instanceof ContinuoError ? error : new ContinuoError('BODY_UNREADABLE', 'the body broke off');
  }
}

const tooLarge = (atMost: number): ContinuoError => new ContinuoError('BODY_TOO_LARGE', `a blob may have ${atMost} bytes`);
