/**
 * How an inference is answered: whole, or as it comes.
 *
 * A1. Nothing leaves before there is something to say: until then a failure is answered as any other is.
 * A2. A stream that broke ends with an event that says so, and never with `[DONE]`.
 * A3. A model is read as fast as the client reads, and no faster.
 * A4. A client that goes away cancels the inference.
 */
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Inference, InferOptions, Speaker } from '../../gateway/inference.ts';

export type Ask = (how: Required<Pick<InferOptions, 'signal'>> & Pick<InferOptions, 'onText'>) => Promise<Inference>;

/** An answer in the words of one protocol. */
export interface Telling<Whole = object> {
  whole(inference: Inference): Whole;
  /** Before the first text. */
  begin(by: Speaker): readonly object[];
  text(text: string, by: Speaker): readonly object[];
  end(inference: Inference): readonly object[];
  /** The event of a stream that broke. */
  broken(error: unknown): string;
}

export async function answerWhole<Whole>(reply: FastifyReply, ask: Ask, telling: Telling<Whole>): Promise<Whole | void> {
  const signal = whenGone(reply);
  try {
    const whole = telling.whole(await ask({ signal }));
    // The compiler holds it against the route's schema; holding each answer against it once more tells nothing new.
    reply.type('application/json; charset=utf-8').serializer(JSON.stringify);
    return whole;
  } catch (error) {
    // Nobody is there to be answered.
    if (signal.aborted) return reply.hijack();
    throw error;
  }
}

export async function answerAsEvents(reply: FastifyReply, ask: Ask, telling: Telling<unknown>): Promise<void> {
  const signal = whenGone(reply);
  const out = new PassThrough();
  const { promise: begun, resolve, reject } = Promise.withResolvers<void>();
  let hasBegun = false;
  const say = (events: readonly object[]): Promise<void> | undefined => {
    hasBegun = true;
    resolve();
    const hasRoom = out.write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
    return hasRoom ? undefined : drained(out);
  };
  const onText = (text: string, by: Speaker): Promise<void> | undefined => {
    const events = hasBegun ? [] : telling.begin(by);
    return say(text === '' ? events : [...events, ...telling.text(text, by)]);
  };
  ask({ signal, onText }).then(
    (inference) => {
      void say([...(hasBegun ? [] : telling.begin({ ...inference })), ...telling.end(inference)]);
      out.end('data: [DONE]\n\n');
    },
    (error: unknown) => {
      if (!hasBegun) reject(error);
      else if (signal.aborted) out.destroy();
      else out.end(telling.broken(error));
    },
  );
  try {
    await begun;
  } catch (error) {
    if (signal.aborted) return reply.hijack();
    throw error;
  }
  // A proxy that gathers an answer before it hands it on makes a stream of it no more.
  return reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type('text/event-stream').send(out);
}

function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('the client went away'));
  });
  return gone.signal;
}

/** Or gone: nobody reads on then, and nothing must wait for it. */
function drained(out: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done).off('close', done);
      resolve();
    };
    out.on('drain', done).on('close', done);
  });
}
