/** A Redis of one's own, on a free port of loopback, ended with the process that asked for it. */
import { keep, type KeptServer } from './kept.ts';

export interface RedisServer extends KeptServer {
  readonly url: string;
}

/** `settings` as on its command line: `['--maxmemory', '10mb']`. */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const server = await keep('redis', settings);
  return { ...server, url: `redis://127.0.0.1:${server.port}` };
}
