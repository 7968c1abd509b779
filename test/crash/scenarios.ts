/** What runs of the crash suite do, and how each must end: known from its number alone. */
import { agentRef, workflowRef } from '../../src/core/plan/agent-ref.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import type { AnyWorkflow } from '../../src/core/plan/workflow.ts';
import type { Json } from '../../src/core/data/json.ts';
import type { Trigger } from '../../src/engine/triggers.ts';
import { jobId, largeText, worstOfFilm, type Adding, type Failing, type Filming, type Provider, type Trouble } from './agents.ts';

const adder = agentRef<Adding, number>('adder');
const shaky = agentRef<Failing, number>('shaky');
const recorder = agentRef<readonly string[], readonly string[]>('recorder');
const studio = agentRef<Filming, string>('studio');
const book = agentRef<string, string>('booker', 'book');
const cancel = agentRef<{ readonly output: string }, unknown>('booker', 'cancel');
const spender = agentRef<string, string>('spender');
const scholar = agentRef<string, string>('scholar');
const printer = agentRef<number, { readonly text: string; readonly copy: string }>('printer');
const counter = agentRef<number, readonly number[]>('counter');

interface Input {
  readonly n: number;
}

const soon = { max: 3, delay: 2, backoff: 'fixed' } as const;

const steps = workflow<Input>('steps')
  .step('first', adder, ({ input }) => ({ of: input.n, plus: 1 }))
  .step('shaky', shaky, ({ first }) => ({ value: first, failures: 2 }), { retry: soon, after: ['first'] })
  .step('records', recorder, () => ['a', 'b', 'c'], { retry: soon, after: ['first'] })
  .step('last', adder, ({ shaky: value }) => ({ of: value, plus: 10 }))
  .output(({ last, records }) => ({ last, records }));

const troubles: readonly Trouble[] = ['none', 'after', 'before'];
const providers: readonly Provider[] = ['idempotent', 'findable', 'neither'];
const troubleOf = (n: number, place: number): Trouble => troubles[(n + place) % troubles.length] ?? 'none';

const filming = (provider: Provider, trouble: Trouble = 'none'): Filming => ({ provider, trouble });

/** Each step with money for so many jobs: an attempt whose line broke, and the one that adopts its job, want two however often each is cut off. */
export const jobs = (lives: number): AnyWorkflow =>
  workflow<Input & { readonly troubles: readonly Trouble[] }>('jobs')
    .step('idempotent', studio, ({ input }) => filming('idempotent', input.troubles[0]), {
      retry: soon,
      after: [],
      budget: lives * worstOfFilm,
    })
    .step('findable', studio, ({ input }) => filming('findable', input.troubles[1]), {
      retry: soon,
      after: [],
      budget: lives * worstOfFilm,
    })
    .step('neither', studio, ({ input }) => filming('neither', input.troubles[2]), { retry: soon, after: [] })
    .output(({ idempotent, findable, neither }) => [idempotent, findable, neither]);

const map = workflow<Input>('map')
  .map('items', shaky, ({ input }) => [0, 1, 2, 3, 4].map((i) => ({ value: input.n + i, failures: i === 3 ? 1 : 0 })), {
    concurrency: 2,
    retry: soon,
  })
  .map('records', recorder, ({ items }) => items.slice(0, 2).map((item) => [`r${item}`]), { concurrency: 1 })
  .output(({ items, records }) => ({ items, records }));

const loop = workflow<Input>('loop')
  .step('draft', adder, ({ input, feedback }) => ({ of: input.n, plus: feedback?.round ?? 0 }))
  .gate('good', ({ input, draft }) => draft >= input.n + 2, { otherwise: { backTo: 'draft', max: 3 } })
  .branch('way', ({ input }) => (input.n % 2 === 0 ? 'even' : 'odd'), {
    even: (b) => b.step('even', adder, ({ draft }) => ({ of: draft, plus: 100 })),
    odd: (b) => b.step('odd', adder, ({ draft }) => ({ of: draft, plus: 200 })),
  })
  .output(({ even, odd, good }) => ({ value: even ?? odd ?? null, rounds: good.round }));

/** Those that one run calls go one at a time: nobody else's end would wake one that was forgotten. */
const called = workflow<Input & { readonly caller: number }>('called', {
  concurrency: { key: ({ input }) => `of ${input.caller}`, limit: 1 },
})
  .step('add', adder, ({ input }) => ({ of: input.n, plus: 1 }))
  .output(({ add }) => add);

const calls = workflow<Input>('calls')
  .call('one', called, ({ input }) => ({ n: input.n, caller: input.n }))
  .map('many', called, ({ input, one }) => [0, 1].map((more) => ({ n: one + more, caller: input.n })))
  .call(
    'made',
    () => ({
      id: 'made',
      steps: [{ id: 'add', agentId: 'adder', input: { of: { $from: 'input.n' }, plus: 5 } }],
      output: { $from: 'steps.add.output' },
    }),
    ({ one }) => ({ n: one }),
  )
  .output(({ one, many, made }) => [one, ...many, made]);

const news = 'crash:news';

export const follows: AnyWorkflow = workflow<{ readonly from: string; readonly n: number }>('follows')
  .step('add', adder, ({ input }) => ({ of: input.n, plus: 1 }))
  .output(({ add }) => add);

const tells = workflow<Input & { readonly run: string }>('tells')
  .step('first', adder, ({ input }) => ({ of: input.n, plus: 1 }))
  .emit('tell', news, ({ input }) => ({ from: input.run, n: input.n }))
  .wait('hear', { event: news })
  .output(({ first }) => first);

export const triggers: readonly Trigger[] = [{ id: 'news', event: news, workflow: follows }];

const people = workflow<Input>('people')
  .step('first', adder, ({ input }) => ({ of: input.n, plus: 1 }))
  .ask('ok', { question: ({ first }) => `Is ${first} good?`, choices: ['yes', 'no'] })
  .wait('go', { signal: 'go' })
  .wait('pause', { duration: 5 })
  .step('last', adder, ({ first }) => ({ of: first, plus: 1 }))
  .output(({ last, ok, go }) => [last, ok.choice, ok.by, go]);

const undo = workflow<Input>('undo')
  .step('hotel', book, () => 'hotel', { undo: { agent: cancel, input: ({ output }) => ({ output }) } })
  .step('flight', book, () => 'flight', { undo: { agent: cancel, input: ({ output }) => ({ output }) } })
  .step('pay', shaky, ({ input }) => ({ value: input.n, failures: 9 }), { retry: { ...soon, max: 1 } })
  .build();

const spare = workflow<Input>('spare')
  .step('add', adder, ({ input }) => ({ of: input.n, plus: 7 }))
  .output(({ add }) => add);

const fallback = workflow<Input, Input, number>('fallback', { fallback: spare })
  .step('fails', shaky, ({ input }) => ({ value: input.n, failures: 9 }))
  .output(({ fails }) => fails);

const spends = workflow<Input>('spends')
  .step('spend', spender, () => 'd')
  .output(({ spend }) => spend);

/** A call that is settled again in an attempt made again counts again; a job is one job, and its step has the money for so many. */
export const money = (lives: number): AnyWorkflow =>
  workflow<Input>('money', { budget: 100 })
    .map('spend', spender, () => ['a', 'b', 'c'], { concurrency: 2 })
    .call('below', spends, ({ input }) => input)
    .step('film', studio, () => filming('idempotent'), { budget: lives * worstOfFilm })
    .output(({ spend, below, film }) => [...spend, below, film]);

const memo = workflow<Input>('memo')
  .step('look', scholar, ({ input }) => `question ${Math.floor(input.n / 2)}`, { memo: true })
  .output(({ look }) => look);

const large = workflow<Input>('large')
  .step('print', printer, ({ input }) => input.n)
  .step('again', printer, ({ input, print }) => input.n + (print.text.length > 0 ? 1 : 0))
  .output(({ print, again }) => ({ first: print.text, second: again.text.length, copied: print.copy.startsWith('sha256-') }));

const widthOfWide = 130;

const wide = workflow<Input>('wide')
  .map('items', counter, ({ input }) => Array.from({ length: widthOfWide }, (_, i) => input.n + i), { concurrency: 65 })
  .step('last', adder, ({ items }) => ({ of: items.length, plus: 1 }))
  .output(({ last, items }) => [last, items.flat().reduce((sum, one) => sum + one, 0)]);

export type End = { readonly status: 'succeeded'; readonly output: Json } | { readonly status: 'failed'; readonly code: string };

export interface Scenario {
  readonly name: string;
  readonly workflow: AnyWorkflow;
  readonly input: (n: number, run: string) => Json;
  /** How it must end. */
  readonly end: (n: number, run: string) => End;
  /** How many runs it calls. */
  readonly children: number;
}

const gives = (output: Json): End => ({ status: 'succeeded', output });
const plain = (n: number): Json => ({ n });
const film = (run: string, step: string): string => `film of ${jobId(`${run}:${step}:1:film`, 1)}`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'steps',
    workflow: steps,
    input: plain,
    end: (n) => gives({ last: n + 11, records: ['a of records', 'b of records', 'c of records'] }),
    children: 0,
  },
  {
    name: 'jobs',
    workflow: jobs(2),
    input: (n) => ({ n, troubles: providers.map((_, place) => troubleOf(n, place)) }),
    end: (_, run) => gives(providers.map((provider) => film(run, provider))),
    children: 0,
  },
  { name: 'people', workflow: people, input: plain, end: (n, run) => gives([n + 2, 'yes', 'ann', `go ${run}`]), children: 0 },
  {
    name: 'money',
    workflow: money(1),
    input: plain,
    end: (_, run) => gives(['a of spend', 'b of spend', 'c of spend', 'd of spend', film(run, 'film')]),
    children: 1,
  },
  {
    name: 'large',
    workflow: large,
    input: plain,
    end: (n) => gives({ first: largeText(n), second: largeText(n + 1).length, copied: true }),
    children: 0,
  },
  { name: 'tells', workflow: tells, input: (n, run) => ({ n, run }), end: (n) => gives(n + 1), children: 0 },
  { name: 'calls', workflow: calls, input: plain, end: (n) => gives([n + 1, n + 2, n + 3, n + 6]), children: 4 },
  {
    name: 'wide',
    workflow: wide,
    input: plain,
    end: (n) => gives([widthOfWide + 1, widthOfWide * (2 * n + widthOfWide)]),
    children: 0,
  },
  { name: 'undo', workflow: undo, input: plain, end: () => ({ status: 'failed', code: 'NO_LUCK' }), children: 0 },
  {
    name: 'map',
    workflow: map,
    input: plain,
    end: (n) => gives({ items: [0, 1, 2, 3, 4].map((i) => n + i), records: [[`r${n} of records`], [`r${n + 1} of records`]] }),
    children: 0,
  },
  { name: 'memo', workflow: memo, input: plain, end: (n) => gives(`answer to question ${Math.floor(n / 2)}`), children: 0 },
  { name: 'loop', workflow: loop, input: plain, end: (n) => gives({ value: n + 2 + (n % 2 === 0 ? 100 : 200), rounds: 3 }), children: 0 },
  { name: 'fallback', workflow: fallback, input: plain, end: (n) => gives(n + 7), children: 1 },
];

interface Lap {
  readonly n: number;
  readonly run: string;
  readonly input: Json;
  readonly end: End;
}

/** A run of the suite: its scenario so many times, one after the other, each as a run that it calls. */
export interface Numbered {
  readonly run: string;
  readonly scenario: Scenario;
  readonly workflow: AnyWorkflow;
  readonly laps: readonly Lap[];
}

const rounds = new Map(
  scenarios.map(({ name }) => [
    name,
    workflow<readonly Json[]>(`${name}-laps`)
      .map('laps', workflowRef<Json, Json>(name), ({ input }) => input, { concurrency: 1, tolerate: Number.MAX_SAFE_INTEGER })
      .output(({ laps: outputs }) => outputs),
  ]),
);

/** Everything that a process must know to go on with any of them. */
export const workflows: readonly AnyWorkflow[] = [...scenarios.map((scenario) => scenario.workflow), ...rounds.values(), follows];

function numbered(number: number, laps: number): Numbered {
  const scenario = scenarios[number % scenarios.length];
  const round = scenario === undefined ? undefined : rounds.get(scenario.name);
  if (scenario === undefined || round === undefined) throw new RangeError(`no scenario for run ${number}`);
  const run = `r${number}-${scenario.name}`;
  const lap = (place: number): Lap => {
    const [n, child] = [number * laps + place, `${run}~laps.${place}.1`];
    return { n, run: child, input: scenario.input(n, child), end: scenario.end(n, child) };
  };
  return { run, scenario, workflow: round, laps: Array.from({ length: laps }, (_, place) => lap(place)) };
}

export interface Share {
  /** The numbers of its runs: from here, up to before there. */
  readonly from: number;
  readonly to: number;
  readonly laps: number;
}

export const runsOf = ({ from, to, laps }: Share): readonly Numbered[] =>
  Array.from({ length: to - from }, (_, place) => numbered(from + place, laps));
