/** A server in the hands of its keeper, for as long as this process lives. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order, Report } from './keeper.ts';
import type { Kind } from './recipes.ts';

export interface KeptServer {
  readonly port: number;
  /** SIGKILL, as a power cut would; the data stays. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** For good: its data goes, too. */
  stop(): Promise<void>;
}

export async function keep(kind: Kind, settings: readonly string[]): Promise<KeptServer> {
  const keeper = fork(join(import.meta.dirname, 'keeper.ts'), [kind, ...settings], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(keeper, 'exit');
  // Nobody has to wait for a server that nobody asks anything of: it ends when this process does.
  const rest = (): void => {
    keeper.unref();
    keeper.channel?.unref();
  };
  const ask = async (what: Order): Promise<number> => {
    keeper.ref();
    keeper.channel?.ref();
    // keeper.ts answers each order with one report.
    const answered = once(keeper, 'message') as Promise<[Report]>;
    keeper.send(what);
    const [report] = await Promise.race([
      answered,
      gone.then(([code]): [Report] => [{ is: 'failed', why: `whoever keeps ${kind} ended with ${code}` }]),
    ]);
    rest();
    if (report.is === 'failed') throw new Error(report.why);
    return report.port;
  };
  // Reports come in the order of the orders.
  let last: Promise<unknown> = Promise.resolve();
  const order = (what: Order): Promise<number> => {
    const mine = last.then(() => ask(what));
    last = mine.catch(() => undefined);
    return mine;
  };
  let stopped = false;
  const first = async (): Promise<number> => {
    try {
      return await order('start');
    } catch (error) {
      keeper.disconnect();
      throw error;
    }
  };
  return {
    port: await first(),
    kill: async () => void (await order('kill')),
    start: async () => void (await order('start')),
    stop: async () => {
      if (stopped) return;
      stopped = true;
      await order('stop');
      keeper.ref();
      keeper.disconnect();
      await gone;
    },
  };
}
