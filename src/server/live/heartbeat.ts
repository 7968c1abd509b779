/**
 * Finds WebSockets behind which nobody is.
 *
 * H1. Who neither answers a ping nor takes anything of what was written, from one look to the next, is cut off.
 * H2. Who says more than a client has to say is cut off too.
 */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../../ports/clock.ts';

interface Beating {
  readonly socket: WebSocket;
  readonly wire: Duplex;
  answered: boolean;
  waiting: number;
  said: number;
}

/** Messages of a client between two looks. */
const saidAtMost = 100;

export class Heartbeat {
  readonly #clock: Clock;
  readonly #every: number;
  readonly #all = new Set<Beating>();
  #disarm: (() => void) | undefined;

  constructor(clock: Clock, every: number) {
    this.#clock = clock;
    this.#every = every;
  }

  watch(socket: WebSocket, wire: Duplex): void {
    const one: Beating = { socket, wire, answered: true, waiting: 0, said: 0 };
    this.#all.add(one);
    socket.on('pong', () => (one.answered = true));
    socket.on('message', () => this.#said(one));
    socket.on('ping', () => this.#said(one));
    socket.on('close', () => {
      this.#all.delete(one);
      if (this.#all.size === 0) this.close();
    });
    this.#disarm ??= this.#next();
  }

  close(): void {
    this.#disarm?.();
    this.#disarm = undefined;
  }

  #said(one: Beating): void {
    one.answered = true;
    if (++one.said === saidAtMost) one.socket.close(1008, 'REQUESTS_LIMITED: nothing needs to be said here so often');
  }

  #next(): () => void {
    return this.#clock.at(this.#clock.now() + this.#every, () => {
      this.#disarm = this.#next();
      for (const one of this.#all) look(one);
    });
  }
}

function look(one: Beating): void {
  const { socket, wire } = one;
  const takes = wire.writableLength < one.waiting;
  if (!one.answered && !takes) return socket.terminate();
  one.answered = false;
  one.said = 0;
  one.waiting = wire.writableLength;
  socket.ping();
}
