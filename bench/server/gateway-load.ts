/** Asks the model directly, through a bare proxy and through the gateway, in turns, and says how long each took. */
import { inFlight as meanwhile, median, percentile } from '../measure.ts';
import { endWith, say, told, whenTold } from './part-process.ts';
import { requester, type Request } from './requests.ts';

export interface GatewayLoad {
  readonly direct: Request;
  readonly bare: Request;
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
  /** Median of what each turn's rounds differ by. */
  readonly added: Times;
  readonly addedByBare: Times;
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

for (const one of [direct, bare, through]) await round(one, warm.width, warm.calls);
// What was done so far is not what is measured.
await whenTold({ is: 'warm' });
type Turn = Readonly<Record<'direct' | 'bare' | 'through', Times>>;

const turns: Turn[] = [];
for (let turn = 0; turn < rounds; turn++)
  turns.push({
    direct: await round(direct, inFlight, calls),
    bare: await round(bare, inFlight, calls),
    through: await round(through, inFlight, calls),
  });
const of = (figure: (turn: Turn) => number): number => median(turns.map(figure));
const times = (figure: (turn: Turn, name: keyof Times) => number): Times => ({
  p50: of((turn) => figure(turn, 'p50')),
  p99: of((turn) => figure(turn, 'p99')),
});
const result: GatewayRounds = {
  inFlight,
  calls: rounds * (inFlight * settling + calls),
  direct: times((turn, name) => turn.direct[name]),
  through: times((turn, name) => turn.through[name]),
  added: times((turn, name) => turn.through[name] - turn.direct[name]),
  addedByBare: times((turn, name) => turn.bare[name] - turn.direct[name]),
};
say(result);
