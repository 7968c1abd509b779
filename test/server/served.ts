/** A server in this process with an orchestrator on a memory of its own: what tests of routes ask. */
import type { TestContext } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import { Orchestrator, type OpenOptions } from '../../src/compose.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { Scope } from '../../src/ports/access.ts';
import { freshKey } from '../../src/server/access/key-text.ts';
import type { App } from '../../src/server/http/app.ts';
import { buildApp } from '../../src/server/http/build-app.ts';
import type { DeclaredRoute } from '../../src/server/http/guard.ts';
import { Metrics } from '../../src/server/metrics/metrics.ts';
import { watchStore, type StoreWatcher } from '../../src/server/metrics/watch-store.ts';
import type { Problem } from '../../src/server/http/problem.ts';
import type { ServerParts, ServerSettings } from '../../src/server/parts.ts';

export const adminKey = 'an-admin-key-of-the-environment-long-enough';

export interface ServedOptions extends Pick<OpenOptions, 'agents' | 'workflows' | 'telemetry'> {
  readonly backend?: Backend;
  /** Told of what the store does. */
  readonly watchers?: readonly StoreWatcher[];
  readonly settings?: Partial<ServerSettings>;
  readonly parts?: Partial<Omit<ServerParts, 'orchestrator' | 'backend' | 'settings'>>;
}

export interface Asked {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The body as JSON; that it has these fields is what the test is about. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what the test expects
  as<T = Problem>(this: void): T;
}

export interface Served {
  readonly app: App;
  readonly routes: readonly DeclaredRoute[];
  readonly orchestrator: Orchestrator;
  readonly backend: Backend;
  readonly metrics: Metrics;
  /** Makes a key and answers with its text. */
  key(this: void, scopes: readonly Scope[], projects?: readonly string[], changes?: { readonly expiresAt?: number }): Promise<string>;
  /** With the admin key unless another, or '' for none, is given. */
  ask(this: void, method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PATCH', url: string, asked?: Asked): Promise<Answered>;
}

export async function served(t: TestContext, options: ServedOptions = {}): Promise<Served> {
  const metrics = new Metrics('0.0.0-test');
  const backend = watchStore(options.backend ?? openMemory(), [metrics.store, ...(options.watchers ?? [])]);
  const { agents = [], workflows = [], telemetry } = options;
  const orchestrator = await Orchestrator.open({ backend, agents, workflows, telemetry });
  metrics.attend(orchestrator, backend);
  const { app, routes } = await buildApp({
    version: '0.0.0-test',
    clock: systemClock,
    draining: () => false,
    systems: {},
    metrics,
    ...options.parts,
    orchestrator,
    backend,
    settings: { adminKey, requestsPerSecond: 0, ...options.settings },
  });
  t.after(async () => {
    await app.close();
    await orchestrator.close();
    metrics.close();
  });
  return {
    app,
    routes,
    orchestrator,
    backend,
    metrics,
    key: async (scopes, projects, changes = {}) => {
      const { id, text, hash } = freshKey();
      await backend.access.keys.add({
        id,
        hash,
        name: 'test',
        scopes,
        createdAt: 0,
        createdBy: 'test',
        ...(projects === undefined ? {} : { projects }),
        ...changes,
      });
      return text;
    },
    ask: async (method, url, { key = adminKey, body, headers = {} } = {}) => {
      const answer = await app.inject({
        method,
        url,
        headers: { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...headers },
        // A body as JSON, or a text as it is.
        ...(body === undefined ? {} : { payload: body as object | string }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
        as: <T>() => answer.json<T>(),
      };
    },
  };
}
