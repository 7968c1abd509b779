/** The server on a socket. */
import { ContinuoError } from '../core/errors.ts';
import { buildApp } from './http/build-app.ts';
import type { ServerParts } from './parts.ts';

export interface OpenServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface Place {
  readonly host: string;
  /** Any free one when 0. */
  readonly port: number;
}

export async function openServer(parts: ServerParts, { host, port }: Place): Promise<OpenServer> {
  const { app } = await buildApp(parts);
  try {
    const url = await app.listen({ host, port });
    return { url, close: () => app.close() };
  } catch (error) {
    await app.close();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'EADDRINUSE' ? 'somebody else listens there' : error instanceof Error ? error.message : String(error);
    throw new ContinuoError('USAGE', `the server cannot listen at ${host} port ${port}: ${why}; choose another --port or --host`);
  }
}
