/** What a template has bound at the place that is being read, and what it read from outside. */

export interface Read {
  readonly name: string;
  /** The fields after the name, as far as they are written out: `a.b["c"].d` has `b`, `c`, `d`. */
  readonly path: readonly string[];
  readonly line: number;
}

/** A template that is named by another. */
export interface Mention {
  readonly name: string;
  readonly line: number;
  /** It says `ignore missing`. */
  readonly mayMiss: boolean;
  /** Where the name stands in the text, with its quotes. */
  readonly at: number;
  readonly end: number;
}

export class Scopes {
  readonly reads: Read[] = [];
  readonly mentions: Mention[] = [];
  /** Every name that a `set`, a macro or an import gives a value somewhere. */
  readonly assigned: Set<string> = new Set();
  /** Every name that is bound somewhere, in whatever way. */
  readonly bound: Set<string> = new Set();
  #stack: Set<string>[] = [new Set()];

  read(name: string, path: readonly string[], line: number): void {
    if (!this.#stack.some((bound) => bound.has(name))) this.reads.push({ name, path, line });
  }

  bind(name: string): void {
    this.bound.add(name);
    this.#stack.at(-1)?.add(name);
  }

  assign(name: string): void {
    this.assigned.add(name);
    this.bind(name);
  }

  /** `names` are bound inside alone, like all that is bound there. */
  inside(names: Iterable<string>, body: () => void): void {
    this.#stack.push(new Set());
    for (const name of names) this.bind(name);
    body();
    this.#stack.pop();
  }

  /** One of the branches is taken: afterwards is bound what each of them binds. */
  oneOf(branches: readonly (() => void)[]): void {
    const before = this.#stack;
    const after = branches.map((branch) => {
      this.#stack = [...before.slice(0, -1), new Set(before.at(-1))];
      branch();
      return this.#stack.at(-1) ?? new Set<string>();
    });
    const [first = new Set<string>(), ...others] = after;
    this.#stack = [...before.slice(0, -1), new Set([...first].filter((name) => others.every((bound) => bound.has(name))))];
  }
}
