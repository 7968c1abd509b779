import type { App } from './app.ts';

/**
 * Once the server ends, an answer is its connection's last: one that was in use when the others were closed would
 * otherwise be waited for as long as connections may wait for a request.
 */
export function endConnections(app: App, draining: () => boolean): void {
  let closing = false;
  app.addHook('preClose', async () => void (closing = true));
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing || draining()) reply.header('connection', 'close');
    done(null, payload);
  });
}
