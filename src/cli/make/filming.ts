/** One film from its request to its place: the run is started or found, attended, and its film handed over. */
import { Orchestrator } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { RunView } from '../../engine/view.ts';
import type { FilmRequest } from '../../studio/film/request.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { commandLine } from '../hints.ts';
import type { Progress } from '../progress/progress.ts';
import type { Interruptions } from '../run/interruptions.ts';
import { outcomeJson, questionJson } from '../run/outcome.ts';
import { answerWith, reportEnd, reportWaiting } from '../run/report.ts';
import { attend, type Left } from '../run/session.ts';
import { userName, type Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine } from '../terminal/width.ts';
import { agreed, announce } from './announce.ts';
import { deliver, type Place } from './deliver.ts';
import { editScript } from './editing.ts';
import { filmProgress } from './film-progress.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';
import { runIdOf } from './naming.ts';
import { reportFilm } from './report.ts';
import type { MakeOptions } from './request-of.ts';
import { reuseOf } from './reuse.ts';

/** Everything about one making. */
export interface Filming {
  readonly shell: Shell;
  readonly screen: Screen;
  readonly options: MakeOptions;
  readonly system: FilmSystem;
  readonly request: FilmRequest;
  readonly place: Place;
  readonly stop: Interruptions;
  readonly began: number;
}

export async function film(call: Filming, handBack: () => void): Promise<number> {
  const { shell, system, options, request, screen, stop } = call;
  const opened = await system.open({ env: shell.env, pictures: options.pictures ?? 'offline', voice: request.voice });
  try {
    const estimate = opened.estimate(request);
    const orchestrator = await Orchestrator.open({
      agents: opened.agents,
      workflows: [system.workflow],
      gateway: {
        env: shell.env,
        config: options.gateway ?? system.gateway,
        lazy: true,
        warn: (message) => shell.err.line(`${shell.err.paint('yellow', 'note')}: ${oneLine(message)}`),
      },
      ...(options.dir === undefined ? {} : { dir: options.dir }),
    });
    try {
      const { runId, known } = await runFor(orchestrator, request);
      announce(screen, request, estimate, known);
      if (known === undefined && !(await agreed({ shell, screen, yes: options.yes === true, stop }, estimate))) return exitCodes.cancelled;
      return await filmed(orchestrator, runId, known, call, handBack);
    } finally {
      await orchestrator.close();
    }
  } finally {
    await opened.close();
  }
}

/** The unfinished run of the same request; or a new one, which reuses what earlier ones have made. */
async function runFor(
  orchestrator: Orchestrator,
  request: FilmRequest,
): Promise<{ readonly runId: string; readonly known: RunView | undefined }> {
  for (let nth = 1; ; nth++) {
    const runId = runIdOf(request.topic, request, nth);
    const known = await orchestrator.get(runId).catch((error: unknown) => {
      if (error instanceof ContinuoError && error.code === 'RUN_UNKNOWN') return undefined;
      throw error;
    });
    if (known === undefined || known.endedAt === undefined) return { runId, known };
  }
}

async function filmed(
  orchestrator: Orchestrator,
  runId: string,
  known: RunView | undefined,
  call: Filming,
  handBack: () => void,
): Promise<number> {
  const { shell, screen, system, request } = call;
  if (known === undefined) await orchestrator.start(system.workflow, request, { id: runId, by: userName(shell.env) });
  else if (known.status === 'paused') await orchestrator.resume(runId, userName(shell.env));
  const progress = filmProgress({ orchestrator, runId, workflow: system.workflow, stages: system.stages, known, screen, shell });
  try {
    const left = await attended(orchestrator, runId, call, progress);
    progress.end();
    handBack();
    return await farewell(orchestrator, left, call);
  } finally {
    progress.end();
  }
}

async function attended(orchestrator: Orchestrator, runId: string, call: Filming, progress: Progress): Promise<Left> {
  const { shell, screen, system, place, stop, options } = call;
  const interactive = shell.stdin.isTTY && shell.out.stream.isTTY && screen.isTerminal;
  const common = { shell, screen, progress, noWait: false, interrupted: stop.signal, interrupt: stop.interrupt };
  for (;;) {
    const left = await attend(orchestrator, runId, { ...common, interactive: false });
    const question = left.standing.questions.find(({ step }) => step === system.editing);
    if (left.why !== 'waiting') return left;
    if (question === undefined) return interactive ? attend(orchestrator, runId, { ...common, interactive }) : left;
    progress.pause();
    const end = await editScript({
      orchestrator,
      system,
      question,
      place,
      shell,
      screen,
      dir: options.dir,
      interactive,
      interrupted: stop.signal,
      interrupt: stop.interrupt,
    });
    if (end === 'left') return stop.signal.aborted ? { ...left, why: 'interrupted' } : left;
    progress.resume();
  }
}

async function farewell(orchestrator: Orchestrator, { why, standing }: Left, call: Filming): Promise<number> {
  const { shell, screen, options, place, stop, system } = call;
  const [view] = standing.views;
  const json = options.json === true;
  const say = (extra: object): void => {
    if (json) shell.out.line(JSON.stringify(outcomeJson(view, extra)));
  };
  if (why === 'interrupted') {
    screen.line(`\n  ${screen.paint('yellow', 'paused')}; nothing that is done is lost. The same command goes on.`);
    say({ interrupted: true });
    return stop.exitCode();
  }
  const again = { dir: options.dir, source: system.workflow.id, agents: undefined };
  if (why === 'waiting') {
    if (!standing.questions.some(({ step }) => step === system.editing)) reportWaiting(screen, standing, again);
    say({ questions: standing.questions.map((one) => questionJson(one, answerWith(one, options.dir)[0] ?? '')) });
    return exitCodes.waiting;
  }
  if (view.status !== 'succeeded') {
    reportEnd(screen, view, again);
    if (view.status === 'failed')
      screen.line(`    ${screen.paint('dim', `what is done is kept: ${commandLine('make')} with the same words makes the rest`)}`);
    say({});
    return exitCodeOf(view.status);
  }
  // The workflow's output is a FilmResult: `system` declares it so.
  const result = view.output as unknown as FilmResult;
  await deliver(result, place, orchestrator.blobs);
  const answers = await orchestrator.answers(view.runId);
  const reuse = reuseOf(await orchestrator.history(view.runId), system.workflow);
  if (json) say({ files: place, reuse, answers });
  else reportFilm(screen, { result, view, place, answers, reuse, dir: options.dir, took: Date.now() - call.began });
  return exitCodes.succeeded;
}
