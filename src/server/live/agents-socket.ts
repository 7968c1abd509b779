/**
 * `/ws/agents`: how the agents are.
 *
 * A1. The first message has all of them; after it comes each that changed, as it is then. What is between two looks is
 *     not told.
 * A2. Counters and errors come from the runs of all projects: a key that is bound to some is not told them.
 */
import { z } from 'zod';
import type { AgentStatus } from '../../engine/registry.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Principal } from '../access/principal.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { Batch } from './batch.ts';
import type { LiveDesk } from './desk.ts';
import { keep } from './keep.ts';
import { written } from './message.ts';
import { Reader, type Outlet } from './reader.ts';
import { mustComeFrom } from './upgrades.ts';
import { WebSocketOutlet } from './web-socket-outlet.ts';

/** How often it is looked how they are, in milliseconds, while somebody wants to know. */
const lookEvery = 250;

const querystring = z.strictObject({ ticket: z.string().max(200).optional() });

export function agentsSocket(app: App, { orchestrator, clock, settings }: ServerParts, desk: LiveDesk): void {
  const watch = new AgentsWatch(orchestrator, clock, desk.room);
  app.get(
    '/ws/agents',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: {
        tags: ['live'],
        operationId: 'followAgents',
        summary: 'A WebSocket: how all agents are, then each that changes',
        querystring,
      },
    },
    async (request, reply) => {
      const { principal } = request;
      mustComeFrom(settings.origins ?? [], request.host, request.headers.origin);
      desk.connections.mustHaveRoom(principal);
      return desk.upgrades.accept(request, reply, (socket, wire) => {
        keep(desk, principal, socket, wire);
        socket.on('close', watch.subscribe(principal, new WebSocketOutlet(socket, wire, () => desk.connections.gaveUp('websocket'))));
      });
    },
  );
}

type Sight = 'whole' | 'bound';

class AgentsWatch {
  readonly #orchestrator: Pick<Orchestrator, 'agents'>;
  readonly #clock: Clock;
  readonly #room: number;
  readonly #readers = new Map<Reader, Sight>();
  readonly #known: Readonly<Record<Sight, Map<string, string>>> = { whole: new Map(), bound: new Map() };
  #disarm: (() => void) | undefined;

  constructor(orchestrator: Pick<Orchestrator, 'agents'>, clock: Clock, room: number) {
    this.#orchestrator = orchestrator;
    this.#clock = clock;
    this.#room = room;
  }

  subscribe({ projects }: Principal, outlet: Outlet): () => void {
    const sight = projects === undefined ? 'whole' : 'bound';
    const reader = new Reader(outlet, 0, { room: this.#room, stall: Infinity }, this.#clock);
    // Those who are there already are told first what it is that the new one begins with.
    this.#look();
    const agents = this.#orchestrator.agents().map((agent) => shownTo(agent, sight));
    reader.write(new Batch([written({ event: 'agents:snapshot', at: this.#clock.now(), data: { agents } })]));
    this.#readers.set(reader, sight);
    this.#disarm ??= this.#next();
    return () => {
      reader.leave();
      this.#readers.delete(reader);
      if (this.#readers.size > 0) return;
      this.#disarm?.();
      this.#disarm = undefined;
    };
  }

  #next(): () => void {
    return this.#clock.at(this.#clock.now() + lookEvery, () => {
      this.#disarm = this.#next();
      this.#look();
    });
  }

  #look(): void {
    const agents = this.#orchestrator.agents();
    for (const sight of ['whole', 'bound'] as const) {
      const changed = this.#changed(agents, sight);
      if (changed.messages.length === 0) continue;
      for (const [reader, its] of this.#readers) if (its === sight) reader.write(changed);
    }
  }

  #changed(agents: readonly AgentStatus[], sight: Sight): Batch {
    const known = this.#known[sight];
    const at = this.#clock.now();
    return new Batch(
      agents.flatMap((agent) => {
        const shown = shownTo(agent, sight);
        const text = JSON.stringify(shown);
        if (known.get(agent.id) === text) return [];
        known.set(agent.id, text);
        return [written({ event: 'agent:status', at, data: { ...shown } })];
      }),
    );
  }
}

/** A2 */
function shownTo(agent: AgentStatus, sight: Sight): { readonly [name: string]: string | number | readonly string[] } {
  const { id, description, capabilities, actions, version, isolation, concurrency, health, restsUntil, ...counted } = agent;
  return {
    id,
    ...(description === undefined ? {} : { description }),
    capabilities,
    actions,
    version,
    isolation,
    ...(concurrency === undefined ? {} : { concurrency }),
    health,
    ...(restsUntil === undefined ? {} : { rests_until: restsUntil }),
    ...(sight === 'whole' ? countersOf(counted) : {}),
  };
}

function countersOf(counted: Pick<AgentStatus, 'running' | 'succeeded' | 'failed' | 'failuresInARow' | 'lastError' | 'meanMilliseconds'>): {
  readonly [name: string]: string | number;
} {
  const { running, succeeded, failed, failuresInARow, lastError, meanMilliseconds } = counted;
  return {
    running,
    succeeded,
    failed,
    failures_in_a_row: failuresInARow,
    ...(lastError === undefined ? {} : { last_error: lastError }),
    ...(meanMilliseconds === undefined ? {} : { mean_milliseconds: meanMilliseconds }),
  };
}
