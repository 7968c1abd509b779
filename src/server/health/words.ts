/** Time and text as the page shows them. */
import type { PartHealth } from '../../ports/exchange.ts';

/** `4 s`, `3 min`, `2 h 10 min`, `3 d 4 h`. */
export function spanWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `Redis at cache:6379`. */
export const whereIs = ({ part, at }: PartHealth): string => (at === undefined ? part : `${part} at ${at}`);

/** What others said, as text of a page. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
