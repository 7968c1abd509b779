/** Live events, for whoever listens in this process. Nothing durable depends on them. */
import type { Json } from '../core/data/json.ts';
import type { Fault, SkipReason } from '../core/run/events.ts';
import type { Status } from '../core/run/state.ts';

interface At {
  readonly runId: string;
}

interface OfStep extends At {
  readonly stepId: string;
  readonly item?: number;
}

interface OfAttempt extends OfStep {
  readonly agentId: string | undefined;
  readonly jobId: string;
  readonly visit: number;
  readonly attempt: number;
}

/** Names a value that is too large to be told: the blob that holds it. */
export interface InBlob {
  readonly blob?: { readonly id: string; readonly bytes: number };
}

/** Everything that can be listened to. */
export interface Events {
  'run:started': At & { readonly workflow: string; readonly project: string };
  'run:status': At & { readonly status: Status };
  'run:ended': At & { readonly status: Status; readonly error?: Fault };
  'plan:started': { readonly planId: string; readonly runId: string };
  'plan:completed': { readonly planId: string; readonly runId: string; readonly success: boolean };
  'plan:fallback': { readonly planId: string; readonly fallbackPlanId: string; readonly runId: string };
  'step:started': OfAttempt;
  'step:completed': OfStep &
    InBlob & { readonly agentId: string | undefined; readonly response: Json | undefined; readonly source?: string };
  'step:failed': OfStep & { readonly error: Fault; readonly handled: boolean };
  'step:retry': OfStep & { readonly error: Fault; readonly attempt: number; readonly at: number };
  'step:skipped': OfStep & { readonly why: SkipReason };
  'step:reopened': OfStep & { readonly by: string; readonly round: number };
  'step:progress': OfStep & { readonly share: number; readonly message?: string };
  'step:stream': OfStep & { readonly chunk: unknown };
  'step:log': OfStep & { readonly message: string; readonly data?: unknown };
  'item:completed': Required<OfStep> & InBlob & { readonly agentId: string | undefined; readonly response: Json | undefined };
  'item:failed': Required<OfStep> & { readonly error: Fault };
  'wait:opened': OfStep & { readonly waitsFor: string; readonly until?: number };
  'map:opened': OfStep & { readonly items: number };
  'question:opened': OfStep & { readonly question: string };
  'question:answered': OfStep & { readonly by: string };
  'signal:received': At & { readonly name: string };
  'queue:completed': InBlob & { readonly jobId: string; readonly result: Json | undefined };
  'queue:failed': { readonly jobId: string; readonly error: Fault };
  'agent:error': { readonly agentId: string; readonly error: Fault; readonly runId: string; readonly stepId: string };
  /** The store does not take what happened; it is kept in memory and offered again. */
  'engine:stalled': { readonly error: Fault; readonly runId: string };
  'engine:error': { readonly error: Fault; readonly runId?: string };
}

/** What an agent or an emit step told: `agent:insight` carries `insight`, as the name says. */
export interface Told extends At, InBlob {
  readonly agentId?: string;
  readonly stepId?: string;
  readonly data: Json;
  readonly [name: string]: unknown;
}

/** What the engine says of itself, whether or not anybody hears what runs do. */
const faults = ['engine:error', 'engine:stalled'] as const;

export type EventName = keyof Events;
type Listener = (event: never, name: string) => void;

export class Bus {
  readonly #listeners = new Map<string, Set<Listener>>();

  on<N extends EventName>(name: N, listener: (event: Events[N], name: N) => void): () => void;
  on(name: string, listener: (event: Told, name: string) => void): () => void;
  on(name: string, listener: Listener): () => void {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known.add(listener));
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.#listeners.get(name) === known) this.#listeners.delete(name);
    };
  }

  /** Nobody listens to what runs do: then those events need not even be made. */
  get silent(): boolean {
    let toFaults = 0;
    for (const name of faults) if (this.#listeners.has(name)) toFaults++;
    return this.#listeners.size === toFaults;
  }

  emit<N extends EventName>(name: N, event: Events[N]): void {
    this.tell(name, event);
  }

  /** What goes wrong in the engine is heard, even where nobody listens for it. */
  fault(event: Events['engine:error'], name: 'engine:error' | 'engine:stalled' = 'engine:error'): void {
    const { error, runId } = event;
    const isHeard = [name, '*'].some((key) => (this.#listeners.get(key)?.size ?? 0) > 0);
    if (isHeard) this.tell(name, event);
    else
      process.emitWarning(`${runId === undefined ? '' : `run ${runId}: `}${error.message}`, { type: 'ContinuoWarning', code: error.code });
  }

  tell(name: string, event: object): void {
    for (const key of [name, '*']) {
      for (const listener of this.#listeners.get(key) ?? []) {
        try {
          // A listener gets what its name promises: `on` has paired them.
          (listener as (event: object, name: string) => void)(event, name);
        } catch (error) {
          // A listener's fault is not the run's, and must not stop the others.
          process.emitWarning(error instanceof Error ? error : String(error), { type: 'ListenerError', detail: `while handling ${name}` });
        }
      }
    }
  }
}
