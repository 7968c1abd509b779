/**
 * A line to a server that can be made bad: slow, silent, cut, closed on one side, or dead to newcomers.
 *
 * T1. What was sent is never dropped by silence: it is kept here, and delivered late, in order, even when its sender is
 *     gone by then. Only a cut loses bytes.
 * T2. Whatever was done to the line, `calm` makes it good again for everything that is sent from then on.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';

type Weather = { readonly is: 'calm' } | { readonly is: 'slow'; readonly by: number } | { readonly is: 'silent' };

/** Bytes on their way, or the end of them. */
interface Parcel {
  readonly content: Buffer | 'end';
  /** Not before this. */
  readonly due: number;
}

/** One direction of one connection. */
class Lane {
  readonly #to: Socket;
  readonly #weather: () => Weather;
  readonly #parcels: Parcel[] = [];
  #wake: (() => void) | undefined;
  #going = false;

  constructor(from: Socket, to: Socket, weather: () => Weather) {
    this.#to = to;
    this.#weather = weather;
    from.on('data', (bytes: Buffer) => this.#post(bytes));
    // An error is an end, too: what came before it goes on.
    from.once('end', () => this.#post('end'));
    from.once('close', () => this.#post('end'));
  }

  /** The weather has changed. */
  stir(): void {
    this.#wake?.();
  }

  /** Ends this direction behind what is on its way. */
  end(): void {
    this.#post('end');
  }

  #post(content: Parcel['content']): void {
    const weather = this.#weather();
    this.#parcels.push({ content, due: Date.now() + (weather.is === 'slow' ? weather.by : 0) });
    if (!this.#going) void this.#go();
  }

  async #go(): Promise<void> {
    this.#going = true;
    for (let next = this.#parcels[0]; next !== undefined; next = this.#parcels[0]) {
      const early = next.due - Date.now();
      if (this.#weather().is === 'silent') await new Promise<void>((resolve) => (this.#wake = resolve));
      else if (early > 0 && this.#weather().is === 'slow') await after(early);
      else {
        this.#parcels.shift();
        this.#deliver(next.content);
      }
    }
    this.#going = false;
  }

  #deliver(content: Parcel['content']): void {
    if (this.#to.destroyed || !this.#to.writable) return;
    if (content === 'end') this.#to.end();
    else this.#to.write(content);
  }
}

interface Line {
  readonly sockets: readonly [Socket, Socket];
  readonly there: Lane;
  readonly back: Lane;
}

export class Proxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #lines = new Set<Line>();
  #weather: Weather = { is: 'calm' };
  #refusing = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#join(client));
  }

  /** Before a server on a port of loopback. */
  static async before(target: number): Promise<Proxy> {
    const proxy = new Proxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    // It listens on a port, not on a pipe.
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections go through it just now. */
  get lines(): number {
    return this.#lines.size;
  }

  calm(): void {
    this.#refusing = false;
    this.#change({ is: 'calm' });
  }

  /** Everything takes so many milliseconds longer, in either direction. */
  delay(by: number): void {
    this.#change({ is: 'slow', by });
  }

  /** Nothing arrives any more; what is sent meanwhile arrives when it is calm again. */
  hold(): void {
    this.#change({ is: 'silent' });
  }

  /** Connections end at once, with what was on its way; newcomers find nobody. */
  refuse(): void {
    this.#refusing = true;
    this.cut();
  }

  /** Connections end at once, with what was on its way. */
  cut(): void {
    for (const { sockets } of this.#lines) for (const socket of sockets) socket.resetAndDestroy();
  }

  /** The server has said its last word on each connection, and goes on listening. */
  halfClose(): void {
    for (const { back } of this.#lines) back.end();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const { sockets } of this.#lines) for (const socket of sockets) socket.destroy();
    await closed;
  }

  #change(weather: Weather): void {
    this.#weather = weather;
    for (const { there, back } of this.#lines) {
      there.stir();
      back.stir();
    }
  }

  #join(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    server.on('error', () => client.destroy());
    const weather = (): Weather => this.#weather;
    const line: Line = { sockets: [client, server], there: new Lane(client, server, weather), back: new Lane(server, client, weather) };
    this.#lines.add(line);
    let open = 2;
    for (const socket of line.sockets) {
      socket.once('close', () => {
        if (--open === 0) this.#lines.delete(line);
      });
    }
  }
}
