import craft from './knowledge/craft.json' with { type: 'json' };
import garden from './knowledge/garden.json' with { type: 'json' };
import home from './knowledge/home.json' with { type: 'json' };
import kitchen from './knowledge/kitchen.json' with { type: 'json' };
import life from './knowledge/life.json' with { type: 'json' };
import paper from './knowledge/paper.json' with { type: 'json' };
import science from './knowledge/science.json' with { type: 'json' };
import vehicle from './knowledge/vehicle.json' with { type: 'json' };
import type { Topic } from './procedure.ts';

/** Everything that can be explained without looking anything up. */
export const topics: readonly Topic[] = [...paper, ...craft, ...science, ...garden, ...kitchen, ...home, ...vehicle, ...life].map(
  // A JSON module has plain strings where a topic has unions and non-empty lists; knowledge.test.ts holds every file to the type.
  (topic) => topic as unknown as Topic,
);
