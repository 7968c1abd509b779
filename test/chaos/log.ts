/** What the driver did to its nodes and servers, and what became of them. */

/** How what a node itself said begins. */
export const complaint = 'says: ';

export interface Logged {
  readonly at: number;
  /** Where it concerns one. */
  readonly node?: string;
  readonly text: string;
}

export class Log {
  readonly entries: Logged[] = [];
  readonly #aloud: boolean;
  readonly #began = Date.now();

  constructor(aloud: boolean) {
    this.#aloud = aloud;
  }

  add(text: string, node?: string): void {
    const at = Date.now();
    this.entries.push({ at, text, ...(node === undefined ? {} : { node }) });
    if (this.#aloud)
      console.error(`${((at - this.#began) / 1000).toFixed(1).padStart(7)}  ${node === undefined ? '' : `${node}: `}${text}`);
  }
}
