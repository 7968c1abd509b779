/** `show --follow`: the words of `run`, for a run that is worked elsewhere. */
import { answersOf } from '../../engine/answers.ts';
import type { Visitor } from '../../engine/visitor.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { PlainProgress } from '../progress/plain.ts';
import { tellAnswers } from '../run/answers.ts';
import { interruptions } from '../run/interruptions.ts';
import { outcomeJson } from '../run/outcome.ts';
import { reportResult } from '../run/report.ts';
import { wordsOf } from '../serving/happening.ts';
import { watchParts } from '../serving/watch-parts.ts';
import type { Shell } from '../shell.ts';
import { oneLine, pad } from '../terminal/width.ts';
import { Follower } from './follow.ts';

interface How {
  readonly shell: Shell;
  readonly json: boolean;
}

export async function followRun(visitor: Visitor, run: string, { shell, json }: How): Promise<number> {
  const { out } = shell;
  const stop = interruptions();
  let now = Date.now();
  let unwatch = (): void => undefined;
  const follower = new Follower(visitor, run, (instant) => (now = instant));
  try {
    if (json) follower.bus.on('*', (event, name) => out.line(JSON.stringify({ at: new Date(now).toISOString(), event: name, ...event })));
    else unwatch = await showPlainly(visitor, run, follower, shell, { now: () => now, at: (instant) => (now = instant) });
    const left = await follower.toTheEnd(stop.signal);
    const view = await visitor.reader.get(run);
    const answers = await answersOf(visitor.backend.ledger, run);
    if (json) {
      const extra = left === 'stopped' ? { interrupted: true } : answers.length === 0 ? {} : { answers };
      out.line(JSON.stringify(outcomeJson(view, extra)));
    } else if (left === 'ended') {
      reportResult(out, view);
      for (const [name, value] of tellAnswers(answers)) out.line(out.paint('dim', `  ${pad(name, 8)} ${value}`));
    }
    return left === 'ended' ? exitCodeOf(view.status) : stop.exitCode();
  } finally {
    unwatch();
    stop.close();
  }
}

/** When that happens which is told. */
interface Time {
  readonly now: () => number;
  readonly at: (instant: number) => void;
}

/** Answers with the end of it. */
async function showPlainly(visitor: Visitor, run: string, { bus }: Follower, { out }: Shell, time: Time): Promise<() => void> {
  const { workflow, startedAt } = await visitor.reader.get(run);
  out.line(`${oneLine(workflow)}  run ${oneLine(run)}`);
  const progress = new PlainProgress(run, startedAt, bus, out, time.now);
  bus.on('run:status', ({ runId, status }) => {
    if (status === 'paused')
      void visitor.reader.get(runId).then(
        (view) => progress.sync([view]),
        () => undefined,
      );
  });
  return watchParts(visitor.backend, (happening) => {
    time.at(Date.now());
    progress.note(wordsOf(happening));
  });
}
