/** What is read as a body: JSON, strictly. A route that takes anything else reads it itself, in a plugin of its own. */
import { ContinuoError } from '../../core/errors.ts';
import type { App } from './app.ts';
import { readJson } from './strict-json.ts';

export function readBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity')
      return done(
        new ContinuoError('CONTENT_TYPE_UNKNOWN', `the body came with content-encoding ${JSON.stringify(encoding)}; send it as it is`),
      );
    try {
      // Whether a body is needed is for the route's schema to say.
      done(null, body.length === 0 ? undefined : readJson(body));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
