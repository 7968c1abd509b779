/**
 * Answers that were given before to exactly the same request.
 *
 * A1. The key is the hash of everything that the answer depends on; a project has answers of its own.
 * A2. Only an answer that was good is kept.
 * A3. A store that stumbles costs what was kept, and no answer.
 */
import { hash } from 'node:crypto';
import { canonicalJson } from '../core/data/canonical.ts';
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Rung } from '../ports/ledger.ts';
import type { CacheConfig, CacheMode } from './config/model.ts';
import type { Finish, InferOptions, ToolCall } from './inference.ts';
import type { Recorder } from './recorder.ts';

export interface Kept {
  readonly output: Json;
  readonly toolCalls: readonly ToolCall[];
  readonly finish?: Finish;
  readonly rung: Rung;
  readonly model: string;
  readonly provider: string;
}

export interface CacheUse {
  readonly project: string;
  readonly mode: CacheMode;
  readonly ttl: number;
}

interface CacheParts {
  readonly recorder: Pick<Recorder, 'note' | 'answer'>;
  readonly clock: Clock;
  /** Hears of what the store refused. */
  readonly told: (error: unknown) => undefined;
}

export class Cache {
  readonly #recorder: CacheParts['recorder'];
  readonly #clock: Clock;
  readonly #told: CacheParts['told'];

  constructor({ recorder, clock, told }: CacheParts) {
    this.#recorder = recorder;
    this.#clock = clock;
    this.#told = told;
  }

  async get({ project, mode }: CacheUse, key: string): Promise<Kept | undefined> {
    if (mode !== 'on' && mode !== 'read_only') return undefined;
    const text = await this.#recorder.answer(project, key).catch(this.#told);
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

/** Without a trace, answers are read and none is kept. */
export function cacheUse(config: CacheConfig, project: string, asked: Pick<InferOptions, 'cache' | 'dryrun'> = {}): CacheUse {
  const { mode = config.mode, ttl = config.ttl } = asked.cache ?? {};
  if (!(ttl > 0 && Number.isFinite(ttl)))
    throw new ContinuoError('INPUT_INVALID', `an answer cannot be kept in the cache for ${ttl} ms: give a number above 0`);
  return { project, mode: asked.dryrun === true ? traceless[mode] : mode, ttl };
}

const traceless = { off: 'off', on: 'read_only', read_only: 'read_only', write_only: 'off' } as const;
