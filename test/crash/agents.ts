/** Agents whose effects are lines of the ledger. Where the ledger lies, and what can happen on the way, is their world's. */
import { agent } from '../../src/engine/agent.ts';
import type { AgentContext, Job } from '../../src/ports/agent.ts';
import type { Deed, Entry } from './ledger.ts';

/** What the provider wants for a deed. */
export interface Due {
  readonly cents: number;
  /** It knows the key: what was charged for is not charged for again. */
  readonly once: boolean;
}

export interface World {
  /** An agent's attempt begins: nothing of it is done before this resolves. */
  begin(ctx: AgentContext): Promise<void>;
  /** Does it: when this resolves it is in the ledger, charged for, and answers with how often it was charged for by then. */
  act(ctx: AgentContext, deed: Deed, name: string, due?: Due): Promise<number>;
  /** How often the provider has charged for this key: the ledger is what it knows. */
  charges(key: string, name: string): Promise<number>;
  write(entry: Entry): Promise<void>;
}

export type Provider = 'idempotent' | 'findable' | 'neither';
/** Whether the line to the provider breaks at the first attempt: after the request got through, or before. */
export type Trouble = 'none' | 'after' | 'before';

/** Longer than what a journal holds itself. */
export const largeText = (seed: number): string => `${seed}-`.repeat(40_000);

/** In dollars, what a film may cost; in cents, what it costs. */
export const worstOfFilm = 0.3;
const priceOfFilm = 20;

export const jobId = (key: string, count: number): string => `job:${key}${count === 1 ? '' : `:again-${count}`}`;

async function recorded(world: World, ctx: AgentContext, name: string, charged?: number): Promise<string> {
  const value = await ctx.once(name, async () => {
    if (charged === undefined) await world.act(ctx, 'once', name);
    else await world.act(ctx, 'charge', name, { cents: charged, once: true });
    return `${name} of ${ctx.stepId}`;
  });
  await world.write({ is: 'recorded', run: ctx.runId, key: ctx.idempotencyKey, name });
  return value;
}

function jobOf(world: World, ctx: AgentContext, provider: Provider, trouble: Trouble): Job<string, string> {
  const name = 'film';
  const broken = (when: Trouble): void => {
    if (trouble === when && ctx.attempt === 1) throw new Error('the line broke');
  };
  return {
    submit: async (key) => {
      broken('before');
      const count = await world.act(ctx, 'submit', name, { cents: priceOfFilm, once: provider === 'idempotent' });
      broken('after');
      return jobId(key, count);
    },
    fetch: async (id) => `film of ${id}`,
    cost: { atMost: worstOfFilm, actual: () => priceOfFilm / 100 },
    ...(provider === 'idempotent' ? { idempotent: true } : {}),
    ...(provider === 'findable' ? { find: async (key) => ((await world.act(ctx, 'find', name)) > 0 ? jobId(key, 1) : undefined) } : {}),
  };
}

/** The inputs and outputs that scenarios.ts names them with. */
export interface Adding {
  readonly of: number;
  readonly plus: number;
}
export interface Failing {
  readonly value: number;
  readonly failures: number;
}
export interface Filming {
  readonly provider: Provider;
  readonly trouble: Trouble;
}

/** They fail by order, and never rest for it. */
const circuit = { failures: 1_000_000, coolDown: 1 };

export function agentsOn(world: World): readonly { readonly id: string }[] {
  const begun =
    <I, O>(run: (input: I, ctx: AgentContext) => Promise<O>) =>
    async (input: I, ctx: AgentContext): Promise<O> => {
      await world.begin(ctx);
      return run(input, ctx);
    };
  const adder = agent({
    id: 'adder',
    run: begun(async ({ of, plus }: Adding, ctx) => {
      await world.act(ctx, 'work', 'add');
      return of + plus;
    }),
  });
  const shaky = agent({
    id: 'shaky',
    circuit,
    run: begun(async ({ value, failures }: Failing, ctx) => {
      await world.act(ctx, 'work', 'try');
      if (ctx.attempt <= failures) throw Object.assign(new Error(`no luck at attempt ${ctx.attempt}`), { code: 'NO_LUCK' });
      return value;
    }),
  });
  const recorder = agent({
    id: 'recorder',
    circuit,
    run: begun(async (names: readonly string[], ctx) => {
      const values: string[] = [];
      for (const [place, name] of names.entries()) {
        values.push(await recorded(world, ctx, name));
        if (place === 1 && ctx.attempt === 1) throw new Error('between two records');
      }
      return values;
    }),
  });
  const studio = agent({
    id: 'studio',
    circuit,
    run: begun(async ({ provider, trouble }: Filming, ctx) => {
      const film = await ctx.job('film', jobOf(world, ctx, provider, trouble));
      await world.write({ is: 'recorded', run: ctx.runId, key: ctx.idempotencyKey, name: 'film' });
      return film;
    }),
  });
  const booker = agent({
    id: 'booker',
    actions: {
      book: begun(async (what: string, ctx) => {
        await world.act(ctx, 'work', what);
        return `${what} booked`;
      }),
      cancel: begun(({ output }: { readonly output: string }, ctx) => world.act(ctx, 'undo', output)),
    },
  });
  const spender = agent({ id: 'spender', run: begun((name: string, ctx) => spend(world, ctx, name)) });
  const scholar = agent({
    id: 'scholar',
    run: begun(async (question: string, ctx) => {
      await world.act(ctx, 'memo', question);
      return `answer to ${question}`;
    }),
  });
  const printer = agent({
    id: 'printer',
    run: begun(async (seed: number, ctx) => {
      await world.act(ctx, 'work', 'print');
      const { blob } = await ctx.blobs.put(largeText(seed));
      return { text: largeText(seed), copy: blob };
    }),
  });
  const counter = agent({
    id: 'counter',
    run: begun(async (n: number, ctx) => {
      return [await ctx.once('one', () => n), await ctx.once('two', () => n + 1)];
    }),
  });
  return [adder, shaky, recorder, studio, booker, spender, scholar, printer, counter];
}

const price = 25;

async function spend(world: World, ctx: AgentContext, name: string): Promise<string> {
  const money = await ctx.budget.reserve(0.4);
  if (!money.granted) throw new Error('nobody asked for less');
  const value = await recorded(world, ctx, name, price);
  const settlement = { run: ctx.runId, key: ctx.idempotencyKey, amount: price / 100 };
  await world.write({ is: 'settling', ...settlement });
  await money.settle(price / 100);
  await world.write({ is: 'settled', ...settlement });
  return value;
}
