/** What it means that a model outside gave nothing. Told in the provider's own words, without keys. */
import { APICallError } from '@ai-sdk/provider';
import { ContinuoError, type ErrorCode } from '../../core/errors.ts';
import { redact } from '../../core/data/redact.ts';

/** `passing`: the same may go well later; `content`: it will not make this; `mendable`: a person can mend it. */
export type Why = 'passing' | 'content' | 'mendable';

export class MediaModelError extends ContinuoError {
  readonly why: Why;
  /** What the provider may charge for it. */
  readonly spent: 'nothing' | 'unknown';
  /** Milliseconds for which the provider wants to be left alone. */
  readonly wait: number;

  constructor(
    message: string,
    traits: { why: Why; spent: 'nothing' | 'unknown'; code?: ErrorCode; wait?: number | undefined; status?: number | undefined },
  ) {
    const { why, spent, code = 'MEDIA_MODEL_FAILED', wait = 0, status } = traits;
    super(code, message, status === undefined ? undefined : { status }, why === 'passing');
    this.why = why;
    this.spent = spent;
    this.wait = wait;
  }
}

/** Who was asked, for messages. */
export interface Asked {
  readonly name: string;
  readonly model: string;
  /** Not told to anybody. */
  readonly keys: readonly string[];
  /** The variable that holds the key. */
  readonly keyFrom: string | undefined;
}

/** Of anything that a provider package throws; `sent`: after a request had gone out. */
export function mediaModelError(error: unknown, asked: Asked, sent: boolean): MediaModelError {
  if (error instanceof MediaModelError) return error;
  const said = shortened(redact(sentenceOf(error), asked.keys));
  const who = `${asked.name} (${asked.model})`;
  if (!sent) return new MediaModelError(`${who} cannot be asked as it is configured: ${said}`, { why: 'mendable', spent: 'nothing' });
  if (!APICallError.isInstance(error))
    return new MediaModelError(`${who} gave nothing usable: ${said}`, { why: 'passing', spent: 'unknown' });
  const { statusCode: status, responseBody: body = '', responseHeaders = {} } = error;
  if (status === undefined)
    return new MediaModelError(`${who} cannot be reached: ${said}`, { why: 'passing', spent: neverSent(error) ? 'nothing' : 'unknown' });
  if (status < 300)
    return new MediaModelError(`${who} answered with something that is no answer: ${said}`, { why: 'passing', spent: 'unknown', status });
  const told = `${said} (HTTP ${status})`;
  const spent = 'nothing';
  if ((status === 400 || status === 403) && /content.?policy|moderation|safety|prohibited|flagged/i.test(body))
    return new MediaModelError(`${who} will not make this: ${told}`, { why: 'content', spent, status });
  if (status === 401 || status === 403 || (status === 400 && /api.?key/i.test(body)))
    return new MediaModelError(`${who} did not accept the key: ${told}. Check ${asked.keyFrom ?? 'whether it needs one'}`, {
      why: 'mendable',
      spent,
      status,
      code: 'KEY_REFUSED',
    });
  if (status === 402 || /insufficient_quota|billing_hard_limit|credit balance/i.test(body))
    return new MediaModelError(`${who}: the account has no credit left: ${told}`, {
      why: 'mendable',
      spent,
      status,
      code: 'PROVIDER_LIMITED',
    });
  if (status >= 500 || passing.has(status))
    return new MediaModelError(`${who} does not answer for now: ${told}`, {
      why: 'passing',
      spent,
      status,
      wait: waitIn(responseHeaders, body),
    });
  return new MediaModelError(`${who} refused the request: ${told}`, { why: 'mendable', spent, status });
}

/** Of the 4xx, what says "not now". */
const passing: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** The request never left. */
const unsentCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function neverSent(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && unsentCodes.has(cause.code)) return true;
  return false;
}

function waitIn(headers: Readonly<Record<string, string>>, body: string): number {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '');
  // Google says it in the body alone.
  const seconds = Number.parseFloat(headers['retry-after'] ?? /"retryDelay"\s*:\s*"([\d.]+)s"/.exec(body)?.[1] ?? '');
  return Number.isFinite(milliseconds) ? milliseconds : Number.isFinite(seconds) ? seconds * 1000 : 0;
}

/** Far more than is shown, so that a key which the cut goes through is not in what is shown. */
const readable = 4000;
const shown = 240;

function sentenceOf(error: unknown): string {
  const inBody = APICallError.isInstance(error) ? inText(error.responseBody ?? '') : undefined;
  return (inBody ?? inText(rootOf(error)) ?? 'it does not say why').slice(0, readable).replace(/\s+/g, ' ').trim();
}

function inText(body: string): string | undefined {
  if (/^\s*</.test(body)) return 'it answered with a page of HTML';
  try {
    return inValue(JSON.parse(body)) ?? undefined;
  } catch {
    return body.trim() === '' ? undefined : body;
  }
}

function inValue(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null || depth > 4) return undefined;
  if (Array.isArray(value)) return inValue(value[0], depth + 1);
  // Any object may be read by name; what a field holds stays unknown.
  const fields = value as Readonly<Record<string, unknown>>;
  return inValue(fields['error'] ?? fields['message'] ?? fields['detail'], depth + 1);
}

/** The innermost message: "fetch failed" says nothing, its cause does. */
function rootOf(error: unknown): string {
  let root = error;
  for (let depth = 0; depth < 8 && root instanceof Error && root.cause instanceof Error; depth++) root = root.cause;
  return root instanceof Error ? root.message : String(root);
}

const shortened = (text: string): string => (text.length <= shown ? text : `${text.slice(0, shown)}…`);
