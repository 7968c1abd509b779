/** Imported by the test, and by the child processes that it is about. */
import type { AgentContext } from '../../src/ports/agent.ts';

const apart = {
  id: 'apart',
  isolation: 'process',
  module: import.meta.url,
  actions: {
    work: async ({ n }: { n: number }, ctx: AgentContext): Promise<unknown> => {
      const once = await ctx.once('part', () => 'recorded');
      const ref = await ctx.blobs.put('in a blob');
      return { n: n * 2, once, text: await ctx.blobs.text(ref), pid: process.pid };
    },
    burn: (_: unknown, ctx: AgentContext): never => {
      ctx.log('burning');
      for (;;) Math.sqrt(2);
    },
    crash: (): void => {
      process.stderr.write('last words\n');
      process.exit(3);
    },
    crashOnce: (_: unknown, ctx: AgentContext): string => {
      if (ctx.attempt === 1) process.kill(process.pid, 'SIGKILL');
      return 'second attempt';
    },
  },
};

const agents: readonly object[] = [apart];
export default agents;
