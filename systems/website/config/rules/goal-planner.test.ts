import assert from 'node:assert/strict';
import test from 'node:test';
import { readPlan } from 'continuo';
import { asked, oddTexts } from '../../../testing/answers.ts';
import plan, { type PlannedGoal } from './goal-planner.ts';
import type { CatalogueAgent } from './planning/casting.ts';

const schema = new URL('../schemas/goal_planner.output.json', import.meta.url);

const agent = (id: string, capabilities: readonly string[], actions: readonly string[] = ['run'], description = ''): CatalogueAgent => ({
  id,
  capabilities,
  actions,
  description,
});

const team = [
  agent('product_manager', ['specification'], ['run'], 'Creates technical specifications'),
  agent('coder', ['code'], ['run', 'fix'], 'Implements code based on specifications'),
  agent('reviewer', ['review'], [], 'Reviews code'),
  agent('researcher', ['research'], ['search', 'summarise']),
  agent('writer', ['writing'], ['write']),
  agent('painter', ['pictures'], ['paint']),
  agent('narrator', ['speech'], ['say']),
  agent('renderer', ['render', 'video'], ['render']),
  agent('publisher', ['publish'], ['post']),
];

function planned(goal: string, catalogue: readonly CatalogueAgent[] = team): PlannedGoal {
  const answer = asked(plan, { goal, catalogue }, schema);
  const { problems } = readPlan(answer.plan);
  assert.deepEqual(problems, [], `${goal}: ${JSON.stringify(answer.plan)}`);
  return answer;
}

const order = (answer: PlannedGoal): string =>
  answer.plan.steps.map(({ agentId, id }) => (typeof agentId === 'string' ? agentId : id)).join(' ');

test('a website is specified, coded and reviewed, and goes back when it is not good', () => {
  const answer = planned('Build a Website', team.slice(0, 3));
  assert.equal(order(answer), 'product_manager coder reviewer good_enough');
  assert.deepEqual(answer.plan.steps.at(-1)?.otherwise, { backTo: 'code', max: 3 });
  assert.deepEqual(answer.unassigned, []);
});

test('what does not depend on each other runs side by side', () => {
  const { steps } = planned('Make a tutorial video about knots and publish it').plan;
  const after = (id: string) => steps.find((step) => step.id === id)?.dependencies;
  assert.deepEqual(after('illustrate'), after('speak'));
  assert.deepEqual(after('render'), ['illustrate', 'speak']);
  assert.deepEqual(after('publish'), ['good_enough']);
});

test('an agent does by its action what is needed', () => {
  const answer = planned('Research the market and write a report');
  assert.deepEqual(
    answer.plan.steps.filter(({ agentId }) => agentId === 'researcher').map(({ action }) => action),
    ['search', 'summarise'],
  );
});

test('what nobody can do is said, and given to nobody', () => {
  const answer = planned('Make a video', [agent('writer', ['writing'], ['write'])]);
  assert.equal(order(answer), 'writer');
  assert.match(answer.unassigned.join(), /speak.*render/);
});

test('who is named in the goal is taken, and otherwise a person is asked', () => {
  assert.equal(
    order(planned('Calibrate the telescope', [agent('telescope-calibrator', ['telescope'], ['calibrate']), agent('coder', ['code'])])),
    'telescope-calibrator',
  );
  assert.equal(order(planned('Calibrate the telescope')), 'who');
  assert.equal(order(planned('Build a Website', [])), 'who');
});

test('any goal and any catalogue give a plan that can be read', () => {
  for (const text of oddTexts) {
    planned(text);
    planned(`Write and review and publish ${text}`, [...team, agent(text, [text], [text], text)]);
    planned(text, [agent('a', [], [])]);
  }
});
