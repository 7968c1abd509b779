import type { Command } from 'commander';
import { answersOf, type Answers } from '../../engine/answers.ts';
import type { RunView, StepView } from '../../engine/view.ts';
import { exitCodes } from '../exit-codes.ts';
import { mendOf } from '../failure.ts';
import { mustExist } from '../looking.ts';
import { followRun } from '../follow/follow-run.ts';
import { glyph } from '../progress/glyphs.ts';
import { tellAnswers } from '../run/answers.ts';
import { answerWith } from '../run/report.ts';
import type { Shell } from '../shell.ts';
import { storeOf, type Store, type StoreOptions } from '../store.ts';
import { notes } from '../ask/show-question.ts';
import { prettyJson } from '../terminal/pretty-json.ts';
import { styleOf } from '../terminal/status.ts';
import type { Screen } from '../terminal/screen.ts';
import { moment, span } from '../terminal/time.ts';
import { fit, oneLine, pad, safe, widthOf } from '../terminal/width.ts';
import { engineAt, visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly follow?: true;
  readonly json?: true;
}

export function addShow(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('show')
    .summary('show how a run stands')
    .description('Shows how a run stands: its steps, its questions, its result. Also while an engine works on it.')
    .argument('<run>', 'id of the run')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('-f, --follow', 'tell what happens until it has ended; the exit code is then that of `run`')
    .option('--json', 'one JSON object as the last line of stdout; with --follow, one for each event before it')
    .action(async (run: string, options: Options) => done(await show(shell, run, options)));
}

async function show(shell: Shell, run: string, options: Options): Promise<number> {
  const store = storeOf(options, shell.env);
  if (options.follow === true)
    return visiting(store, async (visitor) => {
      await mustExist(visitor, run);
      return followRun(visitor, run, { shell, json: options.json === true });
    });
  const { view, answers, engine } = await visiting(store, async (visitor) => {
    await mustExist(visitor, run);
    return {
      view: await visitor.reader.get(run),
      answers: await answersOf(visitor.backend.ledger, run),
      engine: await engineAt(store, visitor),
    };
  });
  if (options.json === true) shell.out.line(JSON.stringify({ ...view, answers }));
  else print(shell.out, { view, answers, engine, store });
  return exitCodes.succeeded;
}

interface Shown {
  readonly view: RunView;
  readonly answers: readonly Answers[];
  /** Who works on the store. */
  readonly engine: string | undefined;
  readonly store: Store;
}

function print(screen: Screen, { view, answers, engine, store }: Shown): void {
  const { paint } = screen;
  const columns = screen.isTerminal ? screen.columns : 120;
  screen.line(
    `${paint('bold', oneLine(view.workflow))}  ${paint(styleOf(view.status), view.status)}${view.phase === 'forward' || view.phase === view.status ? '' : paint('dim', ` (${view.phase})`)}`,
  );
  for (const [name, value] of [...facts(view, engine), ...tellAnswers(answers)])
    screen.line(`${paint('dim', pad(name, 9))} ${fit(value, columns - 10)}`);
  screen.line();
  const names = Math.min(32, Math.max(...Object.keys(view.steps).map((id) => widthOf(oneLine(id)))));
  for (const [id, step] of Object.entries(view.steps)) {
    const detail = describe(step);
    screen.line(
      `  ${glyph(step.status, step.waitsFor, paint)} ${pad(fit(oneLine(id), names), names)}  ${paint('dim', fit(detail, Math.max(10, columns - names - 6)))}`.trimEnd(),
    );
  }
  for (const { step, choice, value, by, at, note } of view.decisions) {
    screen.line();
    screen.line(
      `  ${paint('magenta', '!')} ${oneLine(step)}: ${oneLine(choice ?? JSON.stringify(value ?? null))}  ${paint('dim', `${oneLine(by)}, ${moment(at)}${note === undefined ? '' : `: ${oneLine(note)}`}`)}`,
    );
  }
  for (const question of view.questions) {
    screen.line();
    screen.line(
      `  ${paint('magenta', '?')} ${paint('bold', safe(question.question).replaceAll('\n', '\n    '))}  ${paint('dim', oneLine(question.step))}`,
    );
    for (const line of [...notes(question, Date.now()), ...answerWith({ ...question, runId: view.runId }, store)])
      screen.line(`    ${line}`);
  }
  if (view.error !== undefined) {
    screen.line();
    screen.line(`  ${paint('red', oneLine(view.error.code))}: ${safe(view.error.message).replaceAll('\n', '\n  ')}`);
    const mend = mendOf(view.error.code);
    if (mend !== undefined) screen.line(`  ${paint('cyan', 'mend')}: ${mend}`);
  }
  if (view.status !== 'succeeded') return;
  screen.line();
  for (const line of prettyJson(view.output ?? null, { lines: 400, columns: columns - 2 }, paint)) screen.line(`  ${line}`);
}

function* facts(view: RunView, engine: string | undefined): Generator<readonly [string, string]> {
  yield ['run', view.runId];
  yield [
    'started',
    `${moment(view.startedAt)}, ${view.endedAt === undefined ? `${span(Date.now() - view.startedAt)} ago` : `took ${span(view.endedAt - view.startedAt)}`}`,
  ];
  if (view.project !== 'default') yield ['project', oneLine(view.project)];
  if (view.endedAt === undefined) yield ['engine', engine ?? 'none runs: nothing moves until one does'];
  if (view.wakeAt !== undefined) yield ['wakes', moment(view.wakeAt)];
  yield ['input', oneLine(JSON.stringify(view.input))];
  if (view.parent !== undefined) yield ['called by', oneLine(view.parent)];
  if (view.forkedFrom !== undefined)
    yield ['fork of', oneLine(view.forkedFrom.step === '' ? view.forkedFrom.run : `${view.forkedFrom.run}, from ${view.forkedFrom.step}`)];
  if (view.signals.length > 0) yield ['signals', `${view.signals.map(oneLine).join(', ')} (nothing has taken them yet)`];
  const { limit, spent, reserved } = view.money;
  if (limit !== undefined || spent > 0)
    yield ['money', `$${spent} spent${reserved > 0 ? `, $${reserved} reserved` : ''}${limit === undefined ? '' : ` of $${limit}`}`];
  yield ['plan', view.plan];
}

/** What is to be said of a step, the important first. */
function describe(step: StepView): string {
  const { items, attempts, visits, error, retryAt, waitsFor, source, output } = step;
  const words = [
    step.kind === 'step' ? '' : step.kind,
    items === undefined ? '' : `${items.done}/${items.total}${items.failed > 0 ? `, ${items.failed} failed` : ''}`,
    visits > 1 ? `round ${visits}` : '',
    attempts > 1 ? `${attempts} attempts` : '',
    source === undefined ? '' : `by ${source}`,
    retryAt === undefined ? '' : `again in ${span(retryAt - Date.now())}`,
    waitsFor === undefined ? '' : `waits for ${waitsFor}`,
    error === undefined ? '' : `${error.code}: ${oneLine(error.message)}`,
    output === undefined ? '' : oneLine(JSON.stringify(output)).slice(0, 400),
  ];
  return words.filter((word) => word !== '').join(' · ');
}
