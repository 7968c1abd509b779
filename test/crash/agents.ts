/** Agents whose effects are lines of the ledger, with a boundary on either side of each. */
import { agent } from '../../src/engine/agent.ts';
import type { AgentContext, Job } from '../../src/ports/agent.ts';
import type { Fuse } from './fuse.ts';
import type { Deed, Ledger } from './ledger.ts';

export interface World {
  readonly ledger: Ledger;
  readonly fuse: Fuse;
  /** Until whatever the process wants to do first is done, agents of other runs stand still. */
  readonly turn: (run: string) => Promise<void>;
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

async function act(
  { ledger, fuse, turn }: World,
  ctx: AgentContext,
  deed: Deed,
  name: string,
  charged?: () => number | undefined,
): Promise<void> {
  await turn(ctx.runId);
  fuse.pass(`agent.${deed}: before`);
  ledger.deed(ctx, deed, name, charged?.());
  fuse.pass(`agent.${deed}: done`);
}

async function recorded(world: World, ctx: AgentContext, name: string, charged?: number): Promise<string> {
  const value = await ctx.once(name, async () => {
    // A provider that knows the key charges once.
    const due = (): number | undefined => (world.ledger.charges(ctx.idempotencyKey, name) > 0 ? undefined : charged);
    await act(world, ctx, charged === undefined ? 'once' : 'charge', name, due);
    return `${name} of ${ctx.stepId}`;
  });
  world.ledger.write({ is: 'recorded', run: ctx.runId, key: ctx.idempotencyKey, name });
  return value;
}

/** The ledger is the provider: what it has charged for is what it knows. */
function jobOf(world: World, ctx: AgentContext, provider: Provider, trouble: Trouble): Job<string, string> {
  const { ledger } = world;
  const name = 'film';
  const known = (): number => ledger.charges(ctx.idempotencyKey, name);
  const broken = (when: Trouble): void => {
    if (trouble === when && ctx.attempt === 1) throw new Error('the line broke');
  };
  return {
    submit: async (key) => {
      broken('before');
      await act(world, ctx, 'submit', name, () => (provider === 'idempotent' && known() > 0 ? 0 : priceOfFilm));
      broken('after');
      return jobId(key, known());
    },
    fetch: async (id) => `film of ${id}`,
    cost: { atMost: worstOfFilm, actual: () => priceOfFilm / 100 },
    ...(provider === 'idempotent' ? { idempotent: true } : {}),
    ...(provider === 'findable'
      ? {
          find: async (key) => {
            await act(world, ctx, 'find', name);
            return known() > 0 ? jobId(key, 1) : undefined;
          },
        }
      : {}),
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

export function agentsOn(world: World): readonly unknown[] {
  const adder = agent({
    id: 'adder',
    run: async ({ of, plus }: Adding, ctx) => {
      await act(world, ctx, 'work', 'add');
      return of + plus;
    },
  });
  const shaky = agent({
    id: 'shaky',
    circuit,
    run: async ({ value, failures }: Failing, ctx) => {
      await act(world, ctx, 'work', 'try');
      if (ctx.attempt <= failures) throw Object.assign(new Error(`no luck at attempt ${ctx.attempt}`), { code: 'NO_LUCK' });
      return value;
    },
  });
  const recorder = agent({
    id: 'recorder',
    circuit,
    run: async (names: readonly string[], ctx) => {
      const values: string[] = [];
      for (const [place, name] of names.entries()) {
        values.push(await recorded(world, ctx, name));
        if (place === 1 && ctx.attempt === 1) throw new Error('between two records');
      }
      return values;
    },
  });
  const studio = agent({
    id: 'studio',
    circuit,
    run: async ({ provider, trouble }: Filming, ctx) => {
      const film = await ctx.job('film', jobOf(world, ctx, provider, trouble));
      world.ledger.write({ is: 'recorded', run: ctx.runId, key: ctx.idempotencyKey, name: 'film' });
      return film;
    },
  });
  const booker = agent({
    id: 'booker',
    actions: {
      book: async (what: string, ctx) => {
        await act(world, ctx, 'work', what);
        return `${what} booked`;
      },
      cancel: ({ output }: { readonly output: string }, ctx) => act(world, ctx, 'undo', output),
    },
  });
  const spender = agent({ id: 'spender', run: (name: string, ctx) => spend(world, ctx, name) });
  const scholar = agent({
    id: 'scholar',
    run: async (question: string, ctx) => {
      await act(world, ctx, 'memo', question);
      return `answer to ${question}`;
    },
  });
  const printer = agent({
    id: 'printer',
    run: async (seed: number, ctx) => {
      await act(world, ctx, 'work', 'print');
      const { blob } = await ctx.blobs.put(largeText(seed));
      return { text: largeText(seed), copy: blob };
    },
  });
  const counter = agent({
    id: 'counter',
    run: async (n: number, ctx) => {
      await world.turn(ctx.runId);
      return [await ctx.once('one', () => n), await ctx.once('two', () => n + 1)];
    },
  });
  return [adder, shaky, recorder, studio, booker, spender, scholar, printer, counter];
}

const price = 25;

async function spend(world: World, ctx: AgentContext, name: string): Promise<string> {
  const money = await ctx.budget.reserve(0.4);
  if (!money.granted) throw new Error('nobody asked for less');
  const value = await recorded(world, ctx, name, price);
  const settlement = { run: ctx.runId, key: ctx.idempotencyKey, amount: price / 100 };
  world.ledger.write({ is: 'settling', ...settlement });
  await money.settle(price / 100);
  world.ledger.write({ is: 'settled', ...settlement });
  return value;
}
