/** A server with a gateway over a local model server, with a configuration written in the test. */
import type { TestContext } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { ModelServer } from '../../src/testing/model-server/model-server.ts';
import { rig } from '../gateway/rig.ts';
import { served, type Served } from './served.ts';

export interface ServedGateway extends Served {
  readonly models: ModelServer;
  readonly backend: Backend;
  /** Everything that was inferred is in the ledger. */
  settled(this: void): Promise<void>;
  /** Where it listens, from the first call on. */
  url(this: void): Promise<string>;
}

/** `talk` chats, `script` answers JSON by the model `good`; `two` asks the models `first` and then `second`. */
const functions = {
  talk: { type: 'chat', variants: { one: { type: 'chat_completion', model: 'good' } } },
  two: { type: 'chat', variants: { one: { type: 'chat_completion', model: 'two' } } },
  script: { type: 'json', output_schema: 'files/script.json', variants: { one: { type: 'chat_completion', model: 'good' } } },
};

export async function servedGateway(t: TestContext, table: object = {}): Promise<ServedGateway> {
  const { backend, gateway, models } = await openGateway(t, table);
  const it = await served(t, { backend, parts: { gateway: async () => gateway } });
  return {
    ...it,
    backend,
    models,
    settled: () => gateway.settled(),
    url: () => it.app.listen({ host: '127.0.0.1', port: 0 }),
  };
}

/** The gateway alone, for a server that is opened in another way. */
export async function openGateway(
  t: TestContext,
  table: object = {},
): Promise<{ readonly backend: Backend; readonly gateway: Gateway; readonly models: ModelServer }> {
  const backend = openMemory();
  const { gateway, server: models, ...others } = await rig({ functions, metrics, ...table }, { backend });
  t.after(() => others[Symbol.asyncDispose]());
  return { backend, gateway, models };
}

const metrics = {
  liked: { type: 'boolean', optimize: 'max', level: 'inference' },
  done: { type: 'boolean', optimize: 'max', level: 'episode' },
};

/** The data of server-sent events, `[DONE]` as it is; named events under their names. */
export function eventsOf(text: string): readonly { readonly event?: string; readonly data: unknown }[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1] ?? '';
      return { ...(event === undefined ? {} : { event }), data: data === '[DONE]' ? data : (JSON.parse(data) as unknown) };
    });
}
