/** Asks the model directly and through the gateway, in turns, and says how long either took. */
import { inFlight as meanwhile, median, percentile } from '../measure.ts';
import { endWith, say, told, whenTold } from './part-process.ts';
import { requester, type Request } from './requests.ts';

export interface GatewayLoad {
  readonly direct: Request;
  readonly through: Request;
  readonly inFlight: number;
  /** Of a round. */
  readonly calls: number;
  readonly rounds: number;
}

interface Times {
  readonly p50: number;
  readonly p99: number;
}

export interface GatewayRounds {
  readonly inFlight: number;
  /** That went through the gateway, after it was warm. */
  readonly calls: number;
  readonly direct: Times;
  readonly through: Times;
  /** Median of what each pair of rounds differs by. */
  readonly added: Times;
}

/** At one in flight it would take minutes until the code is compiled as it is in a server that has run for a while. */
const warm = { width: 16, calls: 3000 };

// Whoever starts this script says it in this form.
const { direct, through, inFlight, calls, rounds } = told() as GatewayLoad;
const ask = requester(Math.max(inFlight, warm.width));
endWith(async () => undefined);

async function round(asked: Request, width: number, count: number): Promise<Times> {
  const times = await meanwhile(width, count, async () => {
    const { status, text } = await ask(asked);
    if (status !== 200) throw new Error(`${asked.url} answered ${status}: ${text}`);
  });
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

await round(direct, warm.width, warm.calls);
await round(through, warm.width, warm.calls);
// What was done so far is not what is measured.
await whenTold({ is: 'warm' });
const pairs: { readonly direct: Times; readonly through: Times }[] = [];
for (let turn = 0; turn < rounds; turn++)
  pairs.push({ direct: await round(direct, inFlight, calls), through: await round(through, inFlight, calls) });
const of = (figure: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(figure));
const result: GatewayRounds = {
  inFlight,
  calls: rounds * calls,
  direct: { p50: of((pair) => pair.direct.p50), p99: of((pair) => pair.direct.p99) },
  through: { p50: of((pair) => pair.through.p50), p99: of((pair) => pair.through.p99) },
  added: { p50: of((pair) => pair.through.p50 - pair.direct.p50), p99: of((pair) => pair.through.p99 - pair.direct.p99) },
};
say(result);
