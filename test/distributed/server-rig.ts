/** Servers on one store: each with an engine of its own, a way of its own to Postgres and Redis, and a port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Orchestrator, serverTools, type OpenOptions, type ServerSettings, type ServeOptions } from '../../src/compose.ts';
import type { Scope } from '../../src/ports/access.ts';
import { freshKey } from '../../src/server/access/key-text.ts';
import type { Problem } from '../../src/server/http/problem.ts';
import { adminKey } from '../server/served.ts';
import type { Apart, SharedStore } from './shared-store.ts';

export { adminKey };

export interface NodeOptions extends Pick<OpenOptions, 'agents' | 'workflows' | 'telemetry'> {
  readonly settings?: ServerSettings;
  /** The environment sets no key. */
  readonly keyless?: boolean;
  readonly lease?: number;
  readonly draining?: ServeOptions['draining'];
}

export interface Asked {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; that it has these fields is what the test is about. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what the test expects
  as<T = Problem>(this: void): T;
}

export interface ServerNode {
  readonly orchestrator: Orchestrator;
  readonly way: Apart;
  /** Names the store among those of the servers of this file. */
  readonly dir: string;
  /** `127.0.0.1:40123` */
  readonly host: string;
  readonly url: string;
  key(this: void, scopes: readonly Scope[], projects?: readonly string[]): Promise<string>;
  /** With the admin key unless another, or '' for none, is given. */
  ask(this: void, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, asked?: Asked): Promise<Answered>;
}

/** Opens nodes on a store that is theirs alone; they are closed after the test. */
export async function servers(t: TestContext, store: SharedStore): Promise<(options?: NodeOptions) => Promise<ServerNode>> {
  const dir = await mkdtemp(join(tmpdir(), 'continuo-servers-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return (options = {}) => node(t, store, dir, options);
}

async function node(t: TestContext, store: SharedStore, dir: string, options: NodeOptions): Promise<ServerNode> {
  const { agents = [], workflows = [], telemetry, settings, keyless = false, lease, draining } = options;
  const tools = await serverTools();
  const way = await store.openApart(dir, { role: 'engine', ...(lease === undefined ? {} : { lease }) });
  const attended = tools.attended(way.backend);
  const orchestrator = await Orchestrator.open({ backend: attended.backend, agents, workflows, telemetry });
  for (const name of ['engine:error', 'engine:stalled'] as const) orchestrator.on(name, () => undefined);
  const server = await tools.serve({
    orchestrator,
    attended,
    telemetry,
    version: '0.0.0-test',
    port: 0,
    settings: { ...(keyless ? {} : { adminKey }), requestsPerSecond: 0, ...settings },
    ...(draining === undefined ? {} : { draining }),
  });
  t.after(async () => {
    way.silence()();
    await server.close();
    await orchestrator.close();
    await way.close();
  });
  return {
    orchestrator,
    way,
    dir,
    url: server.url,
    host: new URL(server.url).host,
    key: async (scopes, projects) => {
      const { id, text, hash } = freshKey();
      const bound = projects === undefined ? {} : { projects };
      await way.backend.access.keys.add({ id, hash, name: 'test', scopes, createdAt: 0, createdBy: 'test', ...bound });
      return text;
    },
    ask: (method, path, asked) => ask(server.url, method, path, asked),
  };
}

export async function ask(
  url: string,
  method: string,
  path: string,
  { key = adminKey, body, headers = {} }: Asked = {},
): Promise<Answered> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
    as: <T>() => JSON.parse(text) as T,
  };
}
