import type { Depiction } from '../depiction.ts';

/** The more special ones first. */
export const actions: readonly Depiction[] = [];
