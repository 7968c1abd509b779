/**
 * Entries of a journal as messages.
 *
 * T1. The same entries give the same messages with the same cursors, on whatever node and however often.
 * T2. Cursors grow with every message; the last message of an event has the event's number, counted from 1.
 */
import type { Json } from '../../core/data/json.ts';
import type { Entry } from '../../core/run/events.ts';
import type { Following } from '../../engine/following.ts';
import { written, type Written } from './message.ts';
import { learnersIn } from './learners.ts';

interface Told {
  readonly name: string;
  readonly event: Json;
}

export class Teller {
  readonly following: Following;
  readonly #run: string;
  readonly #learners: () => readonly string[];
  #told: Told[] = [];

  /** `learners` are those that everything of the run concerns. */
  constructor(run: string, following: Following, learners: () => readonly string[]) {
    this.#run = run;
    this.following = following;
    this.#learners = learners;
    // What a journal says is plain data.
    following.bus.on('*', (event, name) => this.#told.push({ name, event: event as unknown as Json }));
  }

  async tell(entry: Entry): Promise<readonly Written[]> {
    const groups: Told[][] = [];
    await this.following.take(entry, () => groups.push(this.#taken()));
    // What the whole entry says comes with its last event.
    groups.at(-1)?.push(...this.#taken());
    return groups.flatMap((group, place) =>
      group.map(({ name, event }, part) => {
        const cursor = cursorOf(entry.seq + place, part, group.length);
        const learners = [...new Set([...this.#learners(), ...learnersIn(event)])];
        return written({ cursor, event: name, at: entry.at, run: this.#run, data: event }, learners);
      }),
    );
  }

  #taken(): Told[] {
    const told = this.#told;
    this.#told = [];
    return told;
  }
}

/** Of the event with this many before it. */
function cursorOf(before: number, part: number, parts: number): number {
  return part === parts - 1 ? before + 1 : (before * 10 + Math.min(part + 1, 9)) / 10;
}
