/**
 * A server that stands in for the providers of models: it speaks OpenAI's chat completions, Anthropic's messages and
 * Google's generateContent, streamed and not, OpenAI's pictures and speech and Google's, and answers what it is told to.
 *
 * V1. A request takes the next reply of its model's script, then that of `otherwise`; without either it is answered 599
 *     and `verify` throws.
 * V2. `verify` also throws when a scripted reply was not asked for.
 * V3. The newest requests are remembered, so that a long bench does not fill the memory; counts count all.
 * V4. Keys are not in what is recorded, unless `recordKeys` says so.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Reply, Sent } from './script.ts';
import { routeOf } from './route.ts';
import type { Route } from './route.ts';
import { write } from './write.ts';

export interface Received {
  /** The path, without its query. */
  readonly path: string;
  readonly model: string;
  readonly streamed: boolean;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Resolves when the client went away before the answer was whole. */
  readonly gone: Promise<void>;
}

const remembered = 5000;
const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'x-api-key', 'x-goog-api-key']);

export class ModelServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #recordKeys: boolean;
  readonly #scripts = new Map<string, Reply[]>();
  #received: Received[] = [];
  #arrived = 0;
  readonly #counts = new Map<string, number>();
  readonly #unexpected: string[] = [];
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  #otherwise: ((model: string) => Reply) | undefined;
  #url = '';

  private constructor(recordKeys: boolean) {
    this.#recordKeys = recordKeys;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
  }

  /**
   * ```ts
   * await using server = await ModelServer.start();
   * server.script('gpt-test', status(429, 'slow down'), answer('Hello.'));
   * ```
   */
  static async start(options: { readonly recordKeys?: boolean } = {}): Promise<ModelServer> {
    const it = new ModelServer(options.recordKeys ?? false);
    await new Promise<void>((resolve) => it.#server.listen(0, '127.0.0.1', resolve));
    const address = it.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    it.#url = `http://127.0.0.1:${address.port}`;
    return it;
  }

  /** Without a path; providers add `/v1` and what follows. */
  get url(): string {
    return this.#url;
  }

  /** Those that are remembered, in the order in which they came. */
  get requests(): readonly Received[] {
    return this.#received;
  }

  count(model: string): number {
    return this.#counts.get(model) ?? 0;
  }

  /** Replies to the next requests for a model, in this order. */
  script(model: string, ...replies: readonly Reply[]): void {
    this.#scripts.set(model, [...(this.#scripts.get(model) ?? []), ...replies]);
  }

  /** What is answered when a script has nothing more. */
  otherwise(reply: Reply | ((model: string) => Reply)): void {
    this.#otherwise = typeof reply === 'function' ? reply : () => reply;
  }

  /** Resolves when so many requests have come, all models together. */
  async received(count: number): Promise<Received> {
    if (this.#arrived < count) await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    const request = this.#received[count - 1 - (this.#arrived - this.#received.length)];
    if (request === undefined) throw new Error(`request ${count} is not remembered any more`);
    return request;
  }

  verify(): void {
    const left = [...this.#scripts].filter(([, replies]) => replies.length > 0);
    const problems = [
      ...this.#unexpected.map((model) => `${model} was asked, and nothing was scripted for it`),
      ...left.map(([model, replies]) => `${replies.length} scripted replies of ${model} were not asked for`),
    ];
    if (problems.length > 0) throw new Error(`the model server: ${problems.join('; ')}`);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += String(piece);
    const body = (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>;
    const route = routeOf(request.url ?? '/', body);
    this.#record(request, response, route, body);
    const sent: Sent = { key: keyIn(request), body: text };
    await write(response, route, this.#replyFor(route), sent);
  }

  #replyFor({ model }: Route): Reply {
    const reply = this.#scripts.get(model)?.shift() ?? this.#otherwise?.(model);
    if (reply !== undefined) return reply;
    this.#unexpected.push(model);
    return { is: 'status', status: 599, body: `nothing is scripted for ${model}` };
  }

  #record(request: IncomingMessage, response: ServerResponse, route: Route, body: Readonly<Record<string, unknown>>): void {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      if (typeof value === 'string' && (this.#recordKeys || !secretHeaders.has(name))) headers[name] = value;
    const gone = new Promise<void>((resolve) => {
      response.once('close', () => {
        if (!response.writableFinished) resolve();
      });
    });
    this.#received.push({ path: route.path, model: route.model, streamed: route.streamed, body, headers, gone });
    if (this.#received.length > 2 * remembered) this.#received = this.#received.slice(-remembered);
    this.#arrived += 1;
    this.#counts.set(route.model, this.count(route.model) + 1);
    const due = this.#waiting.filter(({ count }) => count <= this.#arrived);
    this.#waiting = this.#waiting.filter(({ count }) => count > this.#arrived);
    for (const { resolve } of due) resolve();
  }
}

function keyIn(request: IncomingMessage): string {
  const { authorization, 'x-api-key': anthropic, 'x-goog-api-key': google } = request.headers;
  return String(anthropic ?? google ?? authorization?.replace(/^Bearer /, '') ?? '');
}
