/** Exact arithmetic on calculations in text, independent of whoever wrote them: `2/3 + 0.25 * (4 - 1)`. */

export interface Exact {
  readonly top: bigint;
  readonly bottom: bigint;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? absolute(a) : gcd(b, a % b));

function exact(top: bigint, bottom: bigint): Exact {
  const factor = gcd(top, bottom) || 1n;
  const sign = bottom < 0n ? -1n : 1n;
  return { top: (sign * top) / factor, bottom: (sign * bottom) / factor };
}

function ofText(text: string): Exact {
  const [whole = '0', rest = ''] = text.split('.');
  return exact(BigInt(whole + rest), 10n ** BigInt(rest.length));
}

function floor({ top, bottom }: Exact): Exact {
  const down = top / bottom;
  return { top: top < 0n && top % bottom !== 0n ? down - 1n : down, bottom: 1n };
}

export function evaluated(text: string): Exact {
  const tokens = text.match(/[0-9]+(?:\.[0-9]+)?|[a-z]+|[-+*/(),]/g) ?? [];
  let at = 0;
  const take = (wanted: string): boolean => {
    if (tokens[at] !== wanted) return false;
    at += 1;
    return true;
  };

  const list = (): readonly Exact[] => {
    if (!take('(')) throw new Error(`"(" expected in ${text}`);
    const values = [sum()];
    while (take(',')) values.push(sum());
    if (!take(')')) throw new Error(`")" expected in ${text}`);
    return values;
  };

  const factor = (): Exact => {
    if (take('-')) {
      const { top, bottom } = factor();
      return { top: -top, bottom };
    }
    if (tokens[at] === '(') return list()[0] ?? ofText('0');
    if (take('floor')) return floor(list()[0] ?? ofText('0'));
    if (take('median')) {
      const sorted = [...list()].sort((a, b) => Number(a.top * b.bottom - b.top * a.bottom));
      return sorted[(sorted.length - 1) / 2] ?? ofText('0');
    }
    const token = tokens[at] ?? '';
    at += 1;
    if (!/^[0-9]/.test(token)) throw new Error(`A number is expected at "${token}" in ${text}`);
    return ofText(token);
  };

  const product = (): Exact => {
    let value = factor();
    for (;;) {
      if (take('*')) {
        const by = factor();
        value = exact(value.top * by.top, value.bottom * by.bottom);
      } else if (take('/')) {
        const by = factor();
        value = exact(value.top * by.bottom, value.bottom * by.top);
      } else return value;
    }
  };

  const sum = (): Exact => {
    let value = product();
    for (;;) {
      if (take('+')) {
        const more = product();
        value = exact(value.top * more.bottom + more.top * value.bottom, value.bottom * more.bottom);
      } else if (take('-')) {
        const less = product();
        value = exact(value.top * less.bottom - less.top * value.bottom, value.bottom * less.bottom);
      } else return value;
    }
  };

  const value = sum();
  if (at !== tokens.length) throw new Error(`"${tokens[at]}" is not expected in ${text}`);
  return value;
}

/** What a written answer is worth: "3/4", "1 1/2", "−2.5", "16:25" in minutes. */
export function worth(answer: string): Exact {
  const plain = answer.replace('−', '-').trim();
  const clock = /^(\d+):(\d\d)$/.exec(plain);
  if (clock !== null) return exact(BigInt(clock[1] ?? 0) * 60n + BigInt(clock[2] ?? 0), 1n);
  return evaluated(plain.replace(/^(-?\d+) (\d+\/\d+)$/, '$1 + $2'));
}

export function same(one: Exact, other: Exact): boolean {
  return one.top === other.top && one.bottom === other.bottom;
}
