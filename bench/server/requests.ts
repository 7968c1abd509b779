/** Requests over connections that are kept, as a client makes them that asks often. */
import { Agent, request } from 'node:http';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export function requester(connections: number): (asked: Request) => Promise<Answer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const asking = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      });
      asking.on('error', reject);
      asking.end(body);
    });
}
