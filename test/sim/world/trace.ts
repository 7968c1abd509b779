/** Everything that happened in a world, as a hash, and in words when somebody wants to read them. */
import { hash } from 'node:crypto';
import type { Timeline } from './timeline.ts';

export type Actor = 'journal' | 'agent' | 'fault' | 'person' | 'engine';

export interface Line {
  readonly at: number;
  readonly who: Actor;
  readonly run: string | undefined;
  readonly text: string;
}

export class Trace {
  readonly lines: Line[] = [];
  readonly #timeline: Timeline;
  readonly #start: number;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#start = timeline.now;
  }

  add(who: Actor, run: string | undefined, text: () => string): void {
    this.lines.push({ at: this.#timeline.now - this.#start, who, run, text: text() });
  }

  get hash(): string {
    return hash('sha256', JSON.stringify(this.lines)).slice(0, 16);
  }
}
