/**
 * One request to S3 after the other, each signed, limited in time, and tried again where that helps.
 *
 * C1. What may pass (no answer, an answer that breaks off, 5xx, 429) is tried again a few times, with growing pauses;
 *     nothing else is. The answer is read to its end within the same try.
 * C2. What is sent goes with its digest, which S3 checks.
 */
import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { S3Settings } from '../../options.ts';
import { addressing } from './address.ts';
import { mayPass, Refusal, Silence } from './faults.ts';
import { signed } from './sign.ts';
import { textIn } from './xml.ts';

export interface Request<T> {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** How much the answer may carry: it has time for that. */
  readonly size?: number;
  /** Reads the answer; a `Silence` or `Refusal` that it throws counts as S3's. */
  readonly read: (response: Response) => Promise<T>;
}

/** A try may take so many milliseconds, and longer by one for so many bytes. */
const patience = 15_000;
const bytesPerMillisecond = 50;
/** The longest that a timer can wait. */
const longest = 2 ** 31 - 1;

const tries = 5;
const firstPause = 100;

const empty = hash('sha256', '');

/** In milliseconds. */
export interface Timing {
  /** Before a request is tried for the second time; each pause after it is twice as long. */
  readonly firstPause?: number;
  readonly patience?: number;
}

export class S3Client {
  readonly #settings: S3Settings;
  readonly #address: ReturnType<typeof addressing>;
  readonly #timing: Required<Timing>;

  constructor(settings: S3Settings, timing: Timing = {}) {
    this.#settings = settings;
    this.#address = addressing(settings);
    this.#timing = { firstPause, patience, ...timing };
  }

  async ask<T>(request: Request<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#try(request);
      } catch (error) {
        if (!mayPass(error) || attempt === tries) throw error;
        await pause(this.#timing.firstPause * 2 ** (attempt - 1) * (0.5 + Math.random()));
      }
    }
  }

  async #try<T>({ method, key, query, headers = {}, body, size = 0, read }: Request<T>): Promise<T> {
    const { region = 'us-east-1', accessKey, secretKey } = this.#settings;
    const url = this.#address(key, query);
    const digest = body === undefined ? empty : hash('sha256', body);
    const own = signed({ method, url, headers, digest, region, accessKey, secretKey, now: new Date() });
    const limit = Math.min(longest, this.#timing.patience + Math.ceil(((body?.byteLength ?? 0) + size) / bytesPerMillisecond));
    try {
      const response = await fetch(url, {
        method,
        headers: own,
        redirect: 'manual',
        signal: AbortSignal.timeout(limit),
        // Whoever gave the bytes does not hold them in shared memory.
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
      });
      if (response.ok) return await read(response);
      throw await refusalOf(response);
    } catch (error) {
      throw isOfTheLine(error) ? new Silence(reasonOf(error, limit)) : error;
    }
  }
}

/** The digest as S3 wants it beside a body. */
export function checksum(body: Uint8Array): string {
  return hash('sha256', body, 'base64');
}

export async function nothing(response: Response): Promise<void> {
  await response.arrayBuffer();
}

async function refusalOf(response: Response): Promise<Refusal> {
  const xml = await response.text();
  return new Refusal(response.status, textIn(xml, 'Code') ?? '', textIn(xml, 'Message') ?? '');
}

/** `fetch` throws a TypeError for whatever happens to a connection, and a DOMException when time is up. */
function isOfTheLine(error: unknown): error is Error {
  return (
    (error instanceof TypeError && /fetch failed|terminated|network/i.test(error.message)) ||
    (error instanceof DOMException && error.name === 'TimeoutError')
  );
}

function reasonOf(error: Error, limit: number): string {
  if (error instanceof DOMException) return `no answer in ${Math.round(limit / 1000)} s`;
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
