import type { Command } from 'commander';
import { Orchestrator } from '../../compose.ts';
import { exitCodes } from '../exit-codes.ts';
import { mustLackNothing } from '../load/lacks.ts';
import { load } from '../load/load.ts';
import { mustExist } from '../looking.ts';
import { againWith } from '../run/report.ts';
import { by, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { engineOn, visiting } from '../visiting.ts';

interface Options extends SendOptions {
  readonly agents?: string;
}

export function addMigrate(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('migrate')
      .summary('move a run to another version of its workflow')
      .description(
        'Moves a run to another version of its workflow; refused where finished work would lose its place. No engine may run meanwhile.',
      )
      .argument('<run>', 'id of the run')
      .argument('<plan | workflow>', 'the version to go on with')
      .option('-a, --agents <file>', 'module that exports the agents (.ts, .mjs)'),
  ).action(async (run: string, source: string, options: Options) => done(await migrate(shell, run, source, options)));
}

async function migrate(shell: Shell, run: string, source: string, options: Options): Promise<number> {
  const loaded = await load(source, options.agents);
  const store = storeOf(options, shell.env);
  if (store.is === 'embedded') mustLackNothing(loaded);
  await visiting(store, (visitor) => mustExist(visitor, run));
  const { agents, workflows, workflow } = loaded;
  const orchestrator = await Orchestrator.open({ agents, workflows, ...(await engineOn(store)) });
  try {
    await orchestrator.migrate(run, workflow, by(options, shell));
  } finally {
    await orchestrator.close();
  }
  const { out } = shell;
  if (options.json === true) out.line(JSON.stringify({ runId: run, status: 'done', plan: workflow.hash }));
  else {
    out.line(`${out.paint('green', '✔')} ${run} goes by ${workflow.hash} now. To go on:`);
    out.line(`  ${againWith({ store, source, agents: options.agents }, run)}`);
  }
  return exitCodes.succeeded;
}
