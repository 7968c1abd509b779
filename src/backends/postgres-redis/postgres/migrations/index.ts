/**
 * The schema, as the steps that lead to it. Version n is what the first n scripts make.
 *
 * M1. A published script is never changed: a new version is a new script at the end.
 */
import { ledger } from './0002-ledger.ts';
import { access } from './0003-access.ts';
import { runs } from './0001-runs.ts';

export const migrations: readonly string[] = [runs, ledger, access];
