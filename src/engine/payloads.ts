/** Large values lie in blobs: the journal holds their names. */
import { ContinuoError } from '../core/errors.ts';
import { bearable } from '../core/data/bearable.ts';
import type { Json } from '../core/data/json.ts';
import { BlobNeeded } from '../core/plan/expression.ts';
import type { Payload, RunEvent } from '../core/run/events.ts';
import type { Shelf } from '../core/run/scope.ts';
import type { Blobs } from '../ports/blobs.ts';

/** Values whose JSON text is longer than this go to blobs. */
export const inlineLimit: number = 64 * 1024;

export const payloadType = 'application/json';

/** As it stands in any text of the store. */
export const blobName: RegExp = /sha256-[0-9a-f]{64}/g;

export class Payloads {
  readonly #blobs: Blobs;
  readonly #now: () => number;

  constructor(blobs: Blobs, now: () => number) {
    this.#blobs = blobs;
    this.#now = now;
  }

  /** A payload of the value. Most are small, and then nothing is awaited. */
  of(value: Json): Payload | Promise<Payload> {
    if (isSmall(value)) return { value };
    const text = JSON.stringify(bearable(value));
    return text.length <= inlineLimit ? { value } : this.#store(text);
  }

  async #store(text: string): Promise<Payload> {
    const { id, bytes } = await this.#blobs.put(new TextEncoder().encode(text), payloadType, this.#now());
    return { blob: id, bytes };
  }

  async open(payload: Payload): Promise<Json> {
    return 'value' in payload ? payload.value : this.fetch(payload.blob);
  }

  async fetch(blob: string): Promise<Json> {
    const bytes = await this.#blobs.get(blob);
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as Json;
    } catch {
      throw new ContinuoError('BLOB_CORRUPT', `blob ${blob} should hold JSON and does not`);
    }
  }

  /** Evaluates something pure that may need large values: each is fetched, and it is evaluated again. Most need none, and answer at once. */
  evaluate<T>(shelf: Shelf, how: () => T): T | Promise<T> {
    try {
      return how();
    } catch (error) {
      if (!(error instanceof BlobNeeded)) throw error;
      return this.#fetching(shelf, error.blob, how);
    }
  }

  async #fetching<T>(shelf: Shelf, blob: string, how: () => T): Promise<T> {
    shelf.put(blob, await this.fetch(blob));
    return this.evaluate(shelf, how);
  }

  /** Events whose own values (a run's output, a kept signal) are large, with these moved to blobs; at once where there are none. */
  offload(events: readonly RunEvent[]): readonly RunEvent[] | Promise<readonly RunEvent[]> {
    if (!events.some(isLarge)) return events;
    return Promise.all(
      events.map(async (event) => {
        if (!isLarge(event)) return event;
        if ('output' in event && event.output !== undefined && 'value' in event.output)
          return { ...event, output: await this.of(event.output.value) };
        if ('data' in event && 'value' in event.data) return { ...event, data: await this.of(event.data.value) };
        if (event.type === 'ask.opened' && event.show !== undefined && 'value' in event.show)
          return { ...event, show: await this.of(event.show.value) };
        return event;
      }),
    );
  }
}

/** Certainly below the limit, which is found without writing it out: each character as long as it can become. */
function isSmall(value: Json): boolean {
  return spaceLeft(value, inlineLimit) >= 0;
}

/** Of so many characters, those that are left when the value has been written at its longest; negative as soon as there are none. */
function spaceLeft(value: Json, space: number): number {
  if (typeof value === 'string') return space - 6 * value.length - 3;
  if (typeof value !== 'object' || value === null) return space - 26;
  let left = space - 3;
  if (Array.isArray(value)) for (let i = 0; i < value.length && left >= 0; i++) left = spaceLeft(value[i] as Json, left);
  else left = spaceInFields(value as { readonly [key: string]: Json }, left);
  return left;
}

function spaceInFields(fields: { readonly [key: string]: Json }, space: number): number {
  let left = space;
  for (const name in fields) {
    if (left < 0) return left;
    left = spaceLeft(fields[name] ?? null, left - 6 * name.length - 4);
  }
  return left;
}

function isLarge(event: RunEvent): boolean {
  const payload = 'output' in event ? event.output : 'data' in event ? event.data : event.type === 'ask.opened' ? event.show : undefined;
  if (payload === undefined || !('value' in payload) || isSmall(payload.value)) return false;
  return JSON.stringify(bearable(payload.value)).length > inlineLimit;
}
