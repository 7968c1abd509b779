/** Who is measured, and with which Node. */
import { join } from 'node:path';

export interface Contender {
  readonly name: string;
  readonly module: string;
  readonly node: string;
  /** Told beside its figures. */
  readonly note?: string;
}

const here = import.meta.dirname;

export const contenders: Readonly<Record<string, Contender>> = {
  continuo: { name: 'continuo', module: join(here, 'engines/continuo.ts'), node: process.execPath },
  bare: { name: 'bare', module: join(here, 'engines/bare.ts'), node: process.execPath },
};
