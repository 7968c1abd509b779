/** A gateway over a local model server, with a configuration written in the test. */
import { systemClock } from '../../src/engine/system-clock.ts';
import { openMemory } from '../../src/backends/memory/index.ts';
import { must, readConfig } from '../../src/gateway/config/load.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { gatewayOn } from '../../src/gateway/open.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { ModelServer } from '../../src/testing/model-server/model-server.ts';

export interface Rig extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly server: ModelServer;
  readonly backend: Backend;
  readonly warnings: readonly string[];
}

interface RigOptions {
  readonly backend?: Backend;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Every model of the table asks the server, under its own name, by the providers `first` and `second`. */
export async function rig(table: object, options: RigOptions = {}): Promise<Rig> {
  const server = await ModelServer.start();
  const backend = options.backend ?? openMemory();
  const warnings: string[] = [];
  const gateway = gatewayOn({
    config: must(readConfig({ models: modelsAt(server.url), ...table }, { dir: import.meta.dirname })),
    ledger: backend.ledger,
    meters: backend.meters,
    clock: options.clock ?? systemClock,
    env: options.env ?? {},
    warn: (message) => warnings.push(message),
    ...(options.random === undefined ? {} : { random: options.random }),
  });
  return {
    gateway,
    server,
    backend,
    warnings,
    [Symbol.asyncDispose]: async () => {
      await gateway.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** `good` asks the server's model `good`; `two` asks `first` and then `second`. */
export function modelsAt(url: string): object {
  const provider = (model: string): object => ({
    type: 'openai_compatible',
    model_name: model,
    api_base: `${url}/v1`,
    api_key_location: 'none',
  });
  const model = (...names: readonly string[]): object => ({
    routing: names,
    providers: Object.fromEntries(names.map((name) => [name, provider(name)])),
  });
  return { good: model('good'), other: model('other'), judge: model('judge'), two: model('first', 'second') };
}

export const schema = (properties: object): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
