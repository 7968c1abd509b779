/** Which traces are recorded, by the usual names. The id of a trace decides, so that all nodes agree. */
import { ContinuoError } from '../core/errors.ts';
import type { SpanData } from '../ports/telemetry.ts';

export interface Sampler {
  /** Of a trace that is begun here. */
  begins(trace: string): boolean;
  takes(span: Pick<SpanData, 'trace' | 'sampled'>): boolean;
}

export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

const parentBased = 'parentbased_';

export function samplerNamed(name: string = 'parentbased_always_on', argument?: string): Sampler {
  const isParentBased = name.startsWith(parentBased);
  const begins = decider(isParentBased ? name.slice(parentBased.length) : name, name, argument);
  return { begins, takes: ({ trace, sampled }) => (isParentBased ? (sampled ?? begins(trace)) : begins(trace)) };
}

function decider(kind: string, name: string, argument: string | undefined): (trace: string) => boolean {
  switch (kind) {
    case 'always_on':
      return () => true;
    case 'always_off':
      return () => false;
    case 'traceidratio': {
      const ratio = argument === undefined || argument === '' ? 1 : Number(argument);
      if (!(ratio >= 0 && ratio <= 1))
        throw new ContinuoError('USAGE', `OTEL_TRACES_SAMPLER_ARG is ${JSON.stringify(argument)}: the share of traces is from 0 to 1`);
      return (trace) => shareOf(trace) < ratio;
    }
    default:
      throw new ContinuoError('USAGE', `OTEL_TRACES_SAMPLER is ${JSON.stringify(name)}: it may be ${samplerNames.join(', ')}`);
  }
}

/** From 0 to 1, by the digits of the id that are random in everybody's traces. */
function shareOf(trace: string): number {
  return Number.parseInt(trace.slice(-13), 16) / 16 ** 13;
}
