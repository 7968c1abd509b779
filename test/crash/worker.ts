/** One incarnation of the engine: goes on with the runs that there are, starts others, and ends when all have ended. */
import { Orchestrator } from '../../src/compose.ts';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { agentsOn } from './agents.ts';
import { Fuse } from './fuse.ts';
import { intercepted } from './intercepted.ts';
import { Ledger } from './ledger.ts';
import { localWorld } from './local-world.ts';
import { ledgerIn, opening, storeIn, type Orders } from './orders.ts';
import { deskOf, People } from './people.ts';
import { planted } from './plants.ts';
import { runsOf, triggers, workflows, type Numbered } from './scenarios.ts';

// supervisor.ts starts this file with Orders.
const orders = JSON.parse(process.argv[2] ?? '') as Orders;

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('unhandledRejection', fail);
// What goes wrong in the engine before anybody can listen is a warning.
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') fail(warning);
});

const ledger = new Ledger(ledgerIn(orders.dir), orders.incarnation);
const fuse = new Fuse(orders.strike, ledger);
const first = Promise.withResolvers<void>();
const isWanted = (run: string): boolean => orders.wanted === undefined || run.includes(`-${orders.wanted}`);
const turn = async (run: string): Promise<void> => (isWanted(run) ? undefined : first.promise);

console.log(opening);
const store = await openSqlite({ dir: storeIn(orders.dir), role: 'engine' });
const backend = intercepted(planted(store, orders.plant), fuse);
const world = localWorld(ledger, fuse, turn);
const orchestrator = await Orchestrator.open({ backend, agents: agentsOn(world), workflows, triggers });
orchestrator.on('engine:error', ({ error, runId }) => fail(`${runId ?? 'engine'}: ${error.code}: ${error.message}`));
const people = new People(deskOf(orchestrator, backend), world);
orchestrator.on('question:opened', ({ runId }) => void people.attend(runId));
orchestrator.on('run:started', ({ runId, workflow }) => workflow === 'people' && void people.greet(runId));

async function work(one: Numbered): Promise<void> {
  const { run, workflow, laps } = one;
  const inputs = laps.map(({ input }) => input);
  const handle = await orchestrator.start(workflow, inputs, { id: run });
  ledger.write({ is: 'started', run });
  const { status } = await handle.result();
  ledger.write({ is: 'ended', run, status });
}

const records = await orchestrator.list();
const known = new Map(records.map((record) => [record.run, record.endedAt !== undefined]));
for (const { run, workflow, endedAt } of records) if (workflow === 'people' && endedAt === undefined) void people.greet(run);
for (const { runId } of await orchestrator.questions()) void people.attend(runId);
const mine = runsOf(orders.share);
const waiting = mine.filter(({ run }, place) => known.get(run) === undefined && place >= orders.atOnce);
const going = mine.filter(({ run }, place) => known.get(run) === false || (known.get(run) === undefined && place < orders.atOnce));

function next(): Numbered | undefined {
  const at = orders.wanted === undefined ? 0 : waiting.findIndex(({ run }) => isWanted(run));
  return waiting.splice(Math.max(0, at), 1)[0];
}

if (!going.some(({ run }) => isWanted(run)) && waiting.some(({ run }) => isWanted(run)))
  going.push(...[next()].filter((one) => one !== undefined));
const wanted = Promise.all(going.filter(({ run }) => isWanted(run)).map(work));
const others = Promise.all(going.filter(({ run }) => !isWanted(run)).map(work));
await wanted;
first.resolve();
await others;
for (let more = 0; more < orders.more; more++) {
  const one = next();
  if (one !== undefined) await work(one);
}

// What they set off has ended too.
for (;;) {
  await orchestrator.idle();
  const open = (await orchestrator.list()).filter((record) => record.endedAt === undefined);
  if (open.length === 0) break;
  await Promise.all(open.map(({ run }) => orchestrator.handle(run).result()));
}
await orchestrator.close();
