/**
 * Names as values of a label: so many and no more, whoever makes them up.
 *
 * N1. A name that was told once is told for ever; when `most` are known, every other is `other`.
 * N2. Ids of runs and words of people are no names.
 */
const longest = 100;

export const other = 'other';

export class Names {
  readonly #most: number;
  readonly #known = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  of(name: string): string {
    if (this.#known.has(name)) return name;
    if (this.#known.size >= this.#most || name.length > longest) return other;
    this.#known.add(name);
    return name;
  }
}
