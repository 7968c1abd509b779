/** A rehearsal on a terminal: what differs between the plans, what that would have meant, and what can be done. */
import type { Json } from '../../core/data/json.ts';
import type { OptionChange, PlanDifference } from '../../core/plan/difference.ts';
import type { Difference } from '../../core/rehearsal/differences.ts';
import type { Rehearsal } from '../../core/rehearsal/rehearse.ts';
import { commandLine } from '../hints.ts';
import type { Screen } from '../terminal/screen.ts';
import { fit, oneLine, padStart, wrap } from '../terminal/width.ts';
import type { Store } from '../store.ts';
import { changesBetween } from './value-diff.ts';
import { short, wordsOf } from './words.ts';

export interface Asked {
  /** Today's version, as it was given. */
  readonly source: string | undefined;
  readonly agents: string | undefined;
  readonly store: Pick<Store, 'words'>;
  readonly isFile: boolean;
}

export function report(screen: Screen, told: Rehearsal, asked: Asked): void {
  const { paint } = screen;
  const columns = screen.isTerminal ? screen.columns : 120;
  const line = (text = ''): void => screen.line(fit(text, columns));
  screen.line(`${paint('bold', oneLine(told.workflow))}  ${paint('dim', 'run')} ${oneLine(told.run)}`);
  screen.line(`${paint('dim', 'went by')}  ${told.plans.was.slice(0, 12)}`);
  const today = asked.source === undefined ? 'the same plan' : oneLine(asked.source);
  screen.line(`${paint('dim', 'today  ')}  ${told.plans.would.slice(0, 12)}  ${paint('dim', today)}`);
  if (told.events.taken > 0)
    line(paint('dim', `the first ${count(told.events.taken, 'event')} went by earlier plans and stay as they are`));
  if (told.planDifferences.length > 0) {
    screen.line();
    screen.line(paint('bold', 'What differs in the plan'));
    for (const words of told.planDifferences.flatMap((one) => [...planWords(one)])) line(`  ${words}`);
  }
  screen.line();
  const replayed = count(told.events.rehearsed, 'event');
  if (told.differences.length === 0) {
    const what = asked.source === undefined ? 'Continuo decides' : "today's plan would have done";
    for (const words of wrap(`No difference: ${what} the same at all ${replayed}.`, columns)) screen.line(paint('green', words));
  } else {
    screen.line(
      `${paint('bold', "What today's plan would have done otherwise")}${paint('dim', `  ${count(told.differences.length, 'difference')} in ${replayed}`)}`,
    );
    differences(screen, told, columns);
  }
  screen.line();
  for (const words of migrationWords(told, asked)) screen.line(words.startsWith('  ') ? words : wrap(words, columns).join('\n'));
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

function* planWords(difference: PlanDifference): Generator<string> {
  switch (difference.is) {
    case 'added':
      yield `+ ${oneLine(difference.step)}  a new ${difference.kind}`;
      return;
    case 'removed':
      yield `- ${oneLine(difference.step)}  is not there any more`;
      return;
    case 'changed':
    case 'plan': {
      const name = difference.is === 'plan' ? 'the plan itself' : oneLine(difference.step);
      const options = difference.options.map(optionWords);
      yield `~ ${name}  ${options.join(', ')}`;
    }
  }
}

function optionWords({ option, was, would, code }: OptionChange): string {
  if (code === true) return `${option} (its function changed)`;
  const known = (value: Json | undefined): string => (value === undefined ? 'none' : short(value));
  const changes = was === undefined || would === undefined ? [] : [...changesBetween(was, would, option)];
  const [only] = changes;
  if (changes.length > 1 || only === undefined)
    return was === undefined || would === undefined ? `${option} ${known(was)} → ${known(would)}` : option;
  return `${only.path} ${known(only.was)} → ${known(only.would)}`;
}

/** By step, each in the order of the journal. */
function differences(screen: Screen, { differences: all, waitsFor }: Rehearsal, columns: number): void {
  const { paint } = screen;
  const groups = new Map<string, Difference[]>();
  for (const one of all) {
    const name = one.step === undefined ? '' : oneLine(one.step);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  const numbers = String(all.at(-1)?.seq ?? 0).length;
  // The run itself comes last, as what it all leads to.
  const run = groups.get('');
  groups.delete('');
  for (const [name, group] of run === undefined ? groups : [...groups, ['', run] as const]) {
    screen.line();
    screen.line(`  ${paint('yellow', fit(name === '' ? 'the run' : name, columns - 2))}`);
    for (const one of withoutCrowd(group)) {
      if (typeof one === 'string') {
        screen.line(`    ${paint('dim', one)}`);
        continue;
      }
      const item = one.item === undefined ? '' : `[${one.item}] `;
      const head = `    event ${padStart(String(one.seq), numbers)}  `;
      const { says, details } = wordsOf(one);
      for (const [at, words] of wrap(item + says, columns - head.length).entries())
        screen.line((at === 0 ? paint('dim', head) : ' '.repeat(head.length)) + words);
      for (const detail of details) screen.line(' '.repeat(head.length) + paint('dim', fit(oneLine(detail), columns - head.length)));
    }
  }
  if (waitsFor.length === 0) return;
  screen.line();
  const waits = waitsFor.map(({ step, item, for: what }) => `${oneLine(step)}${item === undefined ? '' : `[${item}]`} (${what})`);
  for (const words of wrap(`At the end of the journal it would wait for ${listed(waits)}.`, columns - 2)) screen.line(`  ${words}`);
}

const few = 5;

function listed(names: readonly string[]): string {
  return names.length <= few ? names.join(', ') : `${names.slice(0, few).join(', ')} and ${names.length - few} more`;
}

const alike = 3;

/** Items of a map often differ all in the same way: the first ones stand for them. */
function* withoutCrowd(group: readonly Difference[]): Generator<Difference | string> {
  const seen = new Map<string, number>();
  for (const one of group) {
    const times = (seen.get(one.is) ?? 0) + 1;
    seen.set(one.is, times);
    if (one.item === undefined || times <= alike) yield one;
  }
  const left = new Set(
    [...seen.keys()].map((is) => group.filter((one) => one.is === is && one.item !== undefined).length - alike).filter((more) => more > 0),
  );
  for (const more of left) yield `… and ${count(more, 'more item')} in the same way`;
}

function* migrationWords({ migration, run, status }: Rehearsal, { source, agents, store, isFile }: Asked): Generator<string> {
  if (migration.is === 'same') {
    if (source !== undefined) yield 'There is nothing to migrate: the run goes by this very plan.';
    return;
  }
  if (status.was === 'succeeded' || status.was === 'cancelled') {
    const has = status.was === 'succeeded' ? 'has succeeded' : 'has been cancelled';
    yield `There is nothing to migrate: the run ${has}. Runs that begin now go by today's plan.`;
    return;
  }
  if (migration.is === 'refused') {
    yield `The run cannot be migrated to today's plan as it stands: ${migration.reasons.map(oneLine).join('; ')}.`;
    return;
  }
  yield `The run can be migrated to today's plan as it stands${isFile ? '.' : ':'}`;
  if (isFile || source === undefined) return;
  yield `  ${commandLine('migrate', run, source, ...(agents === undefined ? [] : ['--agents', agents]), ...store.words)}`;
  if (status.was === 'failed') yield `  ${commandLine('retry', run, ...store.words)}`;
}
