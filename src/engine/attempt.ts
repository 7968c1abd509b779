/**
 * One attempt from its input to its result, whatever happens on the way.
 *
 * What is there at once is not waited for: of most attempts the agent's answer is the only thing that has to come.
 */
import { toJson, NotJsonError, type Json } from '../core/data/json.ts';
import { ContinuoError, fault, faultOf } from '../core/errors.ts';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';
import type { Fault, Payload } from '../core/run/events.ts';
import type { Action } from '../ports/agent.ts';
import type { Isolation } from '../ports/isolation.ts';
import { AttemptContext } from './context.ts';
import type { Held } from './held.ts';
import type { MemoShelf } from './memo.ts';
import type { Registered } from './registry.ts';
import { check } from './schema.ts';
import type { Surroundings } from './surroundings.ts';

export interface AttemptParts extends Surroundings {
  readonly isolation: Isolation;
  readonly memos: MemoShelf;
}

export type Outcome =
  | { readonly is: 'completed'; readonly output: Payload; readonly memo?: string; readonly fromMemo?: true }
  | { readonly is: 'failed'; readonly error: Fault }
  | { readonly is: 'released' };

export function makeAttempt(hand: Held, agent: Registered, parts: AttemptParts): Promise<Outcome> {
  return attempt(hand, agent, parts).catch((error: unknown) => endOf(hand, error));
}

function endOf(hand: Held, error: unknown): Outcome {
  if (error instanceof AttemptOver) return { is: 'failed', error: error.fault };
  if (hand.released) return { is: 'released' };
  if (error instanceof NotJsonError) return { is: 'failed', error: fault('OUTPUT_NOT_JSON', error.message) };
  return { is: 'failed', error: faultOf(error) };
}

async function attempt(hand: Held, agent: Registered, parts: AttemptParts): Promise<Outcome> {
  const { definition } = agent;
  const { action: name } = hand;
  const action = Object.hasOwn(definition.actions, name) ? definition.actions[name] : undefined;
  if (action === undefined) {
    throw new ContinuoError(
      'ACTION_UNKNOWN',
      `agent ${definition.id} has no action ${JSON.stringify(name)}; it has ${Object.keys(definition.actions).join(', ')}`,
    );
  }
  const given = parts.patiently(hand, () => hand.input());
  const raw = given instanceof Promise ? await given : given;
  const memo = hand.memo ? parts.memos.key(definition, name, raw) : undefined;
  if (memo !== undefined) {
    const known = await parts.patiently(hand, () => parts.memos.get(hand.run.project, memo));
    if (known !== undefined) return { is: 'completed', output: known, fromMemo: true };
  }
  const where = `${definition.id}.${name}`;
  const input = action.input === undefined ? raw : await check(action.input, raw, 'INPUT_INVALID', `the input of ${where}`);
  const said = parts.patiently(hand, () => hand.feedback());
  const feedback = said instanceof Promise ? await said : said;
  if (hand.released) return { is: 'released' };
  const answer = await bounded({ hand, agent, action, name, input, feedback }, parts);
  const value = action.output === undefined ? toJson(answer, 'output') : await validOutput(action.output, answer, where);
  const kept = parts.patiently(hand, () => parts.payload(value));
  const output = kept instanceof Promise ? await kept : kept;
  return memo === undefined ? { is: 'completed', output } : { is: 'completed', output, memo };
}

async function validOutput(schema: StandardSchemaV1<unknown, unknown>, answer: unknown, where: string): Promise<Json> {
  try {
    return toJson(await check(schema, answer, 'OUTPUT_INVALID', `the output of ${where}`), 'output');
  } catch (error) {
    // A model's malformed answer may be well-formed next time.
    throw error instanceof ContinuoError ? Object.assign(new Error(error.message), { code: error.code, retryable: true }) : error;
  }
}

interface Call {
  readonly hand: Held;
  readonly agent: Registered;
  readonly action: Action;
  readonly name: string;
  readonly input: unknown;
  readonly feedback: Json | undefined;
}

/** The call itself, within its time limit and with its signs of life. */
function bounded(call: Call, parts: AttemptParts): unknown {
  const { hand } = call;
  const { timeout, heartbeat } = hand;
  if (timeout === undefined && heartbeat === undefined) return make(call, parts, () => undefined);
  return new Promise((resolve, reject) => {
    const { clock } = parts;
    const give = (error: Fault): void => {
      stop();
      hand.abort(error.message);
      reject(new AttemptOver(error));
    };
    const late =
      timeout === undefined
        ? undefined
        : clock.at(clock.now() + timeout, () =>
            give(fault('ATTEMPT_TIMED_OUT', `${hand.key} timed out: attempt ${hand.ref.attempt} took longer than ${timeout} ms`)),
          );
    let silent: (() => void) | undefined;
    const beat = (): void => {
      if (heartbeat === undefined) return;
      silent?.();
      silent = clock.at(clock.now() + heartbeat, () =>
        give(fault('HEARTBEAT_LOST', `${hand.key} gave no sign of life for ${heartbeat} ms`)),
      );
    };
    const stop = (): void => {
      late?.();
      silent?.();
      silent = undefined;
    };
    beat();
    const made = async (): Promise<unknown> => make(call, parts, beat);
    void made().then(resolve, reject).finally(stop);
  });
}

/** The engine itself ended the attempt: unlike a released hand, this is a result. */
export class AttemptOver extends Error {
  readonly fault: Fault;
  constructor(error: Fault) {
    super(error.message);
    this.fault = error;
  }
}

function make({ hand, agent, action, name, input, feedback }: Call, parts: AttemptParts, beat: () => void): unknown {
  const ctx = new AttemptContext({ hand, agent: agent.definition.id, feedback, around: parts, beat });
  return agent.definition.isolation === 'process' ? parts.isolation.run(agent.definition, name, input, ctx) : action.run(input, ctx);
}
