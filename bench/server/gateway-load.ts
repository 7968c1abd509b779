/** Asks the model directly, through a bare proxy and by each way through the gateway, in turns, and says how long each took. */
import { inFlight as meanwhile, median, percentile } from '../measure.ts';
import { endWith, say, told, whenTold } from './part-process.ts';
import { requester, type Request } from './requests.ts';

export interface GatewayLoad {
  readonly direct: Request;
  readonly bare: Request;
  /** The ways through the gateway, by their names. */
  readonly through: Readonly<Record<string, Request>>;
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
  /** Medians of what each turn's rounds differ by. */
  readonly addedByBare: Times;
  readonly through: Readonly<Record<string, { readonly whole: Times; readonly added: Times }>>;
}

/**
 * Of a round, for each that is in flight: all of them begin at the same moment, at a server that has rested, and it takes
 * some turns until they go each at their own pace. What is measured is what comes then.
 */
const settling = 16;

/** At one in flight it would take minutes until the code is compiled as it is in a server that has run for a while. */
const warm = { width: 16, calls: 3000 };

// Whoever starts this script says it in this form.
const { direct, bare, through, inFlight, calls, rounds } = told() as GatewayLoad;
const ask = requester(Math.max(inFlight, warm.width));
endWith(async () => undefined);

async function round(asked: Request, width: number, count: number): Promise<Times> {
  const begun = width * settling;
  const all = await meanwhile(width, begun + count, async () => {
    const { status, text } = await ask(asked);
    if (status !== 200) throw new Error(`${asked.url} answered ${status}: ${text}`);
  });
  const times = all.slice(begun);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

for (const one of [direct, bare, ...Object.values(through)]) await round(one, warm.width, warm.calls);
// What was done so far is not what is measured.
await whenTold({ is: 'warm' });
type Turn = Readonly<Record<string, Times>>;

const ways = { direct, bare, ...through };
const turns: Turn[] = [];
for (let turn = 0; turn < rounds; turn++) {
  const times: Record<string, Times> = {};
  for (const [name, request] of Object.entries(ways)) times[name] = await round(request, inFlight, calls);
  turns.push(times);
}

/** Medians over the turns, for both percentiles. */
function medians(figure: (turn: Turn, percentile: keyof Times) => number): Times {
  const of = (one: keyof Times): number => median(turns.map((turn) => figure(turn, one)));
  return { p50: of('p50'), p99: of('p99') };
}

const whole = (name: string): Times => medians((turn, one) => turn[name]?.[one] ?? NaN);
const added = (name: string): Times => medians((turn, one) => (turn[name]?.[one] ?? NaN) - (turn['direct']?.[one] ?? NaN));
const result: GatewayRounds = {
  inFlight,
  calls: rounds * (inFlight * settling + calls) * Object.keys(through).length,
  direct: whole('direct'),
  addedByBare: added('bare'),
  through: Object.fromEntries(Object.keys(through).map((name) => [name, { whole: whole(name), added: added(name) }])),
};
say(result);
