/** A WebSocket while it is open: it is counted, looked after, and ended when its key or the server is. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Principal } from '../access/principal.ts';
import type { LiveDesk } from './desk.ts';

export function keep(
  { connections, heartbeat }: Pick<LiveDesk, 'connections' | 'heartbeat'>,
  principal: Principal,
  socket: WebSocket,
  wire: Duplex,
): void {
  const remove = connections.add({
    by: 'websocket',
    principal,
    end: (why) => {
      if (why === 'leaving') socket.close(1001, 'the server ends');
      else socket.close(1008, 'KEY_REQUIRED: the key was revoked or changed, or has expired');
      // Who does not even read that is not waited for.
      if (why === 'leaving') setTimeout(() => socket.terminate(), 1000).unref();
    },
  });
  heartbeat.watch(socket, wire);
  // Broken frames, messages that are too long: the socket closes itself with the code for it.
  socket.on('error', () => undefined);
  socket.on('close', remove);
}
