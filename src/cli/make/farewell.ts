/** How a making ends: with a film, with a question, or with what went wrong. */
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView } from '../../engine/view.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import { catalogue, type ErrorCode } from '../../core/errors.ts';
import type { Fault } from '../../core/run/events.ts';
import { exitCodeOf, exitCodeOfError, exitCodes } from '../exit-codes.ts';
import { mendOf, tell } from '../failure.ts';
import { outcomeJson, questionJson } from '../run/outcome.ts';
import { answerWith, reportWaiting } from '../run/report.ts';
import type { Left } from '../run/session.ts';
import { deliver } from './deliver.ts';
import { handIn } from './editing.ts';
import type { Filming } from './filming.ts';
import { reportFilm } from './report.ts';
import { reuseOf } from './reuse.ts';

export async function farewell(orchestrator: Orchestrator, { why, standing }: Left, call: Filming): Promise<number> {
  const { shell, screen, options, place, stop, system } = call;
  const [view] = standing.views;
  const say = (extra: object): void => {
    if (options.json === true) shell.out.line(JSON.stringify(outcomeJson(bare(view), extra)));
  };
  if (why === 'interrupted') {
    screen.line(`\n  ${screen.paint('yellow', 'paused')}; nothing that is done is lost. The same command goes on.`);
    say({ interrupted: true });
    return stop.exitCode();
  }
  if (why === 'waiting') {
    const { store } = call;
    if (!standing.questions.some(({ step }) => step === system.editing))
      reportWaiting(screen, standing, { store, source: system.workflow.id, agents: undefined });
    const questions = standing.questions.map((one) =>
      questionJson(one, one.step === system.editing ? handIn({ question: one, place, store }) : (answerWith(one, store)[0] ?? '')),
    );
    say({ questions });
    return exitCodes.waiting;
  }
  if (view.status === 'succeeded') return handedOver(orchestrator, view, call);
  return wentWrong(view, call, say);
}

/** What each step gave is for the steps behind it, and long. */
function bare(view: RunView): RunView {
  const steps = Object.entries(view.steps).map(([id, { output: _output, ...step }]) => [id, step] as const);
  return { ...view, steps: Object.fromEntries(steps) };
}

async function handedOver(orchestrator: Orchestrator, view: RunView, call: Filming): Promise<number> {
  const { shell, screen, options, place, request, pictures, system } = call;
  // The workflow's output is a FilmResult: `system` declares it so.
  const result = view.output as unknown as FilmResult;
  const aside = await deliver({ result, request, pictures, place, ownScript: call.ownScript }, orchestrator.blobs);
  const answers = await orchestrator.answers(view.runId);
  const reuse = reuseOf(await orchestrator.history(view.runId), system.workflow);
  const notes = [
    ...result.notes,
    ...(aside === undefined ? [] : [`The script that was there had been changed by hand: it is now ${aside}.`]),
  ];
  const { store } = call;
  if (options.json === true) shell.out.line(JSON.stringify(outcomeJson(bare(view), { files: place, reuse, answers, notes })));
  else reportFilm(screen, { result, view, place, answers, reuse, notes, store, took: Date.now() - call.began });
  return exitCodes.succeeded;
}

function wentWrong(view: RunView, { screen }: Filming, say: (extra: object) => void): number {
  const { paint } = screen;
  screen.line();
  if (view.error === undefined) {
    screen.line(`  ${paint('yellow', '■ cancelled')}; what is done is kept, and the same command begins anew with it`);
    say({});
    return exitCodeOf(view.status);
  }
  const { code, message } = causeOf(view);
  const mend = mendOf(code) ?? catalogue.AGENT_FAILED.mend;
  tell(screen, { code, message, mend });
  screen.line(paint('dim', 'what is done is kept: the same command makes the rest'));
  say({ error: { code, message, mend } });
  // Object.hasOwn has just seen it among the codes of the catalogue.
  return Object.hasOwn(catalogue, code) ? exitCodeOfError(code as ErrorCode) : exitCodes.failed;
}

/** Of a map that failed, what its first item failed of: the rest is about how maps work. */
export function causeOf({ error, steps }: Pick<RunView, 'error' | 'steps'>): Pick<Fault, 'code' | 'message'> {
  if (error === undefined) return { code: 'AGENT_FAILED', message: 'it failed without a word' };
  const [first] = Array.isArray(error.details) ? error.details : [];
  // Which step it was is of no use to somebody who wants a film.
  const step = Object.keys(steps).find((id) => error.message.startsWith(`${id}: `));
  const plain = { code: error.code, message: step === undefined ? error.message : error.message.slice(step.length + 2) };
  if (error.code !== 'MAP_ITEMS_FAILED' || typeof first !== 'object' || first === null || !('code' in first)) return plain;
  const { code, message } = first;
  return typeof code === 'string' && typeof message === 'string' ? { code, message } : plain;
}
