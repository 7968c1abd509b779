import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import type { Journal, Rehearsal } from '../../core/rehearsal/rehearse.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { mustBeOf, noBlobs, readJournal, rehearseJournal } from '../../engine/rehearsal.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseJson } from '../load/json-text.ts';
import { load } from '../load/load.ts';
import { mustExist } from '../looking.ts';
import { report } from '../replay/report.ts';
import type { Shell } from '../shell.ts';
import { storeOf, type Store, type StoreOptions } from '../store.ts';
import { visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly agents?: string;
  readonly json?: true;
}

export function addReplay(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('replay')
    .summary("show what today's plan would have made of a run")
    .description(
      'Plays again what happened in a run, by the plan as it is today, and shows what would differ. Nothing is done in the world, and nothing is written. Without a workflow, the run is held against its own plan.',
    )
    .argument('<run | file>', 'id of the run, or a file that `history --export` wrote: *.json, or with a slash')
    .argument('[plan | workflow]', "today's version: plan.json, workflow.ts, workflow.ts#name, or a name")
    .option('-a, --agents <file>', 'module that exports the workflow, where it is given by its name')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (what: string, source: string | undefined, options: Options) => done(await replay(shell, what, source, options)));
}

async function replay(shell: Shell, what: string, source: string | undefined, options: Options): Promise<number> {
  const workflow = source === undefined ? undefined : (await load(source, options.agents)).workflow;
  const isThere = isFile(what);
  const told = isThere ? await ofFile(what, workflow, source) : await ofRun(what, workflow, source, storeOf(options, shell.env));
  const differs = told.differences.length > 0;
  if (options.json === true) shell.out.line(JSON.stringify(asJson(told, differs)));
  else report(shell.out, told, { source, agents: options.agents, store: storeOf(options, shell.env), isFile: isThere });
  return differs ? exitCodes.differs : exitCodes.succeeded;
}

/** What looks like a path is one, also where there is no such file; a run may have the name of a folder. */
function isFile(what: string): boolean {
  return what.endsWith('.json') || /[/\\]/.test(what);
}

async function ofFile(file: string, workflow: AnyWorkflow | undefined, source: string | undefined): Promise<Rehearsal> {
  return rehearsed(readJournal(parseJson(textOf(file), file, 'JOURNAL_UNREADABLE'), file), workflow, source, noBlobs);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ContinuoError('JOURNAL_UNREADABLE', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function ofRun(run: string, workflow: AnyWorkflow | undefined, source: string | undefined, store: Store): Promise<Rehearsal> {
  return visiting(store, async (visitor) => {
    await mustExist(visitor, run);
    return rehearsed(await visitor.reader.journal(run), workflow, source, (blob) => visitor.reader.blob(blob));
  });
}

async function rehearsed(
  journal: Journal,
  workflow: AnyWorkflow | undefined,
  source: string | undefined,
  fetch: Parameters<typeof rehearseJournal>[2],
): Promise<Rehearsal> {
  if (workflow !== undefined) mustBeOf(journal, workflow, source ?? '');
  return rehearseJournal(journal, workflow, fetch);
}

function asJson({ run, ...told }: Rehearsal, differs: boolean): object {
  return { runId: run, result: differs ? 'differs' : 'same', ...told };
}
