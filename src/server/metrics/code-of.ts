import { catalogue, ContinuoError } from '../../core/errors.ts';
import { other } from './names.ts';

/** Codes of the catalogue as labels: agents may bring codes of their own, and any number of them. */
export function knownCode(code: string): string {
  return Object.hasOwn(catalogue, code) ? code : other;
}

export function codeOf(error: unknown): string {
  return error instanceof ContinuoError ? error.code : 'INTERNAL';
}
