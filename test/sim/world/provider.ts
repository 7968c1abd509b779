/**
 * The world outside: a provider that sells jobs, and what is known there of effects.
 *
 * P1. A provider that takes idempotency keys sells one job for a key; the others sell
 *     one for every time that they are asked.
 */
export type ProviderKind = 'keyed' | 'findable' | 'forgetful';

export class Provider {
  readonly #sold = new Map<string, string[]>();

  submit(kind: ProviderKind, key: string): string {
    const jobs = this.#sold.get(key) ?? [];
    const known = kind === 'keyed' ? jobs[0] : undefined;
    if (known !== undefined) return known;
    const job = `job ${key} ${jobs.length}`;
    this.#sold.set(key, [...jobs, job]);
    return job;
  }

  find(key: string): string | undefined {
    return this.#sold.get(key)?.at(-1);
  }

  sold(key: string): number {
    return this.#sold.get(key)?.length ?? 0;
  }
}
