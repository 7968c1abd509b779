/** Who of a catalogue does what. */
import { needs, stem, stemsOf, type Need, type Needed } from './needs.ts';

export interface CatalogueAgent {
  readonly id: string;
  readonly capabilities: readonly string[];
  readonly actions: readonly string[];
  readonly description: string;
}

export interface Role {
  readonly need: Need;
  readonly agent: CatalogueAgent;
  readonly action: string | undefined;
}

function count(words: readonly string[], stems: ReadonlySet<string>): number {
  return words.filter((word) => stems.has(stem(word))).length;
}

/** What an agent is called and says that it can do counts more than what is told about it. */
function fitness(agent: CatalogueAgent, need: Need): number {
  return (
    3 * count(need.words, stemsOf(agent.capabilities.join(' '))) +
    2 * count(need.words, stemsOf(`${agent.id} ${agent.actions.join(' ')}`)) +
    count(need.words, stemsOf(agent.description))
  );
}

function actionFor(agent: CatalogueAgent, need: Need): string | undefined {
  const ranked = agent.actions
    .map((action) => ({ action, rank: count(need.words, stemsOf(action)) }))
    .sort((one, other) => other.rank - one.rank);
  const [best] = ranked;
  if (best !== undefined && best.rank > 0) return best.action;
  return agent.actions.length === 0 || agent.actions.includes('run') ? undefined : best?.action;
}

function bestFor(need: Need, catalogue: readonly CatalogueAgent[]): CatalogueAgent | undefined {
  const [first] = catalogue
    .map((agent) => ({
      agent,
      rank: fitness(agent, need) - Math.max(0, ...needs.filter((other) => other !== need).map((other) => fitness(agent, other))) / 10,
    }))
    .filter(({ agent }) => fitness(agent, need) >= 2)
    .sort((one, other) => other.rank - one.rank);
  return first?.agent;
}

/** An agent that is the best for two needs does both in one step, unless it has an action for each. */
export function cast(
  needed: readonly Needed[],
  catalogue: readonly CatalogueAgent[],
): { readonly roles: readonly Role[]; readonly missing: readonly Need[] } {
  const roles: Role[] = [];
  const missing: Need[] = [];
  for (const { need, required } of needed) {
    const agent = bestFor(need, catalogue);
    if (agent === undefined) {
      if (required) missing.push(need);
      continue;
    }
    const action = actionFor(agent, need);
    if (!roles.some((role) => role.agent.id === agent.id && role.action === action)) roles.push({ need, agent, action });
  }
  return { roles, missing };
}

/** Those who are spoken of in the goal itself, where it names no kind of work that is known. */
export function castByWords(goal: string, catalogue: readonly CatalogueAgent[]): readonly Role[] {
  const wanted = [...stemsOf(goal)].filter((word) => word.length > 3);
  return catalogue
    .filter((agent) => {
      const stems = stemsOf(`${agent.id} ${agent.capabilities.join(' ')} ${agent.actions.join(' ')}`);
      return wanted.some((word) => stems.has(word));
    })
    .slice(0, 5)
    .map((agent) => ({
      need: { id: agent.id, stage: 3, does: 'does what it is called for', words: [] },
      agent,
      action: actionFor(agent, { id: '', stage: 3, does: '', words: wanted }),
    }));
}
