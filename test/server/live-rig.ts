/** A server on a port, runs that go on when they are told to, and readers of what they do. */
import type { TestContext } from 'node:test';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';
import { agentRef } from '../../src/core/plan/agent-ref.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import type { AnyWorkflow } from '../../src/core/plan/workflow.ts';
import { agent } from '../../src/engine/agent.ts';
import type { AgentContext } from '../../src/ports/agent.ts';
import { adminKey, served, type Served, type ServedOptions } from './served.ts';

/** A message as it came. */
export interface Told {
  readonly cursor?: number;
  readonly event: string;
  readonly at: number;
  readonly run?: string;
  readonly data: { readonly [name: string]: unknown };
}

const held = agentRef<unknown, unknown>('held');

/** Three steps, each of which ends when it is let go. */
export const story: AnyWorkflow = workflow<unknown>('story')
  .step('first', held, ({ input }) => input)
  .step('second', held, ({ first }) => first)
  .step('third', held, ({ second }) => second)
  .output(({ third }) => third);

export interface Holding {
  readonly agents: readonly unknown[];
  /** Lets an attempt end that has begun, or will. */
  go(this: void, step: string, run?: string): void;
  /** Resolves with what an attempt that has begun was given. */
  at(this: void, step: string, run?: string): Promise<AgentContext>;
}

export function holding(): Holding {
  const doors = new Map<string, PromiseWithResolvers<void>>();
  const begun = new Map<string, PromiseWithResolvers<AgentContext>>();
  const of = <T>(all: Map<string, PromiseWithResolvers<T>>, step: string, run: string): PromiseWithResolvers<T> => {
    const name = `${run}/${step}`;
    const one = all.get(name) ?? Promise.withResolvers<T>();
    all.set(name, one);
    return one;
  };
  return {
    agents: [
      agent({
        id: 'held',
        capabilities: ['holding'],
        run: async (value: unknown, ctx) => {
          of(begun, ctx.stepId, ctx.runId).resolve(ctx);
          of(begun, ctx.stepId, '').resolve(ctx);
          await Promise.race([of(doors, ctx.stepId, ctx.runId).promise, of(doors, ctx.stepId, '').promise]);
          return value;
        },
      }),
    ],
    go: (step, run = '') => of(doors, step, run).resolve(),
    at: (step, run = '') => of(begun, step, run).promise,
  };
}

export interface Wired extends Served {
  /** `127.0.0.1:40123` */
  readonly host: string;
}

export async function wired(t: TestContext, options: ServedOptions = {}): Promise<Wired> {
  const server = await served(t, options);
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = server.app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens nowhere');
  return { ...server, host: `127.0.0.1:${address.port}` };
}

/** Somebody at the other end of a WebSocket, and all that he was told. */
export class Listener {
  readonly socket: WebSocket;
  readonly told: Told[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  #changed: PromiseWithResolvers<void> = Promise.withResolvers();
  #isClosed = false;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (text: Buffer) => {
      this.told.push(JSON.parse(text.toString()) as Told);
      this.#change();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#isClosed = true;
        this.#change();
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  get names(): readonly string[] {
    return this.told.map(({ event }) => event);
  }

  /** Resolves with the first message that is meant, once it was told. */
  async heard(meant: (told: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.told.find(meant);
      if (found !== undefined) return found;
      if (this.#isClosed) throw new Error(`it was closed before it was told; it was told ${this.names.join(', ')}`);
      await this.#changed.promise;
    }
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

export interface Knock extends ClientOptions {
  readonly key?: string;
  readonly protocols?: readonly string[];
}

/** Opens a WebSocket, with the admin key unless another, or '' for none, is given. */
export async function listen(t: TestContext, host: string, path: string, knock: Knock = {}): Promise<Listener> {
  const socket = knockAt(host, path, knock);
  const listener = new Listener(socket);
  t.after(() => socket.terminate());
  await once(socket, 'open');
  return listener;
}

/** The answer of one who lets nobody in. */
export async function refused(
  host: string,
  path: string,
  knock: Knock = {},
): Promise<{ readonly status: number | undefined; readonly type: string | undefined; readonly code: string; readonly text: string }> {
  const socket = knockAt(host, path, knock);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  socket.on('unexpected-response', (_request, response) => resolve(response));
  socket.on('open', () => reject(new Error('somebody was let in')));
  socket.on('error', reject);
  const answer = await promise;
  const text = (await answer.toArray()).join('');
  socket.on('error', () => undefined);
  socket.terminate();
  // That it is a problem is what the caller looks at.
  const { code } = JSON.parse(text) as { readonly code: string };
  return { status: answer.statusCode, type: answer.headers['content-type'], code, text };
}

function knockAt(host: string, path: string, { key = adminKey, protocols = [], headers = {}, ...options }: Knock): WebSocket {
  return new WebSocket(`ws://${host}${path}`, [...protocols], {
    ...options,
    headers: { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...headers },
  });
}
