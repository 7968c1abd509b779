/** One port before several servers: each connection goes to the next of them that takes it. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

export class Balancer {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Ports of loopback. */
  #targets: readonly number[] = [];
  #next = 0;

  private constructor() {
    this.#server = createServer((client) => this.#join(client, this.#targets.length));
  }

  static async open(): Promise<Balancer> {
    const balancer = new Balancer();
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  get url(): string {
    // It listens on a port, not on a pipe.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that are open stay where they are. */
  before(...targets: readonly number[]): void {
    this.#targets = targets;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await once(this.#server, 'close');
  }

  #join(client: Socket, left: number): void {
    client.on('error', () => undefined);
    const port = this.#targets[this.#next++ % Math.max(1, this.#targets.length)];
    if (port === undefined || left === 0) {
      client.destroy();
      return;
    }
    const server = connect({ port, host: '127.0.0.1' });
    const again = (): void => this.#join(client, left - 1);
    server.once('error', again);
    server.once('connect', () => {
      server.off('error', again);
      this.#tie(client, server);
    });
  }

  #tie(client: Socket, server: Socket): void {
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
