/**
 * Follows a run over server-sent events.
 *
 * F1. Each event with a cursor is given once, in order, over however many connections, to however many servers, it takes.
 * F2. It ends after the run's last event, and not because a connection does, or a server that others stand in for.
 */
import { ApiError, passes, type Problem } from './api-error.ts';

export interface LiveEvent {
  /** How far whoever has read it has read the run: to go on from. Absent for what is in no journal: progress, partial output, logs. */
  readonly cursor?: number;
  /** `step:completed` and the like. */
  readonly event: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: unknown;
}

export interface Following {
  readonly open: (after: number) => Promise<Response>;
  readonly cursor: number;
  readonly signal: AbortSignal | undefined;
}

const pauseAfterBreak = 500;

export async function* followStream({ open, cursor, signal }: Following): AsyncGenerator<LiveEvent, void, undefined> {
  let after = cursor;
  const ended = (): boolean => signal?.aborted === true;
  while (!ended()) {
    const answer = await opened(open, after);
    // It has ended, and everything of it was read: the last connection may have broken before the word that it was the last.
    if (ended() || answer?.status === 204) return;
    if (answer !== undefined)
      for await (const { name, data } of messagesOf(answer)) {
        if (name === 'end') return;
        if (name === 'problem') {
          const problem = problemTold(data);
          if (passes(problem.status)) break;
          throw problem;
        }
        // What has no name of its own is an event of the run.
        const event = data as LiveEvent;
        if (event.cursor !== undefined && event.cursor <= after) continue;
        after = event.cursor ?? after;
        yield event;
      }
    await pause(signal);
  }
}

/** Undefined where it may be tried again. */
async function opened(open: Following['open'], after: number): Promise<Response | undefined> {
  try {
    return await open(after);
  } catch (error) {
    if (error instanceof ApiError && !passes(error.status)) throw error;
    return undefined;
  }
}

/** An abort ends it. */
function pause(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, pauseAfterBreak);
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}

async function* messagesOf(answer: Response): AsyncGenerator<Told, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  // Not every browser can iterate a body.
  const reader = answer.body?.getReader();
  try {
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
      const blocks = (rest + decoder.decode(read.value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = messageOf(block);
        if (message !== undefined) yield message;
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return;
    // The connection broke: the next one goes on after the last event.
  } finally {
    // Whoever stops listening hangs up.
    await reader?.cancel().catch(() => undefined);
  }
}

interface Told {
  readonly name: string;
  readonly data: unknown;
}

function messageOf(block: string): Told | undefined {
  const lines = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/.exec(line) ?? []);
  const data = lines.flatMap(([, field, value = '']) => (field === 'data' ? [value] : []));
  if (data.length === 0) return undefined;
  const name = lines.find(([, field]) => field === 'event')?.[2] ?? 'message';
  return { name, data: JSON.parse(data.join('\n')) };
}

function problemTold(value: unknown): ApiError {
  // The server ends a stream with such a document when it cannot go on with it.
  const problem = value as Problem;
  return new ApiError(problem.status, problem);
}
