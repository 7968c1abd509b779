/** Which bytes a `Range` header asks for, as RFC 9110 reads it. */

export type Range =
  | { readonly is: 'whole' }
  /** Both ends belong to it. */
  | { readonly is: 'part'; readonly from: number; readonly to: number }
  | { readonly is: 'beyond' };

/** A header that cannot be read is passed over, and so is one that asks for several parts. */
export function rangeOf(header: string | undefined, size: number): Range {
  const [, first = '', last = ''] = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return { is: 'whole' };
  if (first === '') {
    const many = Number(last);
    return many === 0 || size === 0 ? { is: 'beyond' } : { is: 'part', from: Math.max(0, size - many), to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? Infinity : Number(last);
  if (from > to) return { is: 'whole' };
  return from >= size ? { is: 'beyond' } : { is: 'part', from, to: Math.min(to, size - 1) };
}
