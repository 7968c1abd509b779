// L1. What is in the line is there in the order in which it came; each can leave from where it stands, at once.
// L2. Nothing that left is held: its place forgets it, and its neighbours. An old place that the collector has yet to come
//     for would keep what it names, and what that names, from being collected young.

export interface Place<T> {
  /** Undefined once it has left. */
  readonly value: T | undefined;
}

class Standing<T> implements Place<T> {
  value: T | undefined;
  before: Standing<T> | undefined;
  after: Standing<T> | undefined;
  isIn = true;

  constructor(value: T, before: Standing<T> | undefined) {
    this.value = value;
    this.before = before;
  }
}

export class Line<T> {
  #first: Standing<T> | undefined;
  #last: Standing<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#first?.value;
  }

  add(value: T): Place<T> {
    const place = new Standing(value, this.#last);
    if (this.#last === undefined) this.#first = place;
    else this.#last.after = place;
    this.#last = place;
    this.#size++;
    return place;
  }

  /** Once more does nothing. */
  leave(place: Place<T>): void {
    if (!(place instanceof Standing) || !place.isIn) return;
    // Only `add` makes places, and of its own line's kind.
    const { before, after } = place as Standing<T>;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    this.#size--;
    place.isIn = false;
    place.value = undefined;
    place.before = undefined;
    place.after = undefined;
  }

  /** The first one leaves. */
  shift(): T | undefined {
    const place = this.#first;
    const value = place?.value;
    if (place !== undefined) this.leave(place);
    return value;
  }

  /** All that are in it now; who comes or leaves meanwhile changes nothing. */
  values(): readonly T[] {
    const all: T[] = [];
    // What is in the line has its value.
    for (let place = this.#first; place !== undefined; place = place.after) all.push(place.value as T);
    return all;
  }
}
