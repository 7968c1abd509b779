/** A server on this machine that says where it is, and ends with the measurement. */
import type { Server } from 'node:http';
import { endWith, say } from './part-process.ts';

export function sayWhere(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) say({ url: `http://127.0.0.1:${address.port}` });
  });

  endWith(async () => {
    server.closeAllConnections();
    server.close();
  });
}
