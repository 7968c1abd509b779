/** Work that is counted: whoever has done so much of it for one value gives up. */
export class Work {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuchWork();
  }

  get left(): number {
    return this.#left;
  }
}

export class TooMuchWork extends Error {
  constructor() {
    super('it takes too much work');
  }
}
