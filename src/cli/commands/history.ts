import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import type { Entry, RunEvent } from '../../core/run/events.ts';
import type { Visitor } from '../../engine/visitor.ts';
import { exitCodes } from '../exit-codes.ts';
import { mustExist } from '../looking.ts';
import type { Shell } from '../shell.ts';
import { storeOf, type StoreOptions } from '../store.ts';
import type { Screen, Style } from '../terminal/screen.ts';
import { clock, moment } from '../terminal/time.ts';
import { fit, oneLine, pad, padStart, widthOf } from '../terminal/width.ts';
import { visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly json?: true;
  readonly export?: string;
}

/** An event with its number, its time, and its step's name under the plan of that time. */
interface Told {
  readonly seq: number;
  readonly at: number;
  readonly step: string | undefined;
  readonly event: RunEvent;
}

export function addHistory(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('history')
    .summary('show what happened in a run')
    .description('Shows the journal of a run: everything that happened, in order.')
    .argument('<run>', 'id of the run')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--export <file>', 'write the journal and its plans to a file, for `replay`; nothing is shown')
    .option('--json', 'one JSON object a line, one for each event')
    .action(async (run: string, options: Options) => done(await history(shell, run, options)));
}

async function history(shell: Shell, run: string, options: Options): Promise<number> {
  if (options.export !== undefined) return exported(shell, run, options.export, options);
  const told = await visiting(storeOf(options, shell.env), async (visitor) => {
    await mustExist(visitor, run);
    return named(visitor, await visitor.reader.history(run));
  });
  if (options.json === true) for (const one of told) shell.out.line(JSON.stringify(asJson(one)));
  else print(shell.out, told);
  return exitCodes.succeeded;
}

async function exported(shell: Shell, run: string, file: string, options: Options): Promise<number> {
  const journal = await visiting(storeOf(options, shell.env), async (visitor) => {
    await mustExist(visitor, run);
    return visitor.reader.journal(run);
  });
  try {
    writeFileSync(file, `${JSON.stringify(journal, null, 1)}\n`);
  } catch (error) {
    throw new ContinuoError('USAGE', `--export: ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  const events = journal.entries.reduce((sum, entry) => sum + entry.events.length, 0);
  if (options.json === true) shell.out.line(JSON.stringify({ runId: run, file, events }));
  else shell.out.line(`${shell.out.paint('green', '✔')} ${events} events of ${run} are in ${file}`);
  return exitCodes.succeeded;
}

async function named(visitor: Visitor, entries: readonly Entry[]): Promise<readonly Told[]> {
  const told: Told[] = [];
  let names: readonly string[] = [];
  for (const { seq, at, events } of entries) {
    for (const [offset, event] of events.entries()) {
      if (event.type === 'run.started') names = await stepNames(visitor, event.plan);
      const step =
        'step' in event && event.step !== undefined
          ? `${names[event.step] ?? event.step}${'item' in event && event.item !== undefined ? `[${event.item}]` : ''}`
          : undefined;
      told.push({ seq: seq + offset, at, step, event });
      // From here on the numbers are those of the other plan.
      if (event.type === 'run.migrated') names = await stepNames(visitor, event.plan);
    }
  }
  return told;
}

async function stepNames(visitor: Visitor, hash: string): Promise<readonly string[]> {
  const text = await visitor.backend.plans.load(hash);
  if (text === undefined) return [];
  // It was a plan when it was saved under its hash.
  return (JSON.parse(text) as { readonly steps: readonly { readonly id: string }[] }).steps.map(({ id }) => id);
}

function asJson({ seq, at, step, event }: Told): object {
  return { seq, time: new Date(at).toISOString(), ...event, ...(step === undefined ? {} : { step }) };
}

function print(screen: Screen, told: readonly Told[]): void {
  const { paint } = screen;
  const numbers = String(told.at(-1)?.seq ?? 0).length;
  const types = Math.max(...told.map(({ event }) => event.type.length));
  let day = '';
  for (const { seq, at, step, event } of told) {
    const [date = ''] = moment(at).split(' ');
    if (date !== day) screen.line(paint('dim', (day = date)));
    const head = `${padStart(String(seq), numbers)}  ${clock(at)}.${String(at % 1000).padStart(3, '0')}  `;
    const name = step === undefined ? '' : `${oneLine(step)}  `;
    const room = screen.isTerminal ? Math.max(10, screen.columns - widthOf(head) - types - 2 - widthOf(name)) : 400;
    screen.line(
      `${paint('dim', head)}${paint(styleOf(event), pad(event.type, types))}  ${paint('bold', name)}${fit(detail(event), room)}`.trimEnd(),
    );
  }
}

function styleOf({ type }: RunEvent): Style {
  if (/\.(?:failed|failing|refused)$/.test(type)) return 'red';
  if (/\.(?:succeeded|completed|closed)$/.test(type)) return 'green';
  if (/^(?:ask|signal)\.|\.held$/.test(type)) return 'magenta';
  return 'cyan';
}

/** The fields of an event that are not on the line already. */
function detail(event: RunEvent): string {
  return Object.entries(event)
    .filter(([name]) => name !== 'type' && name !== 'step' && name !== 'item')
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(' ');
}

function shown(value: unknown): string {
  if (typeof value === 'string') return /^[\w.~:@-]+$/.test(value) ? value : JSON.stringify(oneLine(value));
  if (typeof value === 'object' && value !== null) {
    if ('blob' in value && 'bytes' in value) return `${String(value.blob).slice(0, 19)}… (${String(value.bytes)} bytes)`;
    if ('value' in value && Object.keys(value).length === 1) return oneLine(JSON.stringify(value.value));
    if ('code' in value && 'message' in value) return `${String(value.code)}: ${oneLine(String(value.message))}`;
  }
  return oneLine(JSON.stringify(value));
}
