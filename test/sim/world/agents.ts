/**
 * Agents that do good work, and agents that do what agents do: fail, lie, dawdle, fall
 * silent, and go on working when nobody wants them any more.
 */
import type { AgentContext, AgentDefinition } from '../../../src/ports/agent.ts';
import type { Isolation } from '../../../src/ports/isolation.ts';
import { Chance } from '../chance.ts';
import type { Ledger } from './ledger.ts';
import type { Provider, ProviderKind } from './provider.ts';
import type { AgentHabits, NodeHabits } from './scenario.ts';
import type { Life, Timeline } from './timeline.ts';

export interface Scene {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly habits: AgentHabits;
  readonly provider: Provider;
  readonly ledger: Ledger;
  /** Nothing goes wrong any more. */
  readonly calm: () => boolean;
}

type Ending = 'good' | 'fails' | 'hopeless' | 'lies' | 'slow' | 'silent';

/** `a` works in the engine, `r` far away, `u` undoes. Of several nodes not each has all of them, nor room for many. */
export function agentsOf(scene: Scene, life: Life, node?: NodeHabits): readonly AgentDefinition[] {
  const define = (id: string, isolation: AgentDefinition['isolation'], action: string): AgentDefinition => ({
    id,
    capabilities: [],
    version: '1',
    isolation,
    ...(node === undefined ? {} : { concurrency: node.room }),
    ...(node?.together === undefined ? {} : { fleet: { concurrency: node.together } }),
    actions: { [action]: { run: (_, ctx) => new Performance(scene, life, ctx).play() } },
  });
  const all = [define('a', 'inline', 'run'), define('r', 'process', 'run'), define('u', 'inline', 'undo')];
  return all.filter(({ id }) => node === undefined || node.hosts.includes(id));
}

/** The network to agents far away: what is sent arrives late, or not at all. */
export function isolationOf(scene: Scene, life: Life): Isolation {
  return {
    run: async (agent, action, input, ctx) => {
      const chance = new Chance(`${scene.seed}/wire/${ctx.idempotencyKey}/${ctx.attempt}/${life.number}`);
      const travel = (): Promise<void> => new Promise((resolve) => scene.timeline.after(chance.below(100), life, resolve));
      await travel();
      if (!scene.calm() && chance.happens(scene.habits.fails / 4))
        throw Object.assign(new Error('the worker is gone'), { code: 'AGENT_CRASHED', retryable: true });
      const answer = await agent.actions[action]?.run(input, ctx);
      await travel();
      return answer;
    },
    close: async () => undefined,
  };
}

/** One attempt, as its agent makes it. */
class Performance {
  readonly #scene: Scene;
  readonly #life: Life;
  readonly #ctx: AgentContext;
  readonly #chance: Chance;

  constructor(scene: Scene, life: Life, ctx: AgentContext) {
    this.#scene = scene;
    this.#life = life;
    this.#ctx = ctx;
    this.#chance = new Chance(`${scene.seed}/${ctx.idempotencyKey}/${ctx.attempt}/${life.number}`);
  }

  async play(): Promise<unknown> {
    const { ledger } = this.#scene;
    ledger.began(this.#ctx, this.#life);
    const ending = this.#ending();
    await this.#pass(this.#chance.below(200));
    for (let effect = 0; effect < 3; effect++) if (this.#chance.happens(this.#scene.habits.busy)) await this.#act(effect);
    return this.#end(ending);
  }

  #ending(): Ending {
    const { habits } = this.#scene;
    if (this.#scene.calm()) return 'good';
    const shares: readonly (readonly [Ending, number])[] = [
      ['fails', habits.fails],
      ['hopeless', habits.fails / 8],
      ['lies', habits.lies],
      ['slow', habits.slow],
      ['silent', habits.silent],
    ];
    return shares.find(([, share]) => this.#chance.happens(share))?.[0] ?? 'good';
  }

  async #end(ending: Ending): Promise<unknown> {
    switch (ending) {
      case 'good':
        return this.#value();
      case 'fails':
        throw new Error('it did not work');
      case 'hopeless':
        throw Object.assign(new Error('it will never work'), { retryable: false });
      case 'lies':
        return this.#chance.pick([{ n: Number.NaN }, { f: () => 1 }, [undefined, Symbol.iterator]]);
      case 'slow':
        await this.#pass(300 + this.#chance.below(2000));
        // It does not know that it was overtaken.
        await this.#spend().catch(() => undefined);
        for (const name of ['once0', 'once1']) await this.#once(name);
        await this.#job('forgetful');
        return 'late';
      case 'silent':
        // A long time, and then it does answer: nobody may have set it a limit.
        await this.#pass(20_000);
        return 'much too late';
    }
  }

  #value(): unknown {
    const size = this.#chance.happens(0.03) ? 70_000 : 3;
    return this.#chance.pick([true, false, 5, { score: this.#chance.below(9) }, 'x'.repeat(size)]);
  }

  /** True time passes, whether or not the attempt still counts. */
  #pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#scene.timeline.after(milliseconds, this.#life, resolve));
  }

  async #act(number: number): Promise<void> {
    const ctx = this.#ctx;
    switch (this.#chance.pick(['once', 'once', 'job', 'job', 'emit', 'money', 'beat', 'sleep', 'blob'] as const)) {
      case 'once':
        return this.#once(`once${number % 2}`);
      case 'job':
        return this.#job(this.#chance.pick(['keyed', 'findable', 'forgetful']));
      case 'emit':
        return ctx.emit('noise', number);
      case 'money':
        return this.#spend();
      case 'beat':
        ctx.heartbeat();
        return ctx.progress(0.5);
      case 'sleep':
        return ctx.sleep(this.#chance.below(100));
      case 'blob':
        await ctx.blobs.put(`blob of ${ctx.idempotencyKey}`);
    }
  }

  async #once(name: string): Promise<void> {
    await this.#ctx.once(name, async () => {
      this.#scene.ledger.effect(this.#ctx, name, this.#life);
      await this.#pass(this.#chance.below(30));
      return name;
    });
  }

  async #job(kind: ProviderKind): Promise<void> {
    const { provider, ledger } = this.#scene;
    await this.#ctx.job(kind, {
      idempotent: kind === 'keyed',
      ...(kind === 'findable' ? { find: async (key: string) => provider.find(key) } : {}),
      submit: async (key) => {
        ledger.submits(this.#ctx, kind, key, this.#life);
        const job = provider.submit(kind, key);
        await this.#pass(this.#chance.below(30));
        // It was sold, and the news of it is lost.
        if (!this.#scene.calm() && this.#chance.happens(0.1)) throw new Error('the connection broke');
        return job;
      },
      poll: async () => (this.#chance.happens(0.5) ? 'done' : { wait: 50 }),
      fetch: async (job) => ({ of: job }),
    });
  }

  async #spend(): Promise<void> {
    const amount = this.#chance.below(100) / 100;
    const reserved = await this.#ctx.budget.reserve(amount);
    await this.#pass(this.#chance.below(20));
    if (reserved.granted && this.#chance.happens(0.8)) await reserved.settle(amount / 2);
  }
}
