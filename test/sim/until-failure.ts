/** Plays seeds until one fails, and prints which and how as JSON; `null` when none does. */
import { drawFleetScenario } from './world/fleet-scenario.ts';
import { drawScenario } from './world/scenario.ts';
import { play } from './world/world.ts';

const seeds = Number(process.argv[2]);
const draw = process.argv[3] === 'nodes' ? drawFleetScenario : drawScenario;

let seed = 0;
const tell = (found: object | null): never => {
  process.stdout.write(JSON.stringify(found));
  process.exit(0);
};
process.on('unhandledRejection', () => tell({ seed, check: 'nobody handles an error' }));

for (; seed < seeds; seed++) {
  const { violation } = await play(draw(seed));
  if (violation !== undefined) tell({ seed, check: violation.check });
}
tell(null);
