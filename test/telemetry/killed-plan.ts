import { agent } from '../../src/engine/agent.ts';

export const plan: object = {
  id: 'film',
  steps: [
    { id: 'script', agentId: 'writer' },
    { id: 'scenes', kind: 'map', over: [0, 1, 2], agentId: 'painter', concurrency: 1, dependencies: ['script'] },
  ],
};

/** `last` is what the painter does with the last scene, after what it has recorded. */
export function agents(last: () => Promise<unknown>): readonly unknown[] {
  return [
    agent({ id: 'writer', run: (_input: unknown, ctx) => ctx.once('draft', () => 'a text') }),
    agent({
      id: 'painter',
      run: async (_input: unknown, ctx) => {
        await ctx.once(`sketch ${ctx.item}`, () => 'a sketch');
        if (ctx.item === 2) await last();
        return ctx.item;
      },
    }),
  ];
}
