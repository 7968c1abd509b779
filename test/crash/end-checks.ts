/** What must hold when every run has ended. */
import { isDeepStrictEqual } from 'node:util';
import type { RunEvent } from '../../src/core/run/events.ts';
import { attemptName } from '../../src/core/run/attempt-name.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { count, toldBy, type Finding } from './checks.ts';
import type { Evidence, Story } from './evidence.ts';
import type { Line } from './ledger.ts';
import type { End, Numbered } from './scenarios.ts';
import { keyOf } from './transitions.ts';

interface Ended {
  readonly evidence: Evidence;
  readonly lines: readonly Line[];
  readonly backend: Backend;
  readonly runs: readonly Numbered[];
}

type EndCheck = (ended: Ended) => AsyncIterable<Omit<Finding, 'check'>> | Iterable<Omit<Finding, 'check'>>;

export const atTheEnd: Readonly<Record<string, EndCheck>> = {
  'every run ended as it should': async function* ({ evidence, backend, runs }) {
    for (const { run, laps } of runs) {
      const given = laps.map(({ end }) => (end.status === 'succeeded' ? end.output : null));
      for (const { run: id, end } of [...laps, { run, end: { status: 'succeeded', output: given } as const }]) {
        const text = await differs(evidence.stories.get(id), end, backend);
        if (text !== undefined) yield { run: id, text };
      }
    }
  },
  'nothing waits any more': async function* ({ evidence, backend }) {
    for (const { id, record } of evidence.stories.values())
      if (record.endedAt === undefined) yield { run: id, text: `the index says that it is ${record.status}` };
    for (const { id, run } of await backend.inbox.pending(100)) yield { run, text: `message ${id} lies in the inbox` };
    const told = await backend.topic.after(await backend.topic.cursor('triggers'), 100);
    for (const { run, name } of told) yield { run, text: `nobody has looked at its event ${name}` };
  },
  'each called run is there once': function* ({ evidence, runs }) {
    const children = new Map<string, number>();
    for (const { run } of evidence.stories.values()) if (run.parent !== undefined) count(children, run.parent.run);
    for (const { run: id, scenario, laps } of runs) {
      for (const [run, due] of [[id, laps.length] as const, ...laps.map((lap) => [lap.run, scenario.children] as const)]) {
        const found = children.get(run) ?? 0;
        if (found !== due) yield { run, text: `it called ${found} runs, and not ${due}` };
      }
    }
  },
  'each event started its workflow': function* ({ evidence, runs }) {
    const followed = new Map<string, number>();
    for (const story of evidence.stories.values()) if (story.run.workflow === 'follows') count(followed, toldBy(story));
    for (const [run, scenario] of runs.flatMap(({ laps, scenario: one }) => laps.map((lap) => [lap.run, one] as const))) {
      const found = followed.get(run) ?? 0;
      const due = scenario.name === 'tells' ? 1 : 0;
      if (found !== due) yield { run, text: `${found} runs follow from it, and not ${due}` };
    }
  },
  'what was done was undone, the last first': function* ({ lines, runs }) {
    for (const { run } of runs.filter(({ scenario }) => scenario.name === 'undo').flatMap(({ laps }) => laps)) {
      const undone = lines.flatMap((line) => (line.is === 'deed' && line.run === run && line.deed === 'undo' ? [line.name] : []));
      const order = undone.filter((name, place) => name !== undone[place - 1]);
      if (!isDeepStrictEqual(order, ['flight booked', 'hotel booked'])) yield { run, text: `it undid ${order.join(', ')}` };
    }
  },
  'what was remembered is what was worked out': function* ({ evidence, lines }) {
    const worked = new Map<string, number>();
    for (const line of lines)
      if (line.is === 'deed' && line.deed === 'memo') count(worked, JSON.stringify({ value: `answer to ${line.name}` }));
    const own = new Map<string, number>();
    for (const { run, events } of evidence.stories.values()) {
      if (run.workflow !== 'memo') continue;
      for (const event of events)
        if (event.type === 'task.completed' && event.source === undefined) count(own, JSON.stringify(event.output));
    }
    for (const [answer, times] of own) {
      const made = worked.get(answer) ?? 0;
      if (made < times) yield { text: `${times} runs say that they worked out ${answer}, and it was done ${made} times` };
    }
    for (const answer of worked.keys()) if (!own.has(answer)) yield { text: `${answer} was worked out, and no run says so` };
  },
  'money in the journals is money in the ledger': function* ({ evidence, lines }) {
    for (const story of evidence.stories.values()) yield* moneyOf(story, lines);
  },
};

export async function checkEnd(ended: Ended): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, check] of Object.entries(atTheEnd))
    for await (const finding of check(ended)) findings.push({ check: name, ...finding });
  return findings;
}

/** What is wrong with how it ended. */
async function differs(story: Story | undefined, end: End, backend: Backend): Promise<string | undefined> {
  const phase = story?.run.phase;
  if (phase?.is === 'succeeded' && end.status === 'succeeded') {
    const output: unknown =
      'value' in phase.output ? phase.output.value : JSON.parse(new TextDecoder().decode(await backend.blobs.get(phase.output.blob)));
    return isDeepStrictEqual(output, end.output) ? undefined : `it gave ${shown(output)}, and not ${shown(end.output)}`;
  }
  if (phase?.is === 'failed' && end.status === 'failed')
    return phase.error.code === end.code ? undefined : `it failed with ${phase.error.code}, and not with ${end.code}`;
  const why = phase?.is === 'failed' ? ` (${phase.error.code}: ${phase.error.message})` : '';
  return `it is ${phase?.is ?? 'not there'}${why}, and should have ${end.status}`;
}

const cents = (dollars: number): number => Math.round(dollars * 100);

/** What a journal says was spent, against what agents said and the provider took. */
function* moneyOf({ id, events, run, program }: Story, lines: readonly Line[]): Iterable<Omit<Finding, 'check'>> {
  const settled = events.filter((event) => event.type === 'money.settled');
  const spent = cents(run.money.spent);
  const sum = settled.reduce((total, { amount }) => total + cents(amount), 0);
  if (spent !== sum) yield { run: id, text: `it spent ${spent} cents, and its settlements make ${sum}` };
  const family = lines.filter((line) => 'run' in line && (line.run === id || line.run.startsWith(`${id}~`)));
  const charged = family.reduce((total, line) => total + (line.is === 'deed' ? (line.charged ?? 0) : 0), 0);
  // Others have jobs alone, which say nothing, and lines that break: what is left reserved counts as spent.
  const exact = ['money', 'spends', 'money-laps'].includes(run.workflow);
  if (settled.length > 0 && spent < charged) yield { run: id, text: `it spent ${spent} cents, and the provider charged ${charged}` };
  // A process that dies between a reservation and its agent's first word leaves the one, and none of the other.
  const reserved = events.filter((event) => event.type === 'money.reserved').length;
  const nothingIsLost = reserved === family.filter((line) => line.is === 'settling').length;
  const processes = new Set(family.map((line) => line.incarnation));
  if (exact && processes.size === 1 && nothingIsLost && spent !== charged)
    yield { run: id, text: `in one process it spent ${spent} cents, and the provider charged ${charged}` };
  const said = (is: Line['is'], key: string): number => lines.filter((line) => line.is === is && 'key' in line && line.key === key).length;
  if (!exact) return;
  for (const [key, times] of settlements(id, program, events)) {
    if (times < said('settled', key))
      yield { run: id, text: `${key} was told ${said('settled', key)} times that it is settled, and it is ${times} times` };
    if (times > said('settling', key))
      yield { run: id, text: `${key} is settled ${times} times, and asked for it ${said('settling', key)} times` };
  }
}

/**
 * How often each piece of work that says what it settles has settled a reservation, besides those that a crash left, and
 * those that were taken back because the run above could not be asked.
 */
function settlements(id: string, program: Story['program'], events: readonly RunEvent[]): ReadonlyMap<string, number> {
  const keys = new Map<string, string>();
  const reserved = new Map<string, number>();
  const times = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'task.started') keys.set(attemptName(event), keyOf(id, program, event));
    if (event.type === 'money.reserved') reserved.set(event.id, event.amount);
    if (event.type !== 'money.settled' || event.amount === 0 || event.amount === reserved.get(event.id)) continue;
    const [attempt = '', ...rest] = event.id.split('/');
    const key = rest.length === 1 ? keys.get(attempt) : undefined;
    if (key !== undefined) count(times, key);
  }
  return times;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 120 ? text : `${text.slice(0, 117)}…`;
}
