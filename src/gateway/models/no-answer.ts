/** What is said when no provider of a model answered: everything that was tried, and what to do. */
import { ContinuoError } from '../../core/errors.ts';
import type { Tried } from '../inference.ts';
import { requestedModel } from './base-url.ts';
import type { Line } from './lines.ts';
import type { Trial } from './routing.ts';

export type Told = Omit<Tried, 'variant'>;

export function told(model: string, { line, failure }: Trial, now: number): Told {
  const { name } = line.provider;
  return { model, provider: name, code: failure.code, message: `${name} ${sentence(line, failure, now)}` };
}

/** The code is of the last failure that may pass, or else of the last one: nothing helps then but to mend it. */
export function noAnswer(model: string, trials: readonly Trial[], now: number): ContinuoError {
  const tried = trials.map((trial) => told(model, trial, now));
  const at = trials.findLastIndex(({ failure }) => mayPass(failure));
  const index = at < 0 ? trials.length - 1 : at;
  const chosen = trials[index];
  const main = tried[index];
  if (chosen === undefined || main === undefined)
    return new ContinuoError('PROVIDER_REFUSED', `model ${model}: there is no provider to ask`);
  const others = [...new Set(tried.map((each) => each.message))].filter((message) => message !== main.message);
  const before = others.length === 0 ? '' : `; besides, ${others.join('; ')}`;
  const status = 'status' in chosen.failure ? { status: chosen.failure.status ?? null } : {};
  const details = { model, provider: chosen.line.provider.name, ...status, tried: tried.map((each) => ({ ...each })) };
  return new ContinuoError(chosen.failure.code, `model ${model}: ${main.message}${before}`, details, mayPass(chosen.failure));
}

function mayPass(failure: Trial['failure']): boolean {
  return !('again' in failure) || failure.again;
}

function sentence(line: Line, failure: Trial['failure'], now: number): string {
  if (failure.code === 'PROVIDER_RESTING') {
    const until = failure.until === undefined ? '' : ` for another ${seconds(failure.until - now)}`;
    return `is left alone${until}: ${failure.sentence}`;
  }
  const said = `${failure.status === undefined ? '' : ` (HTTP ${failure.status})`}: ${failure.sentence}`;
  switch (failure.code) {
    case 'PROVIDER_REFUSED':
      // Mostly the model is not there: retired, mistyped, or of another account.
      return `refused the request${said}${failure.status === 404 ? `. It was asked for ${requestedModel(line.provider)}` : ''}`;
    case 'KEY_REFUSED':
      return `did not accept the key${said}. Check ${line.keyFrom}`;
    case 'PROVIDER_LIMITED':
      return `answers no more for now${said}${failure.rest === undefined ? '' : `. It answers again in ${seconds(failure.rest)}`}`;
    case 'PROVIDER_FAILED':
      return `failed${said}`;
    case 'PROVIDER_TIMED_OUT':
      return `did not answer in time${said}. Raise the timeouts, or put a faster provider first`;
  }
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.ceil(milliseconds / 1000))} s`;
}
