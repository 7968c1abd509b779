/**
 * What is handed to Postgres.
 *
 * V1. Text is what UTF-8 and Postgres can hold: half a surrogate pair would be changed in silence, NUL is refused.
 *     Numbers are finite.
 */
import { PostgresFault } from './faults.ts';

const invalidText = '22021';
const outOfRange = '22003';

export function fitText(text: string, where: string): string {
  if (!text.isWellFormed() || text.includes('\0'))
    throw new PostgresFault('STORE_FAILED', `${where} cannot hold the text ${brief(text)}`, invalidText);
  return text;
}

export function fitNumber(number: number, where: string): number {
  if (!Number.isFinite(number)) throw new PostgresFault('STORE_FAILED', `${where} cannot hold the number ${number}`, outOfRange);
  return number;
}

function brief(text: string): string {
  const shown = JSON.stringify(text);
  return shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
}
