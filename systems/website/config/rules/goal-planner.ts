/** From a goal in a sentence to a plan of agents that there are. */
import { rules } from 'continuo';
import { listed, sentence, tidy } from '../../../english/text.ts';
import { cast, castByWords, type CatalogueAgent } from './planning/casting.ts';
import { needsOf } from './planning/needs.ts';
import { planFor, planForNobody, type Plan } from './planning/plan.ts';

export interface PlanningTask {
  readonly goal: string;
  readonly catalogue: readonly CatalogueAgent[];
}

export interface PlannedGoal {
  readonly plan: Plan;
  readonly explanation: readonly { readonly step: string; readonly why: string }[];
  /** What the goal would need and no agent can do. */
  readonly unassigned: readonly string[];
  readonly summary: string;
}

export default rules<PlanningTask, PlannedGoal>(({ goal, catalogue }) => {
  const agents = catalogue.filter(({ id }) => tidy(id) !== '');
  const { roles: fitting, missing } = cast(needsOf(goal), agents);
  const roles = fitting.length > 0 ? fitting : castByWords(goal, agents);
  const unassigned = missing.map(({ id, does }) => `${id}: somebody who ${does}`);
  if (roles.length === 0) {
    return {
      plan: planForNobody(goal),
      explanation: [{ step: 'who', why: 'No agent in the catalogue fits the goal, so a person decides how to go on.' }],
      unassigned,
      summary: 'None of the agents fits this goal.',
    };
  }
  const plan = planFor(goal, roles);
  const reasons = plan.steps.map(({ id, kind, description }) => ({
    step: id,
    why:
      kind === 'gate'
        ? 'What is made is only passed on when it was found good, or after three more rounds.'
        : sentence(typeof description === 'string' ? description : id),
  }));
  return {
    plan,
    explanation: reasons,
    unassigned,
    summary: `${sentence(`In turn: ${listed(roles.map(({ agent, need }) => `${agent.id} ${need.does}`))}`)}${
      missing.length > 0
        ? ` Nobody in the catalogue ${listed(
            missing.map(({ does }) => does),
            'or',
          )}.`
        : ''
    }`,
  };
});
