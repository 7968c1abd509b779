/** Starts runs as fast as they are accepted. */
import autocannon from 'autocannon';
import { endWith, say, told, whenTold } from './part-process.ts';

export interface StartLoad {
  readonly url: string;
  readonly key: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface Started {
  readonly perSecond: number;
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers other than that it was accepted, and connections that broke. */
  readonly refused: number;
}

// Whoever starts this script says it in this form.
const { url, key, connections, seconds } = told() as StartLoad;
endWith(async () => undefined);

async function round(duration: number): Promise<Started> {
  const { requests, latency, non2xx, errors } = await autocannon({
    url: `${url}/api/v1/workflows`,
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ workflow: 'one', input: { n: 1, text: '' } }),
    connections,
    duration,
  });
  return { perSecond: requests.average, count: requests.total, p50: latency.p50, p99: latency.p99, refused: non2xx + errors };
}

await round(5);
await whenTold({ is: 'warm' });
say(await round(seconds));
