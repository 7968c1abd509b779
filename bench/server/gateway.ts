/** What the gateway adds to a call when it is asked over HTTP: the model is asked directly, through a bare proxy and by each of its ways, in turns. */
import { atMost, type Row } from '../distributed/goals.ts';
import { inDirectory } from '../measurement.ts';
import type { GatewayLoad, GatewayRounds } from './gateway-load.ts';
import type { Options } from './options.ts';
import { withParts, type Part } from './process.ts';
import type { Request } from './requests.ts';
import { farOf, type ServedSays } from './serving.ts';

const delay = 20;
const messages = [{ role: 'user', content: 'What is a kite?' }];

export async function gateway({ dir, limitSeconds, rounds: turns, profile }: Options): Promise<readonly Row[]> {
  return inDirectory(dir, (own) =>
    withParts([{ script: 'model.ts', words: { delay }, limitSeconds }], async (model) => {
      const { url } = await model.says<{ readonly url: string }>();
      const serving = [
        { script: 'served.ts', words: { dir: own, model: url }, limitSeconds, profile },
        { script: 'bare-proxy.ts', words: { model: url }, limitSeconds },
      ];
      return withParts(serving, async (served, proxy) => {
        const { url: base, key } = await served.says<ServedSays>();
        const { url: passing } = await proxy.says<{ readonly url: string }>();
        const json = { 'content-type': 'application/json' };
        const direct: Request = {
          method: 'POST',
          url: `${url}/v1/chat/completions`,
          headers: json,
          body: JSON.stringify({ model: 'm', messages }),
        };
        const bare: Request = { ...direct, url: passing };
        const through = (path: string, body: object): Request => ({
          method: 'POST',
          url: base + path,
          headers: { ...json, authorization: `Bearer ${key}` },
          body: JSON.stringify(body),
        });
        const asked = {
          direct,
          bare,
          through: {
            '/inference': through('/inference', { function_name: 'talk', input: { messages } }),
            '/openai/v1/chat/completions': through('/openai/v1/chat/completions', { model: 'talk', messages }),
          },
        };
        // In this order, so that one at a time comes to a server that has answered some thousands.
        const many = await rounds(served, { ...asked, inFlight: 16, calls: 1600, rounds: turns }, limitSeconds);
        const one = await rounds(served, { ...asked, inFlight: 1, calls: 100, rounds: turns }, limitSeconds);
        return [...rowsOf(many), ...rowsOf(one)];
      });
    }),
  );
}

async function rounds(served: Part, words: GatewayLoad, limitSeconds: number): Promise<GatewayRounds & { readonly cpu: number }> {
  return withParts([{ script: 'gateway-load.ts', words, limitSeconds }], async (load) => {
    await load.says();
    const before = await farOf(served);
    load.tell({ is: 'go' });
    const made = await load.says<GatewayRounds>();
    return { ...made, cpu: ((await farOf(served)).cpu - before.cpu) / made.calls };
  });
}

function rowsOf({ inFlight, direct, through, addedByBare, cpu }: GatewayRounds & { readonly cpu: number }): readonly Row[] {
  const what = `${inFlight} in flight`;
  return [
    { what: `${what}: directly (p50)`, figure: direct.p50, unit: 'ms' },
    { what: `${what}: directly (p99)`, figure: direct.p99, unit: 'ms' },
    { what: `${what}: a bare proxy adds (p50)`, figure: addedByBare.p50, unit: 'ms' },
    { what: `${what}: a bare proxy adds (p99)`, figure: addedByBare.p99, unit: 'ms' },
    { what: `${what}: the server's main thread, a call`, figure: cpu, unit: 'ms' },
    ...Object.entries(through).flatMap(([name, { whole, added }]) => [
      { what: `${name}, ${what}: through the gateway (p50)`, figure: whole.p50, unit: 'ms' },
      { what: `${name}, ${what}: through the gateway (p99)`, figure: whole.p99, unit: 'ms' },
      { what: `${name}, ${what}: added (p50)`, figure: added.p50, unit: 'ms', ...(inFlight === 1 ? { goal: atMost(1) } : {}) },
      { what: `${name}, ${what}: added (p99)`, figure: added.p99, unit: 'ms', ...(inFlight === 16 ? { goal: atMost(4) } : {}) },
    ]),
  ];
}
