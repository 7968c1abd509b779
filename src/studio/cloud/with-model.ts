/** An agent of this machine that asks a model outside first: the same to whoever uses it, in another version. */
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext } from '../../ports/agent.ts';
import type { StudioAgent } from '../studio-agent.ts';
import type { ModelTraits } from './studio-config.ts';
import type { ChosenModel } from './studio-models.ts';

/** `here` does it on this machine. */
export type RunWithModel<I, O> = (input: I, ctx: AgentContext, here: (input: I) => Promise<O>) => Promise<O>;

/** Where the workflow's policy says nothing else, an attempt is made so often before this machine does it. */
export const usualAttempts = 3;

export function withModel<I, O>(offline: StudioAgent<I, O>, version: string, run: RunWithModel<I, O>): StudioAgent<I, O> {
  const action = offline.actions['run'];
  if (action === undefined) throw new ContinuoError('INTERNAL', `${offline.id} has no action "run"`);
  return {
    ...offline,
    version,
    actions: {
      run: {
        ...action,
        // The engine checks an input by the action's schema before, and a studio agent gives what its type says.
        run: (input, ctx) => run(input as I, ctx, async (given) => (await action.run(given, ctx)) as O),
      },
    },
  };
}

/** It names the model, so that what another one made is not taken for what this one makes. */
export function versionWith(
  offline: { readonly version: string },
  { config, fingerprint }: Pick<ChosenModel<ModelTraits>, 'config' | 'fingerprint'>,
): string {
  return `${offline.version}+${config.model}.${fingerprint}`;
}

/** Signs of life while a provider takes its time. */
export async function heartbeating<T>(ctx: AgentContext, work: Promise<T>): Promise<T> {
  const beat = setInterval(() => ctx.heartbeat(), 5000);
  try {
    return await work;
  } finally {
    clearInterval(beat);
  }
}

/** Undefined where what came from outside is not what it was said to be. */
export async function unlessUnreadable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ContinuoError && error.code === 'MEDIA_UNREADABLE') return undefined;
    throw error;
  }
}
