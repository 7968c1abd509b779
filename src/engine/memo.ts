/** Results that other runs of the project may use again. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/data/canonical.ts';
import type { Json } from '../core/data/json.ts';
import type { Payload } from '../core/run/events.ts';
import type { AgentDefinition } from '../ports/agent.ts';
import type { Memos } from '../ports/journal.ts';

export class MemoShelf {
  readonly #memos: Memos;

  constructor(memos: Memos) {
    this.#memos = memos;
  }

  /** The same agent in the same version, given the same input, is taken to give the same. */
  key(agent: AgentDefinition, action: string, input: Json): string {
    return createHash('sha256')
      .update(canonicalJson([agent.id, agent.version, action, input]))
      .digest('hex');
  }

  async get(project: string, key: string): Promise<Payload | undefined> {
    const text = await this.#memos.get(project, key);
    return text === undefined ? undefined : (JSON.parse(text) as Payload);
  }
}
