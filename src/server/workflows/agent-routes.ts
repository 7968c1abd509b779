/** Agents: who is there, here and on other nodes, and how well they are. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { AgentStatus } from '../../engine/registry.ts';
import type { Hosted } from '../../ports/exchange.ts';
import type { Principal } from '../access/principal.ts';
import { fleetView } from '../health/fleet-view.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { agentId, instant, isoOf } from './wire.ts';

const tags = ['agents'];

/** Milliseconds that others are given to say what they have. */
const patience = 1000;

interface AgentView {
  readonly id: string;
  readonly description?: string | undefined;
  readonly capabilities: readonly string[];
  readonly actions: readonly string[];
  readonly version: string;
  readonly isolation?: 'inline' | 'process' | undefined;
  readonly concurrency?: number | undefined;
  readonly status: 'idle' | 'busy' | 'degraded' | 'offline' | 'elsewhere';
  readonly rests_until?: string | undefined;
  readonly running?: number | undefined;
  readonly succeeded?: number | undefined;
  readonly failed?: number | undefined;
  readonly failures_in_a_row?: number | undefined;
  readonly last_error?: string | undefined;
  readonly mean_milliseconds?: number | undefined;
  readonly nodes?: readonly string[] | undefined;
  readonly waiting?: number | undefined;
  readonly in_hand?: number | undefined;
}

const unbound = 'Only for keys that are bound to no project: it counts the work of all.';
const names = z.array(z.string()).readonly();

const agentView: z.ZodType<AgentView> = z
  .object({
    id: z.string(),
    description: z.string().optional(),
    capabilities: names,
    actions: names,
    version: z.string(),
    isolation: z.enum(['inline', 'process']).optional(),
    concurrency: z.number().optional(),
    status: z
      .enum(['idle', 'busy', 'degraded', 'offline', 'elsewhere'])
      .meta({ description: 'As this node knows it; `elsewhere`: other nodes host it.' }),
    rests_until: instant.optional().meta({ description: 'When its open circuit lets the next attempt through.' }),
    running: z.int().optional(),
    succeeded: z.int().optional(),
    failed: z.int().optional(),
    failures_in_a_row: z.int().optional(),
    last_error: z.string().optional(),
    mean_milliseconds: z.number().optional(),
    nodes: names.optional().meta({ description: 'Nodes that host it.' }),
    waiting: z.int().optional(),
    in_hand: z.int().optional(),
  })
  .meta({ id: 'Agent', description: `Counters and nodes: ${unbound}` });

const agentParams = z.object({ id: agentId });

export function agentRoutes(app: App, parts: ServerParts): void {
  app.get(
    '/api/v1/agents',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: {
        tags,
        operationId: 'listAgents',
        summary: 'Agents that are registered',
        querystring: z.strictObject({ capability: z.string().min(1).max(200).optional() }),
        response: { 200: z.object({ agents: z.array(agentView).readonly() }) },
      },
    },
    async ({ principal, query: { capability } }) => {
      const agents = await agentsOf(parts, principal);
      return { agents: capability === undefined ? agents : agents.filter((one) => one.capabilities.includes(capability)) };
    },
  );
  app.get(
    '/api/v1/agents/:id/status',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: { tags, operationId: 'getAgentStatus', summary: 'How an agent is', params: agentParams, response: { 200: agentView } },
    },
    async ({ principal, params: { id } }) => {
      const [agent] = await agentsOf(parts, principal, id);
      if (agent === undefined) throw absent(id);
      return agent;
    },
  );
  app.post(
    '/api/v1/agents/:id/reset',
    {
      config: { access: { scope: 'run', of: 'all' }, audit: 'agent.reset' },
      schema: {
        tags,
        operationId: 'resetAgent',
        summary: 'Close an agent’s circuit on this node, and forget its failures',
        params: agentParams,
        response: { 200: agentView },
      },
    },
    async (request) => {
      const { id } = request.params;
      request.noted = { details: { agent: id } };
      if (parts.orchestrator.agent(id) === undefined) throw absent(id);
      parts.orchestrator.resetAgent(id);
      const [agent] = await agentsOf(parts, request.principal, id);
      if (agent === undefined) throw absent(id);
      return agent;
    },
  );
}

const absent = (id: string): ContinuoError => new ContinuoError('AGENT_ABSENT', `there is no agent ${JSON.stringify(id)} on this node`);

/** All of them by name, or the one. */
async function agentsOf({ orchestrator, backend }: ServerParts, { projects }: Principal, only?: string): Promise<readonly AgentView[]> {
  const own = new Map(orchestrator.agents().map((one) => [one.id, one]));
  const hosted = backend.directory?.hosted() ?? new Map<string, Hosted>();
  const ids = only === undefined ? [...new Set([...own.keys(), ...hosted.keys()])].sort() : [only];
  const there = ids.flatMap((id) => {
    const [here, elsewhere] = [own.get(id), hosted.get(id)];
    return here !== undefined ? [hereView(here)] : elsewhere === undefined ? [] : [elsewhereView(elsewhere)];
  });
  if (projects !== undefined) return there.map(withoutCounters);
  const { agents } = await fleetView(backend, ids, patience);
  const fleet = new Map(agents.map((one) => [one.id, one]));
  return there.map((one) => {
    const { nodes, waiting, inHand } = fleet.get(one.id) ?? {};
    return {
      ...one,
      ...(nodes === undefined || nodes.length === 0 ? {} : { nodes }),
      ...(waiting === undefined ? {} : { waiting }),
      ...(inHand === undefined ? {} : { in_hand: inHand }),
    };
  });
}

/** What an agent has done for others is not told to who may not see their runs. */
function withoutCounters({
  id,
  description,
  capabilities,
  actions,
  version,
  isolation,
  concurrency,
  status,
  rests_until,
}: AgentView): AgentView {
  return { id, description, capabilities, actions, version, isolation, concurrency, status, rests_until };
}

function hereView(agent: AgentStatus): AgentView {
  const { id, description, capabilities, actions, version, isolation, concurrency, health, restsUntil } = agent;
  return {
    id,
    description,
    capabilities,
    actions,
    version,
    isolation,
    concurrency,
    status: health,
    ...(restsUntil === undefined ? {} : { rests_until: isoOf(restsUntil) }),
    running: agent.running,
    succeeded: agent.succeeded,
    failed: agent.failed,
    failures_in_a_row: agent.failuresInARow,
    last_error: agent.lastError,
    mean_milliseconds: agent.meanMilliseconds,
  };
}

const elsewhereView = ({ id, capabilities, actions, version, room }: Hosted): AgentView => ({
  id,
  capabilities,
  actions,
  version,
  ...(Number.isFinite(room) ? { concurrency: room } : {}),
  status: 'elsewhere',
});
