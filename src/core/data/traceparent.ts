/** The header by which a trace goes from one process to the next, as W3C's Trace Context has it. */

export interface Traceparent {
  /** 32 hexadecimal digits. */
  readonly trace: string;
  /** 16 hexadecimal digits: what the next work is part of. */
  readonly span: string;
  /** Whether whoever began the trace records it. */
  readonly sampled: boolean;
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const zeros = /^0+$/;

/** Undefined where the text is none: a trace is then begun anew, as the standard has it. */
export function parseTraceparent(text: string): Traceparent | undefined {
  const [, version, trace = '', span = '', flags = '', more] = pattern.exec(text.trim()) ?? [];
  // Later versions may say more after the flags; this one says nothing.
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (zeros.test(trace) || zeros.test(span)) return undefined;
  return { trace, span, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function formatTraceparent({ trace, span, sampled }: Traceparent): string {
  return `00-${trace}-${span}-${sampled ? '01' : '00'}`;
}
