import { Line, type Place } from './line.ts';

interface Named<V> {
  readonly name: string;
  value: V;
}

/**
 * What comes and goes by name, as in a `Map`, and in the order in which it came.
 *
 * R1. What left can be collected as soon as nobody else has it. V8 makes a `Map` a new table from time to time, and each old
 *     table keeps the next one, with all that was in it: once the first has grown old, everything that ever was in the map
 *     outlives many collections. A plain object has no such chain.
 */
export class Roster<V> {
  #places = empty<V>();
  #line = new Line<Named<V>>();

  get size(): number {
    return this.#line.size;
  }

  get(name: string): V | undefined {
    return this.#places[name]?.value?.value;
  }

  has(name: string): boolean {
    return this.#places[name] !== undefined;
  }

  /** In place of what was there; what is new stands at the end. */
  set(name: string, value: V): void {
    const there = this.#places[name]?.value;
    if (there === undefined) this.#places[name] = this.#line.add({ name, value });
    else there.value = value;
  }

  /** Answers whether it was there. */
  delete(name: string): boolean {
    const place = this.#places[name];
    if (place === undefined) return false;
    this.#line.leave(place);
    return delete this.#places[name];
  }

  clear(): void {
    this.#places = empty();
    this.#line = new Line();
  }

  /** The one that came first. */
  get first(): { readonly name: string; readonly value: V } | undefined {
    return this.#line.first;
  }

  names(): readonly string[] {
    return this.#line.values().map(({ name }) => name);
  }

  values(): readonly V[] {
    return this.#line.values().map(({ value }) => value);
  }
}

/** Without a prototype: any name is only a name. */
function empty<V>(): Record<string, Place<Named<V>>> {
  // What has no prototype has no fields either.
  return Object.create(null) as Record<string, Place<Named<V>>>;
}
