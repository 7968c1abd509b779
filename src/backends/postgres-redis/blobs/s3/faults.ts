/** What goes wrong between here and S3, before it is put into words. */
import { ContinuoError } from '../../../../core/errors.ts';

/** S3 answered, and did not do it. */
export class Refusal extends Error {
  readonly status: number;
  /** S3's own word for it: `NoSuchKey`; empty where it said none. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super([String(status), code, message].filter((part) => part !== '').join(' '));
    this.status = status;
    this.code = code;
  }

  get mayPass(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408 || this.code === 'RequestTimeout' || this.code === 'BadDigest';
  }
}

/** S3 did not answer, or not to the end. */
export class Silence extends Error {}

export function mayPass(error: unknown): boolean {
  return error instanceof Silence || (error instanceof Refusal && error.mayPass);
}

/** The answer, or undefined where there is no such object. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    // An answer to HEAD has no body that could say a code.
    if (error instanceof Refusal && error.status === 404 && (error.code === 'NoSuchKey' || error.code === '')) return undefined;
    throw error;
  }
}

/** Why the store cannot be opened. */
export function openingFault(error: unknown, location: string): unknown {
  if (error instanceof Silence) return new ContinuoError('STORE_UNREACHABLE', `${location} could not be reached: ${error.message}`);
  if (!(error instanceof Refusal)) return error;
  if (error.status === 403 || error.status === 401)
    return new ContinuoError(
      'STORE_DENIED',
      `${location} refused the access key, or what it may do (get, put, delete and list): ${error.message}`,
    );
  if (error.code === 'NoSuchBucket')
    return new ContinuoError('STORE_UNFIT', `${location}: there is no such bucket; make it, or name one that there is`);
  if (error.mayPass) return new ContinuoError('STORE_UNREACHABLE', `${location} is there and does not work: ${error.message}`);
  return new ContinuoError('STORE_UNFIT', `${location} cannot be used (is the region right?): ${error.message}`);
}

/** Why something could not be read or written, later. */
export function workingFault(error: unknown, location: string): unknown {
  if (error instanceof Silence || error instanceof Refusal) return new ContinuoError('STORE_FAILED', `${location}: ${error.message}`);
  return error;
}
