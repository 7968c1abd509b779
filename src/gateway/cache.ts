/**
 * Answers that were given before to exactly the same request.
 *
 * A1. The key is the hash of everything that the answer depends on; a project has answers of its own.
 * A2. Only an answer that was good is kept.
 */
import { hash } from 'node:crypto';
import { canonicalJson } from '../core/data/canonical.ts';
import type { Json } from '../core/data/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { Rung } from '../ports/ledger.ts';
import type { CacheConfig, CacheMode } from './config/model.ts';
import type { ToolCall } from './inference.ts';
import type { Recorder } from './recorder.ts';

export interface Kept {
  readonly output: Json;
  readonly toolCalls: readonly ToolCall[];
  readonly rung: Rung;
  readonly model: string;
  readonly provider: string;
}

export interface CacheUse {
  readonly project: string;
  readonly mode: CacheMode;
  readonly ttl: number;
}

interface Answers {
  answer(project: string, key: string, now: number): Promise<string | undefined>;
}

export class Cache {
  readonly #answers: Answers;
  readonly #recorder: Recorder;
  readonly #clock: Clock;

  constructor(answers: Answers, recorder: Recorder, clock: Clock) {
    this.#answers = answers;
    this.#recorder = recorder;
    this.#clock = clock;
  }

  async get({ project, mode }: CacheUse, key: string): Promise<Kept | undefined> {
    if (mode !== 'on' && mode !== 'read_only') return undefined;
    const text = await this.#answers.answer(project, key, this.#clock.now());
    // Only `put` writes answers.
    return text === undefined ? undefined : (JSON.parse(text) as Kept);
  }

  async put({ project, mode, ttl }: CacheUse, key: string, kept: Kept): Promise<void> {
    if (mode !== 'on' && mode !== 'write_only') return;
    const at = this.#clock.now();
    await this.#recorder.note([{ is: 'answer', record: { project, key, answer: JSON.stringify(kept), at, expiresAt: at + ttl } }]);
  }
}

export function keyOf(request: Json): string {
  return hash('sha256', canonicalJson(request));
}

export function cacheUse(config: CacheConfig, project: string, asked: { readonly mode?: CacheMode; readonly ttl?: number } = {}): CacheUse {
  return { project, mode: asked.mode ?? config.mode, ttl: asked.ttl ?? config.ttl };
}
