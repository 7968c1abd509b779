/** What the server says of itself: the OpenAPI document, a page of it, and what each error means. */
import { z } from 'zod';
import { catalogue, ContinuoError, type ErrorCode } from '../../core/errors.ts';
import type { App } from '../http/app.ts';
import { statusOf } from '../http/status-of.ts';
import type { OpenApi } from './document-types.ts';
import { finished } from './finished.ts';
import { page, pageAt } from './page.ts';

const tags = ['server'];
const text = z.string();
const explained = z
  .object({ code: z.string(), status: z.int(), meaning: z.string(), mend: z.string() })
  .meta({ id: 'ErrorEntry', example: { code: 'RUN_UNKNOWN', status: 404, ...catalogue.RUN_UNKNOWN } });

export async function documentRoutes(app: App): Promise<void> {
  // The document is whole once every route is declared, and then stays as it is.
  const made = once(() => {
    // What the plugin makes for `openapi: 3.1` has the form of one.
    const document = finished(app.swagger() as unknown as OpenApi);
    return { document, json: JSON.stringify(document), page: page(document) };
  });
  app.get(
    '/openapi.json',
    {
      config: { access: { open: 'it tells what can be asked, and nothing of what there is' } },
      schema: { tags, operationId: 'openapi', summary: 'This interface, as an OpenAPI 3.1 document', response: { 200: documentAnswer } },
    },
    async (_request, reply) => {
      const { document, json } = made();
      return reply
        .type('application/json; charset=utf-8')
        .serializer(() => json)
        .send({ ...document });
    },
  );
  app.get(
    '/docs',
    {
      config: { access: { open: 'it is the same, for people' } },
      schema: {
        tags,
        operationId: 'docs',
        summary: 'This page',
        response: { 200: { description: 'A page.', content: { 'text/html': { schema: text } } } },
      },
    },
    async ({ protocol, host }, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .serializer(asItIs)
        .send(pageAt(made().page, protocol, host)),
  );
  app.get(
    '/',
    { config: { access: { open: 'it only leads to the page' } }, schema: { hide: true } },
    // Whoever clicks on the address that the server prints wants to see something.
    async (_request, reply) => reply.redirect('/docs'),
  );
  app.get(
    '/errors/:code',
    {
      config: { access: { open: 'the catalogue is the same everywhere' } },
      schema: {
        tags,
        operationId: 'explainError',
        summary: 'What an error means, and what to do about it',
        params: z.strictObject({ code: z.string().max(64) }),
        response: { 200: explained },
      },
    },
    async ({ params: { code } }) => {
      if (!isCode(code)) throw new ContinuoError('ROUTE_UNKNOWN', `there is no error ${JSON.stringify(code)}`);
      return { code, status: statusOf[code], ...catalogue[code] };
    },
  );
}

const documentAnswer = z.looseObject({ openapi: z.string() });

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);

// It was made before, and is a text already.
const asItIs = (made: unknown): string => String(made);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
