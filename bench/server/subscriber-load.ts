/** Follows one run over many WebSockets, and says what each of them heard. */
import { WebSocket } from 'ws';
import { inFlight, percentile } from '../measure.ts';
import { endWith, say, told } from './part-process.ts';
import { requester } from './requests.ts';

export interface SubscriberLoad {
  readonly url: string;
  readonly key: string;
  readonly count: number;
}

export interface Heard {
  readonly events: number;
  /** Who heard all of them, in order. */
  readonly complete: number;
  readonly p50: number;
  readonly p99: number;
}

interface Message {
  readonly cursor?: number;
  readonly event: string;
  readonly at: number;
}

// Whoever starts this script says it in this form.
const { url, key, count } = told() as SubscriberLoad;
const ask = requester(1);
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
endWith(async () => undefined);

async function post(path: string, body: object): Promise<unknown> {
  const { status, text } = await ask({ method: 'POST', url: url + path, headers, body: JSON.stringify(body) });
  if (status >= 300) throw new Error(`${path} answered ${status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

// The route answers with the run that it has started.
const { workflow_id: run } = (await post('/api/v1/workflows', { workflow: 'paced', input: null })) as { readonly workflow_id: string };

/** Milliseconds between an event and its receipt, of those that happened after everybody was there. */
const times: number[] = [];
let began = Infinity;

interface Listener {
  readonly cursors: number[];
  readonly over: Promise<void>;
}

async function listener(): Promise<Listener> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/workflows/${run}`, { headers });
  const cursors: number[] = [];
  socket.on('message', (data: Buffer) => {
    const now = Date.now();
    const { cursor, at } = JSON.parse(data.toString()) as Message;
    if (cursor === undefined) return;
    cursors.push(cursor);
    if (at >= began) times.push(now - at);
  });
  const over = new Promise<void>((resolve) => void socket.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => void socket.once('open', () => resolve()).once('error', reject));
  return { cursors, over };
}

const listeners: Listener[] = [];
await inFlight(50, count, async () => void listeners.push(await listener()));
began = Date.now();
await post(`/api/v1/workflows/${run}/signal`, { name: 'go' });
await Promise.all(listeners.map(({ over }) => over));
// What one who comes afterwards is told is what everybody should have heard.
const after = await listener();
await after.over;
const whole = JSON.stringify(after.cursors);
const result: Heard = {
  events: after.cursors.length,
  complete: listeners.filter(({ cursors }) => JSON.stringify(cursors) === whole).length,
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
};
say(result);
