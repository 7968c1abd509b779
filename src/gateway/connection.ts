/**
 * The gateway in the hands of an agent.
 *
 * C1. A run is an episode.
 * C2. An inference of an attempt has a name of its own: the same question asked for the n-th time in this attempt. An
 *     attempt that is made again after a crash asks under the same names, and gets the answers that were paid for; the
 *     next attempt asks anew, because an answer may be what it failed of.
 */
import { hash } from 'node:crypto';
import { canonicalJson } from '../core/data/canonical.ts';
import { plain } from './conversation.ts';
import type { AgentContext, ModelGateway } from '../ports/agent.ts';
import type { Gateway } from './gateway.ts';
import type { InferInput } from './inference.ts';

export function connection(gateway: Gateway): ModelGateway {
  const asked = new WeakMap<AgentContext, Map<string, number>>();
  const nameOf = (ctx: AgentContext, what: unknown): string => {
    const times = asked.get(ctx) ?? new Map<string, number>();
    asked.set(ctx, times);
    const question = hash('sha256', canonicalJson(plain(what, 'the input')));
    const time = (times.get(question) ?? 0) + 1;
    times.set(question, time);
    return [ctx.idempotencyKey, ctx.attempt, question, time].join('/');
  };
  return {
    infer: async (fn, input, ctx, { stream, variant, tags, cache }) =>
      // What does not fit is refused by the gateway.
      gateway.infer(fn, input as InferInput, {
        idempotencyKey: nameOf(ctx, [fn, input ?? null, variant ?? null]),
        episode: ctx.runId,
        project: ctx.project,
        run: ctx.runId,
        step: ctx.stepId,
        traceparent: ctx.traceparent,
        tags: { ...tags, workflow: ctx.workflow },
        purse: ctx.budget,
        signal: ctx.signal,
        ...(variant === undefined ? {} : { variant }),
        ...(cache === undefined ? {} : { cache: { mode: cache } }),
        ...(stream === true ? { onText: (text: string) => ctx.stream(text) } : {}),
      }),
    rate: async (metric, value, ctx, inferenceId) => {
      await gateway.feedback({
        metric,
        value,
        ...(inferenceId === undefined ? { episodeId: ctx.runId } : { inferenceId }),
        project: ctx.project,
        idempotencyKey: nameOf(ctx, ['rate', metric, inferenceId ?? null]),
      });
    },
    settled: () => gateway.settled(),
    close: () => gateway.close(),
  };
}
