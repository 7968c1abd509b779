import { testConfiguration } from '../../testing/configuration.ts';

// A plan holds whatever its steps hand to their agents, so that its schema stays open.
testConfiguration(new URL('./', import.meta.url), {
  functions: ['product_manager', 'coder', 'reviewer', 'goal_planner'],
  open: ['goal_planner'],
});
