/**
 * What blob collection reads. All numbers come from one sequence, so that whatever is
 * written while a scan is under way lies ahead of it.
 */
import type { Memos } from '../../ports/journal.ts';
import { pair } from './data.ts';
import type { MemoryData } from './data.ts';

export interface Text {
  readonly id: number;
  readonly text: string;
}

export function journalTexts(data: MemoryData, after: number, limit: number): readonly Text[] {
  const texts: Text[] = [];
  for (const { entries, snapshot } of data.runs.values()) {
    for (const { id, events } of entries) texts.push({ id, text: events });
    if (snapshot !== undefined) texts.push({ id: snapshot.id, text: snapshot.state });
  }
  for (const { id, command, outcome } of data.inbox.values()) if (outcome.is === 'waiting') texts.push({ id, text: command });
  return page(texts, after, limit);
}

export class MemoryMemos implements Memos {
  readonly #data: MemoryData;

  constructor(data: MemoryData) {
    this.#data = data;
  }

  async get(project: string, key: string): Promise<string | undefined> {
    return this.#data.memos.get(pair(project, key))?.value;
  }

  async texts(after: number, limit: number): Promise<readonly Text[]> {
    return page(
      [...this.#data.memos.values()].map(({ id, value }) => ({ id, text: value })),
      after,
      limit,
    );
  }
}

function page(texts: readonly Text[], after: number, limit: number): readonly Text[] {
  return texts
    .filter(({ id }) => id > after)
    .sort((a, b) => a.id - b.id)
    .slice(0, limit);
}
