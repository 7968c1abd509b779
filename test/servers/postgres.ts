/** A Postgres of one's own, on a free port of loopback, ended with the process that asked for it. */
export { freePort } from './free-port.ts';
import { keep, type KeptServer } from './kept.ts';

export interface PostgresServer extends KeptServer {
  readonly url: string;
}

/** `settings` are those of `postgresql.conf`: `fsync=off`. */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const server = await keep(
    'postgres',
    settings.flatMap((one) => ['-c', one]),
  );
  return { ...server, url: `postgres://continuo@127.0.0.1:${server.port}/postgres` };
}
