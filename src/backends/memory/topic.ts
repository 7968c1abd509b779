import type { Emission, Topic } from '../../ports/journal.ts';
import type { MemoryData } from './data.ts';

export class MemoryTopic implements Topic {
  readonly #data: MemoryData;
  readonly #mustBeOpen: () => void;

  constructor(data: MemoryData, mustBeOpen: () => void) {
    this.#data = data;
    this.#mustBeOpen = mustBeOpen;
  }

  async after(id: number, limit: number): Promise<readonly (Emission & { readonly id: number })[]> {
    const { topic } = this.#data;
    const start = topic.findLastIndex((emission) => emission.id <= id) + 1;
    return topic.slice(start, start + limit).map((emission) => ({ ...emission }));
  }

  async cursor(name: string): Promise<number> {
    return this.#data.cursors.get(name) ?? 0;
  }

  async advance(name: string, to: number): Promise<void> {
    this.#mustBeOpen();
    this.#data.cursors.set(name, Math.max(to, this.#data.cursors.get(name) ?? 0));
  }
}
