/**
 * What the gateway adds to a call, in process: the same model is called directly and through the gateway, in turns,
 * with sixteen calls in flight. Once the model answers at once, so that what is left is work, and each call waits for
 * the work of the fifteen others; then in a turn of the event loop of its own, as every answer does that comes from
 * outside (at once, a round is one turn, the sixteen go in step, and nothing is heard of the ledger's thread before its
 * end); then after twenty milliseconds. `cpu` is the main thread's, in milliseconds a call.
 *
 *   npm run bench:gateway [-- calls to look at memory over, 200000]
 *
 * The ledger is real (SQLite, synchronous), templates are rendered, inputs and outputs are validated.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as setImmediately, setTimeout } from 'node:timers/promises';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { openGateway } from '../../src/compose.ts';

const inFlight = 16;
const callsARound = 1600;
const rounds = 25;
const mockDelay = 20;

const reply = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: '{"title":"Kites","minutes":3}' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 },
});

let pause = async (): Promise<void> => {};
const answering: typeof fetch = async () => {
  await pause();
  return new Response(reply, { headers: { 'content-type': 'application/json' } });
};

const dir = mkdtempSync(join(tmpdir(), 'continuo-bench-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return name;
};
const schema = (properties: object): string =>
  JSON.stringify({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false });

const gateway = await openGateway({
  dir: join(dir, 'data'),
  fetch: answering,
  config: {
    dir,
    table: {
      models: {
        m: {
          routing: ['p'],
          providers: { p: { type: 'vllm', model_name: 'm', api_base: 'http://localhost:1/v1', api_key_location: 'none' } },
        },
      },
      functions: {
        script: {
          type: 'json',
          user_schema: file('topic.json', schema({ topic: { type: 'string' } })),
          output_schema: file('script.json', schema({ title: { type: 'string' }, minutes: { type: 'number' } })),
          variants: {
            one: {
              type: 'chat_completion',
              model: 'm',
              system_template: file('system.minijinja', 'You write scripts.'),
              user_template: file('user.minijinja', 'Write about {{ topic }}.'),
            },
          },
        },
      },
    },
  },
});

const model = createOpenAICompatible({
  name: 'p',
  baseURL: 'http://localhost:1/v1',
  fetch: answering,
  supportsStructuredOutputs: true,
}).chatModel('m');
const output = {
  type: 'object' as const,
  properties: { title: { type: 'string' as const }, minutes: { type: 'number' as const } },
  required: ['title', 'minutes'],
  additionalProperties: false,
};

const direct = async (): Promise<unknown> =>
  model.doGenerate({
    prompt: [
      { role: 'system', content: 'You write scripts.' },
      { role: 'user', content: [{ type: 'text', text: 'Write about kites.' }] },
    ],
    responseFormat: { type: 'json', name: 'script', schema: output },
  });
const through = async (): Promise<unknown> => gateway.infer('script', { topic: 'kites' });

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  readonly cpu: number;
}

async function round(call: () => Promise<unknown>, calls: number): Promise<Round> {
  const latencies: number[] = [];
  let left = calls;
  const began = performance.now();
  const cpu = process.threadCpuUsage();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) {
        const start = performance.now();
        await call();
        latencies.push(performance.now() - start);
      }
    }),
  );
  const took = performance.now() - began;
  const { user, system } = process.threadCpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), perSecond: (calls / took) * 1000, cpu: (user + system) / 1000 / calls };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const of = (all: readonly Round[], key: keyof Round): number => median(all.map((one) => one[key]));

async function memory(calls: number): Promise<void> {
  if (calls === 0) return;
  process.stderr.write(`\nmemory over ${calls} calls (MiB): calls, heap after a collection, resident\n`);
  const step = calls / 10;
  for (let done = 0; done <= calls; done += step) {
    if (done > 0) await round(through, step);
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    const line = { calls: done, heap: Math.round(heapUsed / 2 ** 20), resident: Math.round(rss / 2 ** 20) };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

async function compare(what: string, turns: number): Promise<void> {
  const told: Record<'direct' | 'through', Round[]> = { direct: [], through: [] };
  for (let turn = 0; turn < turns; turn++) {
    for (const [who, call] of [
      ['direct', direct],
      ['through', through],
    ] as const) {
      // No round pays for what another one left behind.
      globalThis.gc?.({ type: 'minor' });
      told[who].push(await round(call, callsARound));
      await gateway.settled();
    }
  }
  const added = (key: 'p50' | 'p99' | 'cpu'): number => median(told.through.map((one, turn) => one[key] - (told.direct[turn]?.[key] ?? 0)));
  for (const who of ['direct', 'through'] as const)
    tell({ what, who, inFlight, p50: of(told[who], 'p50'), p99: of(told[who], 'p99'), perSecond: Math.round(of(told[who], 'perSecond')) });
  tell({ what, added: { p50: added('p50'), p99: added('p99'), cpu: added('cpu') } });
}

function tell(line: object): void {
  process.stdout.write(
    `${JSON.stringify(line, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value))}\n`,
  );
}

try {
  for (let warm = 0; warm < 3; warm++) {
    await round(direct, callsARound);
    await round(through, callsARound);
  }
  await compare('at once', rounds);
  pause = () => setImmediately();
  await compare('in a turn of its own', rounds);
  pause = () => setTimeout(mockDelay);
  await compare(`after ${mockDelay} ms`, 5);
  pause = () => setImmediately();
  await memory(Number(process.argv[2] ?? 200_000));
} finally {
  await gateway.close();
  rmSync(dir, { recursive: true, force: true });
}
