/** Lets a person change the script before anything is made of it. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { ContinuoError } from '../../core/errors.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';
import { lineReader } from '../ask/reader.ts';
import { failureOf, tell } from '../failure.ts';
import { commandLine, quoted } from '../hints.ts';
import { parseJson } from '../load/json-text.ts';
import type { OpenQuestion } from '../run/standing.ts';
import { userName, type Shell } from '../shell.ts';
import type { Store } from '../store.ts';
import type { Screen } from '../terminal/screen.ts';
import { wrap } from '../terminal/width.ts';
import { mustBeWritable, put } from './deliver.ts';
import { isAsDelivered, putAside } from './own-hand.ts';
import type { Place } from './place.ts';

export interface Editing {
  readonly orchestrator: Orchestrator;
  readonly system: FilmSystem;
  readonly question: OpenQuestion;
  readonly place: Place;
  readonly shell: Shell;
  readonly screen: Screen;
  readonly store: Pick<Store, 'words'>;
  /** Whether somebody is at a terminal. */
  readonly interactive: boolean;
  /** The run was found as it was left: the script may have been changed since. */
  readonly goingOn: boolean;
  readonly interrupted: AbortSignal;
  readonly interrupt: () => void;
}

/** `edited`: the run goes on with the script as it is now. `left`: it waits. */
export async function editScript(editing: Editing): Promise<'edited' | 'left'> {
  const { question, place, shell, screen, interactive } = editing;
  const { paint } = screen;
  await mustBeWritable(place);
  if (!holdsScript(editing)) {
    const script = `${JSON.stringify(question.show, null, 2)}\n`;
    const aside = await putAside(place, script);
    await put(place.script, (file) => writeFile(file, script));
    if (aside !== undefined) screen.line(`  the script that you had changed is now ${aside}`);
  }
  screen.line();
  screen.line(`  ${paint('magenta', '?')} the script is in ${paint('bold', place.script)}`);
  if (!interactive) {
    screen.line(`    change it as you like; then hand it in, and call the same command again:`);
    screen.line(`    ${handIn(editing)}`);
    return 'left';
  }
  for (const line of wrap('open it in another window, change it as you like, and save it', screen.columns - 5))
    screen.line(paint('dim', `    ${line}`));
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

/** The command that answers with the script as it lies there. */
export function handIn({ question, place, store }: Pick<Editing, 'question' | 'place' | 'store'>): string {
  return commandLine('answer', question.runId, question.step, '--value', `@${place.script}`, ...store.words);
}

/** Somebody may have begun to change it, and then left. */
function holdsScript({ goingOn, place }: Editing): boolean {
  return goingOn && existsSync(place.script) && !isAsDelivered(place);
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
