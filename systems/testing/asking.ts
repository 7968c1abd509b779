/** Asks functions as an agent does: in a run, through the gateway, on a machine without any key. */
import type { TestContext } from 'node:test';
import { agent, Orchestrator, openMemory, workflow } from 'continuo';

interface Question {
  readonly fn: string;
  readonly input: unknown;
}

export async function asker(t: TestContext, ...config: readonly string[]): Promise<(fn: string, input: unknown) => Promise<unknown>> {
  const asking = agent({
    id: 'asking',
    run: async ({ fn, input }: Question, ctx) => {
      const { source, output } = await ctx.inference(fn, input);
      return { source, output };
    },
  });
  const asks = workflow<Question>('ask')
    .step('answer', asking, ({ input }) => input)
    .output(({ answer }) => answer);
  const orchestrator = await Orchestrator.open({ backend: openMemory(), agents: [asking], gateway: { config, env: {} } });
  t.after(() => orchestrator.close());
  return async (fn, input) => {
    const { output } = await orchestrator.run(asks, { fn, input });
    if (typeof output !== 'object' || output === null || !('source' in output) || output.source !== 'rules' || !('output' in output)) {
      throw new Error(`${fn} was not answered by rules: ${JSON.stringify(output)}`);
    }
    return output.output;
  };
}
