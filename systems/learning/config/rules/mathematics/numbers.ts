/** Exact numbers and how they are written. */

export function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

export function lcm(a: number, b: number): number {
  return (a / gcd(a, b)) * b;
}

export interface Fraction {
  readonly top: number;
  readonly bottom: number;
}

export function reduced(top: number, bottom: number): Fraction {
  const factor = gcd(top, bottom) || 1;
  const sign = bottom < 0 ? -1 : 1;
  return { top: (sign * top) / factor, bottom: (sign * bottom) / factor };
}

/** In its lowest terms: "3/4", or "2" where nothing is left over. */
export function written(top: number, bottom: number): string {
  const fraction = reduced(top, bottom);
  return fraction.bottom === 1 ? String(fraction.top) : `${fraction.top}/${fraction.bottom}`;
}

/** Other ways to write the same fraction: not reduced, or as a mixed number. */
export function otherForms(top: number, bottom: number): readonly string[] {
  const low = reduced(top, bottom);
  const forms: string[] = [];
  if (bottom !== low.bottom && bottom > 1) forms.push(`${top}/${bottom}`);
  if (low.bottom > 1 && low.top > low.bottom) forms.push(`${Math.floor(low.top / low.bottom)} ${low.top % low.bottom}/${low.bottom}`);
  return forms;
}

/** A decimal of whole hundredths, thousandths …: `decimal(125, 2)` is "1.25". */
export function decimal(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const whole = places === 0 ? digits : digits.slice(0, -places);
  const rest = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  return `${units < 0 ? '−' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
}

export function money(cents: number): string {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** With a real minus sign, as it is printed. */
export function signed(value: number): string {
  return value < 0 ? `−${-value}` : String(value);
}

/** As it stands after another number in a sum: "+ 3", "− 3". */
export function added(value: number): string {
  return value < 0 ? `− ${-value}` : `+ ${value}`;
}
