/** Links for browsers, which can send no key with a film, a picture or an `EventSource`. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { App } from '../http/app.ts';
import type { DeclaredRoute } from '../http/guard.ts';
import { fits } from '../http/unmatched.ts';
import type { Passes } from './passes.ts';

const hour = 3600;

const wish = z
  .strictObject({
    path: z
      .string()
      .max(1000)
      .regex(/^\/[^?#\s]+$/, 'must be a path, without a query')
      .describe('What it is to open: the path of a blob or of a stream, without a query.'),
    expires_in: z
      .int()
      .min(1)
      .max(24 * hour)
      .optional()
      .describe('Seconds; an hour when absent.'),
  })
  .meta({ id: 'LinkWish', example: { path: '/api/v1/projects/project_123/stream' } });

const link = z
  .object({ url: z.string().describe('The path with the link: more may be added to its query.'), expires_at: z.iso.datetime() })
  .meta({ id: 'Link' });

export function linkRoutes(app: App, links: Passes, routes: readonly DeclaredRoute[]): void {
  app.post(
    '/api/v1/links',
    {
      config: { access: { scope: 'read', of: 'some' }, audit: 'link.make' },
      schema: {
        tags: ['live'],
        operationId: 'makeLink',
        summary: 'A URL that opens a blob or a stream without a key, for browsers',
        description:
          'A browser sends no key with `<video>`, `<img>` and `EventSource`. The URL shows what the key that it was made with may see, to whoever has it, until it expires or the key is revoked. ' +
          'Give it to nobody to whom you would not show that.',
        body: wish,
        response: { 201: link },
      },
    },
    async ({ principal, body: { path, expires_in: seconds = hour } }, reply) => {
      if (!routes.some((route) => route.linked && fits(route.url, path)))
        throw new ContinuoError('REQUEST_INVALID', `links lead to blobs and to streams, and ${JSON.stringify(path)} is neither`);
      const { text, expiresAt } = await links.make(principal, path, seconds * 1000);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ url: `${path}?link=${text}`, expires_at: new Date(expiresAt).toISOString() });
    },
  );
}

/** What routes that links open take in their query. */
export const linkText: z.ZodOptional<z.ZodString> = z
  .string()
  .max(200)
  .optional()
  .describe('In place of a key, for browsers: of `POST /api/v1/links`.');
