/**
 * How a process stands, by what it knows itself and what the servers say.
 *
 * W1. An answer takes a bounded time, whatever is away.
 * W2. The servers are asked once in a while, however many ask here.
 * W3. It is ready exactly when it would take work: the store answers, it was not taken for dead, and was not told to end.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fleetView } from './fleet-view.ts';
import type { PartHealth } from '../../ports/exchange.ts';
import type { AgentRow, FleetView, Readiness, Status, Watched } from './watched.ts';
import { within } from './within.ts';
import { whereIs } from './words.ts';

const patience = 1000;
/** Until when an answer of the servers is good enough for the next who asks. */
const freshFor = 1000;
/** The histogram begins anew, so that one bad moment is not shown for ever. */
const latenessFor = 15_000;

/** Without these there is no work. An engine goes on without Redis; orders reach a worker through it alone. */
const needed: Readonly<Record<Watched['role'], readonly PartHealth['part'][]>> = { engine: ['Postgres'], worker: ['Postgres', 'Redis'] };

/** What is still done while a part is away, and what is not. */
const noFiles = 'Large values and files can neither be kept nor read until it is back.';
const noRecords = 'Nothing is recorded until it is back. Agents that are at work go on; what they give is kept, and recorded then.';
const without: Readonly<Record<Watched['role'], Readonly<Record<PartHealth['part'], string>>>> = {
  engine: { Postgres: noRecords, Redis: 'Agents that are hosted here work on; nothing goes to other nodes until it is back.', S3: noFiles },
  worker: { Postgres: noRecords, Redis: 'Nothing new is taken until it is back; what is in hand goes on.', S3: noFiles },
};

function awayWords(part: PartHealth): string {
  const { is, error } = part;
  return `${whereIs(part)} is ${is === 'away' ? 'away' : 'being tried again'}${error === undefined ? '' : `: ${error}`}`;
}

export class Watch {
  readonly #watched: Watched;
  readonly #delay = monitorEventLoopDelay({ resolution: 20 });
  readonly #renewal: NodeJS.Timeout;
  readonly #unwatch: (() => void) | undefined;
  readonly #fleet: () => Promise<FleetView>;
  readonly #trouble: () => Promise<string | undefined>;
  /** The name under which it was taken for dead; it gets another when it joins again. */
  #fencedAs: string | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
    const { backend } = watched;
    this.#fleet = shared(() =>
      fleetView(
        backend,
        watched.agents().map(({ id }) => id),
        patience,
      ),
    );
    this.#trouble = shared(() => this.#probe());
    this.#unwatch = backend.fleet?.watch({ fenced: () => (this.#fencedAs = backend.fleet?.node) });
    this.#delay.enable();
    this.#renewal = setInterval(() => this.#delay.reset(), latenessFor).unref();
  }

  async readiness(): Promise<Readiness> {
    const { backend, role } = this.#watched;
    if (this.#watched.draining()) return { is: 'draining', reasons: ['it was told to end, and finishes what it has in hand'] };
    const away = this.#away.filter(({ part }) => needed[role].includes(part)).map(awayWords);
    const isFenced = this.#fencedAs !== undefined && this.#fencedAs === backend.fleet?.node;
    const trouble = away.length > 0 ? undefined : await this.#trouble();
    const reasons = [
      ...(isFenced ? ['it was silent for longer than its lease: others go on with its runs until it has joined again'] : []),
      ...away,
      ...(trouble === undefined ? [] : [trouble]),
    ];
    return { is: reasons.length === 0 ? 'ready' : 'not ready', reasons };
  }

  async status(): Promise<Status> {
    const { backend, role, version, name, startedAt } = this.#watched;
    const [readiness, fleet] = await Promise.all([this.readiness(), this.#fleet()]);
    const own = new Map(this.#watched.agents().map((agent) => [agent.id, agent]));
    const agents = fleet.agents.map((row): AgentRow => {
      const here = own.get(row.id);
      return here === undefined ? row : { ...row, here };
    });
    return {
      ...readiness,
      ...(backend.fleet === undefined ? {} : { node: backend.fleet.node }),
      name,
      role,
      version,
      startedAt,
      now: Date.now(),
      store: { name: backend.name, location: backend.location },
      parts: backend.health?.() ?? [],
      hindered: this.#away.map((part) => (needed[role].includes(part.part) ? '' : `${awayWords(part)}. `) + without[role][part.part]),
      inHand: [...own.values()].reduce((sum, { running }) => sum + running, 0),
      lateness: Math.max(0, Math.round(this.#delay.max / 1e6) - 20),
      agents,
      nodes: fleet.nodes,
      unheard: fleet.unheard,
    };
  }

  get #away(): readonly PartHealth[] {
    return (this.#watched.backend.health?.() ?? []).filter(({ is }) => is !== 'up');
  }

  close(): void {
    this.#unwatch?.();
    clearInterval(this.#renewal);
    this.#delay.disable();
  }

  /** The smallest question that only a store that works can answer. */
  async #probe(): Promise<string | undefined> {
    const { backend } = this.#watched;
    try {
      await within(patience, `the store (${backend.location})`, () => backend.runs.nextWake());
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** W2: who asks while an answer is on its way, or is fresh, gets that one. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; goodUntil: number } | undefined;
  return () => {
    if (last !== undefined && Date.now() < last.goodUntil) return last.answer;
    const next = { answer: ask(), goodUntil: Infinity };
    const settled = (): void => void (next.goodUntil = Date.now() + freshFor);
    next.answer.then(settled, settled);
    return (last = next).answer;
  };
}
