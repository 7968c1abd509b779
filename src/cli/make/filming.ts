/** One film from its request to its place: the run is started or found, attended, and its film handed over. */
import { gatewayTools, Orchestrator, type GatewaySettings } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { RunView } from '../../engine/view.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';
import type { FilmRequest } from '../../studio/film/request.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Progress } from '../progress/progress.ts';
import type { Interruptions } from '../run/interruptions.ts';
import { tellAround } from '../run/around.ts';
import { Heard } from '../run/heard.ts';
import { attend, type Left } from '../run/session.ts';
import { telemetryOf } from '../run/telemetry-of.ts';
import type { Backend } from '../serving/watch-parts.ts';
import { userName, type Shell } from '../shell.ts';
import type { Store } from '../store.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine } from '../terminal/width.ts';
import { engineOn } from '../visiting.ts';
import { agreed, announce } from './announce.ts';
import { broughtAlong } from './brought.ts';
import { editScript } from './editing.ts';
import { farewell } from './farewell.ts';
import { filmProgress } from './film-progress.ts';
import { runIdOf } from './naming.ts';
import type { Place } from './place.ts';
import type { MakeOptions } from './request-of.ts';

/** Everything about one making. */
export interface Filming {
  readonly shell: Shell;
  readonly screen: Screen;
  readonly options: MakeOptions;
  readonly store: Store;
  readonly system: FilmSystem;
  readonly request: FilmRequest;
  /** `--pictures`, or how they were made before; null as the configuration says. */
  readonly pictures: string | null;
  readonly place: Place;
  /** What the script said, where it was read from that very place. */
  readonly ownScript: string | undefined;
  readonly stop: Interruptions;
  readonly began: number;
}

export async function film(call: Filming, handBack: () => void): Promise<number> {
  const { shell, system, options, request, screen, stop, pictures } = call;
  const opened = await system.open({ env: shell.env, pictures, voice: request.voice });
  try {
    const estimate = opened.estimate(request);
    const gateway: GatewaySettings = {
      env: shell.env,
      config: options.gateway ?? system.gateway,
      lazy: true,
      warn: (message) => shell.err.line(`${shell.err.paint('yellow', 'note')}: ${oneLine(message)}`),
    };
    const telemetry = await telemetryOf(shell);
    const on = await engineOn(call.store);
    const orchestrator = await Orchestrator.open({
      agents: opened.agents,
      workflows: [system.workflow],
      gateway,
      telemetry,
      ...on,
    });
    try {
      const { runId, known, again } = await runFor(orchestrator, request);
      // What runs on a shared store may be somebody else's, who waits for it.
      if (call.store.is === 'embedded') await leaveOthers(orchestrator, runId, call);
      announce(screen, { request, estimate, known, again, languageModels: await asksModels(gateway) });
      if (known === undefined && !(await agreed({ shell, screen, yes: options.yes === true, stop }, estimate))) return exitCodes.cancelled;
      return await filmed(orchestrator, { runId, known, backend: on.backend }, call, handBack);
    } finally {
      await orchestrator.close();
    }
  } finally {
    await opened.close();
  }
}

interface Found {
  readonly runId: string;
  /** As it was left. */
  readonly known: RunView | undefined;
  /** The same film was made before. */
  readonly again: boolean;
}

/** The unfinished run of the same request; or a new one, which reuses what earlier ones have made. */
async function runFor(orchestrator: Orchestrator, request: FilmRequest): Promise<Found> {
  const asked = { ...request, brought: broughtAlong(request) };
  for (let nth = 1; ; nth++) {
    const runId = runIdOf(request.topic, asked, nth);
    const known = await orchestrator.get(runId).catch((error: unknown) => {
      if (error instanceof ContinuoError && error.code === 'RUN_UNKNOWN') return undefined;
      throw error;
    });
    if (known === undefined || known.endedAt === undefined) return { runId, known, again: nth > 1 };
  }
}

/** Films that were broken off wait until somebody asks for them again: nobody wants to wait for two. */
async function leaveOthers(orchestrator: Orchestrator, runId: string, { system, shell }: Filming): Promise<void> {
  const unfinished = await orchestrator.list({ workflow: system.workflow.id, status: ['running'], limit: 1000 });
  for (const { run } of unfinished) if (run !== runId) await pauseIfItRuns(orchestrator, run, userName(shell.env));
}

async function pauseIfItRuns(orchestrator: Orchestrator, runId: string, by: string): Promise<void> {
  try {
    await orchestrator.pause(runId, by);
  } catch (error) {
    // It has ended by now, or the disk is full: then it is resumed where another one would not be.
    if (!(error instanceof ContinuoError)) throw error;
  }
}

/** Whether there is a key with which a language model will be asked. */
async function asksModels(settings: GatewaySettings): Promise<boolean> {
  const { mustReadGatewayConfig, summarise } = await gatewayTools();
  const { functions } = summarise(mustReadGatewayConfig(settings), settings.env ?? {});
  return functions.some(({ now }) => now === 'models');
}

async function filmed(
  orchestrator: Orchestrator,
  { runId, known, backend }: Pick<Found, 'runId' | 'known'> & { readonly backend: Backend | undefined },
  call: Filming,
  handBack: () => void,
): Promise<number> {
  const { shell, screen, system, request, stop } = call;
  if (known === undefined) await orchestrator.start(system.workflow, request, { id: runId, by: userName(shell.env) });
  else if (known.status === 'paused') await orchestrator.resume(runId, userName(shell.env));
  const heard = new Heard(orchestrator, backend?.live, runId, known);
  const shown = { on: heard.on, get: (id: string) => orchestrator.get(id) };
  const progress = filmProgress({ orchestrator: shown, runId, workflow: system.workflow, stages: system.stages, known, screen, shell });
  const around = tellAround(orchestrator, backend, progress);
  try {
    const left = await Promise.race([
      attended(orchestrator, runId, call, { progress, goingOn: known !== undefined }),
      stalled(orchestrator, backend),
    ]);
    progress.end();
    // Otherwise the next film that is made here would go on with this one beside it.
    if (stop.signal.aborted && left.standing.views[0].status === 'running') await pauseIfItRuns(orchestrator, runId, userName(shell.env));
    handBack();
    return await farewell(orchestrator, left, call);
  } finally {
    around();
    heard.close();
    progress.end();
  }
}

/**
 * Rejects when the store takes nothing more: what is done is safe where it is, and staying helps nobody. Servers come
 * back, and are waited for.
 */
function stalled(orchestrator: Orchestrator, shared: Backend | undefined): Promise<never> {
  return new Promise((_, reject) => {
    orchestrator.on('engine:stalled', ({ error }) => {
      if (shared !== undefined && error.code === 'STORE_FAILED') return;
      reject(new ContinuoError(error.code === 'STORE_FULL' ? 'STORE_FULL' : 'STORE_FAILED', error.message));
    });
  });
}

interface Watching {
  readonly progress: Progress;
  readonly goingOn: boolean;
}

async function attended(orchestrator: Orchestrator, runId: string, call: Filming, { progress, goingOn }: Watching): Promise<Left> {
  const { shell, screen, system, place, stop } = call;
  const interactive = shell.stdin.isTTY && shell.out.stream.isTTY && screen.isTerminal;
  const patient = call.store.is === 'distributed';
  const common = { shell, screen, progress, patient, noWait: false, interrupted: stop.signal, interrupt: stop.interrupt };
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
      store: call.store,
      interactive,
      goingOn,
      interrupted: stop.signal,
      interrupt: stop.interrupt,
    });
    if (end === 'left') return stop.signal.aborted ? { ...left, why: 'interrupted' } : left;
    progress.resume();
  }
}
