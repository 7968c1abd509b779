/** What goes to one Socket.IO client, over whatever carries it just now. */
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { Json } from '../../core/data/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Principal } from '../access/principal.ts';

export interface SocketData {
  principal: Principal;
}

export type ClientSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** Beside what an event says: where it comes from, and where to go on. */
export interface Postmark {
  readonly room: string;
  readonly cursor?: number;
  readonly at?: number;
  readonly run?: string;
}

/** Names that Socket.IO keeps for itself. */
const reserved: ReadonlySet<string> = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']);

const lookEvery = 50;

export class Post {
  readonly #socket: ClientSocket;
  readonly #clock: Clock;
  /** Bytes that the carrier has in hand, and those that wait for it. */
  #handed = 0;
  #queued = 0;

  constructor(socket: ClientSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    // The carrier takes more when it is rid of everything before.
    socket.conn.on('flush', () => {
      this.#handed = this.#queued;
      this.#queued = 0;
    });
  }

  get waiting(): number {
    return this.#socket.conn.transport.writable ? 0 : this.#handed + this.#queued;
  }

  send(name: string, data: Json, postmark: Postmark, bytes: number): void {
    this.#queued += bytes;
    this.#socket.emit(reserved.has(name) ? `event:${name}` : name, data, postmark);
  }

  async taken(): Promise<void> {
    while (this.waiting > 0 && this.#socket.connected)
      await new Promise<void>((resolve) => void this.#clock.at(this.#clock.now() + lookEvery, resolve));
  }
}
