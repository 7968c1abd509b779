/**
 * The health routes: `/livez`, `/readyz`, `/status`.
 *
 * H1. Nothing secret is said, and nothing can be changed by asking.
 * H2. `/livez` asks nobody: a process is not to be restarted because a server is away.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { ContinuoError } from '../../core/errors.ts';
import { contentPolicy, page } from './page.ts';
import { Watch } from './watch.ts';
import type { Watched } from './watched.ts';

export interface HealthOptions {
  readonly watched: Watched;
  /** `127.0.0.1` when absent: whoever wants others to see it says so. */
  readonly host?: string;
  /** Any free one when absent or 0. */
  readonly port?: number;
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly code: number;
  readonly type: 'application/json' | 'text/html' | 'text/plain';
  readonly text: string;
}

export async function openHealth({ watched, host = '127.0.0.1', port = 0 }: HealthOptions): Promise<HealthServer> {
  const watch = new Watch(watched);
  const server = createServer((request, response) => void respond(watch, request, response));
  // Nobody keeps a line open here without asking anything.
  server.requestTimeout = 10_000;
  try {
    await listen(server, host, port);
  } catch (error) {
    watch.close();
    throw error;
  }
  // What is asked here keeps no process alive that has nothing else to do.
  server.unref();
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${isIPv6(host) ? `[${host}]` : host}:${bound}`,
    close: async () => {
      watch.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'somebody else listens there' : error.message;
      reject(
        new ContinuoError('USAGE', `the health routes cannot be offered at ${host} port ${port}: ${why}; choose another --port or --host`),
      );
    });
    server.listen(port, host, resolve);
  });
}

async function respond(watch: Watch, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let answer: Answer;
  try {
    answer = await answerTo(watch, request);
  } catch (error) {
    answer = { code: 500, type: 'text/plain', text: `${error instanceof Error ? error.message : String(error)}\n` };
  }
  response.writeHead(answer.code, {
    'content-type': `${answer.type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': contentPolicy,
    vary: 'accept',
    ...(answer.code === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : answer.text);
}

async function answerTo(watch: Watch, { method, url = '/', headers }: IncomingMessage): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return { code: 405, type: 'text/plain', text: 'only GET\n' };
  const wantsPage = headers.accept?.includes('text/html') === true;
  switch (url.split('?')[0]) {
    case '/livez':
      return json(200, { is: 'alive' });
    case '/readyz': {
      const readiness = await watch.readiness();
      return json(readiness.is === 'ready' ? 200 : 503, readiness);
    }
    case '/':
    case '/status': {
      const status = await watch.status();
      return wantsPage ? { code: 200, type: 'text/html', text: page(status) } : json(200, status);
    }
    default:
      return { code: 404, type: 'text/plain', text: 'there are /livez, /readyz and /status\n' };
  }
}

const json = (code: number, value: object): Answer => ({ code, type: 'application/json', text: `${JSON.stringify(value)}\n` });
