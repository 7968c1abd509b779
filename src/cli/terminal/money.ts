/** Dollars as they are read at a glance: small amounts keep two digits that count. */
export function money(dollars: number): string {
  const size = Math.abs(dollars);
  if (size === 0) return '$0';
  const digits = size >= 0.1 ? 2 : Math.min(12, 1 - Math.floor(Math.log10(size)));
  return `${dollars < 0 ? '-' : ''}$${size.toFixed(digits)}`;
}
