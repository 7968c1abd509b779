/** What will be made, how long it takes and what it costs: said before it begins. */
import { availableParallelism } from 'node:os';
import { ContinuoError } from '../../core/errors.ts';
import type { RunView } from '../../engine/view.ts';
import type { FilmEstimate } from '../../studio/film/film-system.ts';
import type { FilmRequest } from '../../studio/film/request.ts';
import { lineReader } from '../ask/reader.ts';
import type { Interruptions } from '../run/interruptions.ts';
import type { Shell } from '../shell.ts';
import { money } from '../terminal/money.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine, wrap } from '../terminal/width.ts';
import { roughly, secondsToMake } from './estimate.ts';

export interface Announced {
  readonly request: FilmRequest;
  readonly estimate: FilmEstimate;
  /** Undefined: it is begun now. */
  readonly known: RunView | undefined;
  /** The same was made before: what has not changed is used again. */
  readonly again: boolean;
  /** Whether a language model writes and judges; the rules of this machine do otherwise. */
  readonly languageModels: boolean;
}

export function announce(screen: Screen, { request, estimate, known, again, languageModels }: Announced): void {
  const { paint } = screen;
  const say = (text: string): void => {
    for (const line of wrap(text, screen.columns - 6)) screen.line(paint('dim', `     ${line}`));
  };
  screen.line();
  screen.line(`  🎬 ${paint('bold', oneLine(request.topic))}`);
  say(`${request.duration} s · ${request.aspect} · ${request.quality} · for ${request.mode === 'kid' ? 'children' : 'adults'}`);
  if (known === undefined) {
    const time = roughly(secondsToMake(request, availableParallelism()));
    say(`about ${time} on this machine${again ? ', or less: what was made before is used again' : ''}`);
    say(costLine(estimate, languageModels));
  } else say('going on where it was');
  for (const note of estimate.notes) say(note);
}

function costLine({ cost }: FilmEstimate, languageModels: boolean): string {
  const paid = cost === 0 ? undefined : `at most ${money(cost)} for pictures and voice`;
  if (!languageModels) return paid ?? 'nothing to pay: everything is made here';
  return `${paid ?? 'nothing to pay for pictures and voice'}; a language model writes the script, usually for a few cents`;
}

export interface Asking {
  readonly shell: Shell;
  readonly screen: Screen;
  /** It was said beforehand. */
  readonly yes: boolean;
  readonly stop: Interruptions;
}

/** Pictures and voices are not paid for without a yes. */
export async function agreed({ shell, screen, yes, stop }: Asking, { cost }: FilmEstimate): Promise<boolean> {
  if (cost === 0 || yes) return true;
  if (!shell.stdin.isTTY || !screen.isTerminal)
    throw new ContinuoError('USAGE', `this may cost up to ${money(cost)}: say --yes, or leave --pictures and --voice as they are`);
  const reader = lineReader(shell, screen, stop.signal, stop.interrupt);
  try {
    return /^y(es)?$/i.test(((await reader.line(`     go on? [y/N] `)) ?? '').trim());
  } finally {
    reader.close();
  }
}
