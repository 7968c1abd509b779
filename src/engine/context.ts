/** What an agent holds in its hands during one attempt. */
import { toJson, type Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { AgentBlobs, AgentBudget, AgentContext, BlobRef, Job, ModelGateway } from '../ports/agent.ts';
import type { BlobInfo } from '../ports/blobs.ts';
import type { AskOptions, Inference } from '../ports/inference.ts';
import type { FromAttempt, Held } from './held.ts';
import { runJob } from './job.ts';
import { mustCount } from './must-count.ts';
import type { Surroundings } from './surroundings.ts';
import { effect } from './traces/effects.ts';
import { attemptTraceparent } from './traces/span-ids.ts';

interface ContextParts {
  readonly hand: Held;
  readonly agent: string;
  readonly feedback: Json | undefined;
  readonly around: Surroundings;
  /** Called at every sign of life. */
  readonly beat: () => void;
}

export class AttemptContext implements AgentContext {
  readonly feedback: Json | undefined;
  readonly #hand: Held;
  readonly #around: Surroundings;
  readonly #beat: () => void;
  readonly #agent: string;
  /** Made when a name is first used: most attempts use none. */
  #once: Map<string, Promise<unknown>> | undefined;

  constructor({ hand, agent, feedback, around, beat }: ContextParts) {
    this.#hand = hand;
    this.#agent = agent;
    this.feedback = feedback;
    this.#around = around;
    this.#beat = beat;
  }

  get runId(): string {
    return this.#hand.run.id;
  }
  get project(): string {
    return this.#hand.run.project;
  }
  get workflow(): string {
    return this.#hand.run.workflow;
  }
  get stepId(): string {
    return this.#hand.step;
  }
  get item(): number | undefined {
    return this.#hand.ref.item;
  }
  get visit(): number {
    return this.#hand.ref.visit;
  }
  get attempt(): number {
    return this.#hand.ref.attempt;
  }
  get signal(): AbortSignal {
    return this.#hand.signal;
  }
  get idempotencyKey(): string {
    return `${this.runId}:${this.#hand.key}:${this.visit}`;
  }
  get traceparent(): string {
    return attemptTraceparent(this.#hand.run, this.#hand.ref, this.#around.telemetry);
  }

  once<T>(name: string, fn: () => Promise<T> | T): Promise<T> {
    // What was recorded under a name is what the function of that name gave.
    return this.#underName(name, () => this.#recorded(name, fn)) as Promise<T>;
  }

  async #recorded<T>(name: string, fn: () => Promise<T> | T): Promise<T> {
    const known = this.#hand.records[name];
    // It came from the same function, by way of JSON.
    if (known?.is === 'value') return (await this.#patiently(() => this.#around.open(known.value))) as T;
    await this.#mustCount();
    const value = toJson(await effect(this.#around, this.#hand, { name, kind: 'once' }, fn), `once(${JSON.stringify(name)})`);
    await this.#tell(async () => ({ type: 'record', ref: this.#hand.ref, name, value: await this.#around.payload(value) }));
    return value as T;
  }

  /** Whoever goes on after it was overtaken, or has ended, has no more effects: its successor has them. */
  async #mustCount(): Promise<void> {
    return mustCount(this.#hand, this.#around);
  }

  async #patiently<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#around.patiently(this.#hand, work);
  }

  #tell(said: () => Promise<FromAttempt>): Promise<void> {
    return this.#patiently(async () => this.#hand.tell(await said()));
  }

  job<T, J extends Json>(name: string, job: Job<T, J>): Promise<T> {
    // As with `once`: the name stands for one job.
    return this.#underName(name, () => runJob(this.#hand, name, job, this, this.#around)) as Promise<T>;
  }

  /** The same name is the same sub-step, also when two calls of it overlap. */
  #underName(name: string, begin: () => Promise<unknown>): Promise<unknown> {
    this.#once ??= new Map();
    const known = this.#once.get(name) ?? begin();
    this.#once.set(name, known);
    return known;
  }

  get blobs(): AgentBlobs {
    const { blobs, clock } = this.#around;
    const patiently = <T>(work: () => Promise<T>): Promise<T> => this.#patiently(work);
    const idOf = (ref: BlobRef | string): string => (typeof ref === 'string' ? ref : ref.blob);
    return {
      async put(bytes, type = typeof bytes === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream') {
        const whole = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
        const put = (): Promise<BlobInfo> => blobs.put(whole, type, clock.now());
        // A stream can be read once only.
        const info = await (whole instanceof Uint8Array ? patiently(put) : put());
        return { blob: info.id, bytes: info.bytes, type: info.type };
      },
      get: (ref) => patiently(() => blobs.get(idOf(ref))),
      text: async (ref) => new TextDecoder().decode(await patiently(() => blobs.get(idOf(ref)))),
      path: (ref) => blobs.path(idOf(ref)),
    };
  }

  get budget(): AgentBudget {
    return { reserve: (amount) => this.#reserve(amount), spent: () => Promise.resolve(this.#hand.spent()) };
  }

  async #reserve(amount: number): ReturnType<AgentBudget['reserve']> {
    try {
      // M2: what an earlier engine lost of this attempt stays counted beside it, for its call may have been billed.
      const id = this.#around.newId();
      const settled = await this.#patiently(() => this.#hand.reserve(id, amount));
      const settle = (actual: number): Promise<void> => this.#patiently(() => settled(actual));
      return { granted: true, settle };
    } catch (error) {
      const details = error instanceof ContinuoError && error.code === 'BUDGET_EXCEEDED' ? error.details : undefined;
      if (typeof details === 'object' && details !== null && 'onLimit' in details && details.onLimit === 'degrade') {
        return { granted: false, onLimit: 'degrade', left: Number(details.left) };
      }
      throw error;
    }
  }

  async emit(name: string, data: unknown = null): Promise<void> {
    const value = toJson(data, `emit(${JSON.stringify(name)})`);
    await this.#tell(async () => ({
      type: 'emit',
      ref: this.#hand.ref,
      name,
      data: await this.#around.payload(value),
      agent: this.#agent,
    }));
  }

  stream(chunk: unknown): void {
    this.#beat();
    this.#around.live('step:stream', this.#hand, { chunk });
  }

  progress(share: number, message?: string): void {
    this.#beat();
    this.#around.live('step:progress', this.#hand, {
      share: Math.min(1, Math.max(0, share)),
      ...(message === undefined ? {} : { message }),
    });
  }

  heartbeat(): void {
    this.#beat();
  }

  log(message: string, data?: unknown): void {
    this.#beat();
    this.#around.live('step:log', this.#hand, { message, ...(data === undefined ? {} : { data }) });
  }

  sleep(milliseconds: number): Promise<void> {
    const { clock } = this.#around;
    const { signal } = this.#hand;
    return new Promise((resolve, reject) => {
      const cancel = clock.at(clock.now() + milliseconds, () => {
        signal.removeEventListener('abort', aborted);
        resolve();
      });
      const aborted = (): void => {
        cancel();
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      if (signal.aborted) aborted();
      else signal.addEventListener('abort', aborted, { once: true });
    });
  }

  async infer(fn: string, input: unknown, options?: AskOptions): Promise<unknown> {
    return (await this.inference(fn, input, options)).output;
  }

  async inference(fn: string, input: unknown, options: AskOptions = {}): Promise<Inference> {
    const gateway = this.#gateway(`infer(${JSON.stringify(fn)})`);
    await this.#mustCount();
    return gateway.infer(fn, input, this, options);
  }

  async rate(metric: string, value: number | boolean | string, inferenceId?: string): Promise<void> {
    const gateway = this.#gateway(`rate(${JSON.stringify(metric)})`);
    await this.#mustCount();
    await this.#patiently(() => gateway.rate(metric, value, this, inferenceId));
  }

  #gateway(call: string): ModelGateway {
    const { gateway } = this.#around.connections;
    if (gateway !== undefined) return gateway;
    throw new ContinuoError(
      'USAGE',
      `${this.stepId} calls ${call}, and no model gateway is connected to this engine: open it with \`gateway\`, or run with --gateway`,
    );
  }

  tool(server: string, name: string, args: unknown): Promise<unknown> {
    const { tool } = this.#around.connections;
    if (tool === undefined)
      return Promise.reject(
        new ContinuoError('USAGE', `${this.stepId} calls tool ${server}/${name}, and no MCP client is connected to this engine`),
      );
    return Promise.resolve(
      effect(this.#around, this.#hand, { name: `${server}/${name}`, kind: 'tool' }, () => tool(server, name, args, this)),
    );
  }
}
