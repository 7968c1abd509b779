// Agents that a worker lends its hands to: put yours here.
import { agent } from 'continuo';

export const echo = agent({
  id: 'echo',
  actions: { say: (input) => input },
});
