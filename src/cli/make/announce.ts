/** What will be made, how long it takes and what it costs: said before it begins. */
import { availableParallelism } from 'node:os';
import { ContinuoError } from '../../core/errors.ts';
import type { RunView } from '../../engine/view.ts';
import type { FilmRequest } from '../../studio/film/request.ts';
import { lineReader } from '../ask/reader.ts';
import type { Interruptions } from '../run/interruptions.ts';
import type { Shell } from '../shell.ts';
import { money } from '../terminal/money.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine } from '../terminal/width.ts';
import { roughly, secondsToMake } from './estimate.ts';
import type { FilmEstimate } from '../../studio/film/film-system.ts';

export function announce(screen: Screen, request: FilmRequest, estimate: FilmEstimate, known: RunView | undefined): void {
  const { paint } = screen;
  const time = roughly(secondsToMake(request, availableParallelism()));
  const cost = estimate.cost === 0 ? 'nothing to pay' : `at most ${money(estimate.cost)} (${estimate.paid.join(', ')})`;
  screen.line();
  screen.line(`  🎬 ${paint('bold', oneLine(request.topic))}`);
  screen.line(
    paint(
      'dim',
      `     ${request.duration} s · ${request.aspect} · ${request.quality} · for ${request.mode === 'kid' ? 'children' : 'adults'}`,
    ),
  );
  screen.line(paint('dim', known === undefined ? `     about ${time} on this machine, ${cost}` : '     going on where it was'));
}

export interface Asking {
  readonly shell: Shell;
  readonly screen: Screen;
  /** It was said beforehand. */
  readonly yes: boolean;
  readonly stop: Interruptions;
}

/** Money is never spent without a yes. */
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
