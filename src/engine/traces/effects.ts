/** What an attempt does besides computing, as spans under it: told by the node that does it. */
import { faultOf } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { Held } from '../held.ts';
import { attemptSpan, freshSpan, traceOf } from './span-ids.ts';

export interface Effect {
  readonly name: string;
  readonly kind: 'once' | 'job' | 'tool';
}

interface Around {
  readonly telemetry: Telemetry | undefined;
  readonly clock: Clock;
}

/** Does it; where somebody wants to know, tells that it was done. */
export function effect<T>(around: Around, hand: Held, what: Effect, work: () => Promise<T> | T): Promise<T> | T {
  return around.telemetry === undefined ? work() : told(around.telemetry, around.clock, hand, what, work);
}

async function told<T>(telemetry: Telemetry, clock: Clock, hand: Held, { name, kind }: Effect, work: () => Promise<T> | T): Promise<T> {
  const from = clock.now();
  const tell = (error?: { readonly code: string; readonly message: string }): void => {
    const { trace, sampled } = traceOf(hand.run);
    telemetry.span({
      trace,
      id: freshSpan(),
      parent: attemptSpan(hand.run.id, hand.ref),
      name: `execute_tool ${name}`,
      kind: 'internal',
      from,
      to: Math.max(from, clock.now()),
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': name,
        'gen_ai.tool.type': kind === 'once' ? 'function' : 'extension',
        'continuo.effect': kind,
        'continuo.run.id': hand.run.id,
        'continuo.step.id': hand.step,
      },
      ...(error === undefined ? {} : { error }),
      ...(sampled === undefined ? {} : { sampled }),
    });
  };
  try {
    const value = await work();
    tell();
    return value;
  } catch (error) {
    const { code, message } = faultOf(error);
    tell({ code, message });
    throw error;
  }
}
