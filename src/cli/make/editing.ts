/** Lets a person change the script before anything is made of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { ContinuoError } from '../../core/errors.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import { lineReader } from '../ask/reader.ts';
import { failureOf, tell } from '../failure.ts';
import { commandLine, dirWords, quoted } from '../hints.ts';
import { parseJson } from '../load/json-text.ts';
import type { OpenQuestion } from '../run/standing.ts';
import { userName, type Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';
import { mustBeWritable, put, type Place } from './deliver.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';

export interface Editing {
  readonly orchestrator: Orchestrator;
  readonly system: FilmSystem;
  readonly question: OpenQuestion;
  readonly place: Place;
  readonly shell: Shell;
  readonly screen: Screen;
  readonly dir: string | undefined;
  /** Whether somebody is at a terminal. */
  readonly interactive: boolean;
  readonly interrupted: AbortSignal;
  readonly interrupt: () => void;
}

/** `edited`: the run goes on with the script as it is now. `left`: it waits. */
export async function editScript(editing: Editing): Promise<'edited' | 'left'> {
  const { question, place, shell, screen, interactive } = editing;
  const { paint } = screen;
  await mustBeWritable(place);
  // Somebody may have begun to change it, and then left.
  const isNew = !(await holdsScriptOf(editing));
  if (isNew) await put(place.script, (file) => writeFile(file, `${JSON.stringify(question.show, null, 2)}\n`));
  screen.line();
  screen.line(`  ${paint('magenta', '?')} the script is in ${paint('bold', place.script)}`);
  if (!interactive) {
    screen.line(`    change it as you like; then answer, and call the same command again:`);
    screen.line(`    ${commandLine('answer', question.runId, question.step, '--value', `@${place.script}`, ...dirWords(editing.dir))}`);
    return 'left';
  }
  screen.line(paint('dim', `    open it in another window, change it as you like, and save it`));
  const reader = lineReader(shell, screen, editing.interrupted, editing.interrupt);
  try {
    for (;;) {
      const typed = await reader.line('    press Enter to film it, Ctrl-C to stop here: ');
      if (typed === undefined) return 'left';
      if (await answered(editing)) return 'edited';
    }
  } finally {
    reader.close();
  }
}

/** The file is kept when it is a script and not the one that was asked about: changes of an earlier evening. */
async function holdsScriptOf({ place, question }: Editing): Promise<boolean> {
  try {
    const held: unknown = JSON.parse(await readFile(place.script, 'utf8'));
    return titleOf(held) !== undefined && titleOf(held) === titleOf(question.show);
  } catch {
    return false;
  }
}

function titleOf(script: unknown): string | undefined {
  return typeof script === 'object' && script !== null && 'title' in script && typeof script.title === 'string' ? script.title : undefined;
}

async function answered({ orchestrator, system, question, place, shell, screen }: Editing): Promise<boolean> {
  try {
    const script = parseJson(await readFile(place.script, 'utf8'), quoted(place.script), 'SCRIPT_INVALID');
    system.readScript(script);
    await orchestrator.answer(question.runId, question.step, { value: script, by: userName(shell.env) });
    return true;
  } catch (error) {
    if (!(error instanceof ContinuoError) && !(error instanceof Error && 'code' in error)) throw error;
    tell(screen, failureOf(error));
    return false;
  }
}
