/**
 * A journal from a file: what `history --export` writes. Whatever is wrong with it is
 * found here, so that nothing after has to doubt it.
 */
import { isFields, isList } from '../data/fields.ts';
import type { Json } from '../data/json.ts';
import { contentHash } from '../data/sha256.ts';
import { ContinuoError } from '../errors.ts';
import type { Plan } from '../plan/model.ts';
import { compile } from '../plan/program.ts';
import { planWorkflow } from '../plan/workflow.ts';
import type { Entry } from '../run/events.ts';
import { Recorded } from './recorded.ts';
import type { Journal } from './rehearse.ts';

export function readJournal(value: Json, name: string): Journal {
  const wrong = (what: string): ContinuoError => new ContinuoError('JOURNAL_UNREADABLE', `${name}: ${what}`);
  if (!isFields(value) || !isFields(value['plans']) || !isList(value['entries']))
    throw wrong('it is not a journal, which is an object with `plans` and `entries`');
  const run = value['run'] ?? 'run';
  if (typeof run !== 'string') throw wrong('`run` is not the id of a run');
  const plans: Record<string, Plan> = {};
  for (const [hash, plan] of Object.entries(value['plans'])) plans[hash] = readPlan(hash, plan, name, wrong);
  const entries: Entry[] = [];
  let seq = 0;
  for (const [at, entry] of value['entries'].entries()) {
    if (!isEntry(entry)) throw wrong(`entries[${at}] is not an entry, which has \`seq\`, \`at\` and \`events\``);
    if (entry.seq !== seq) throw wrong(`event ${seq} is missing: entries[${at}] begins with event ${entry.seq}`);
    entries.push(entry);
    seq += entry.events.length;
  }
  if (entries[0]?.events[0]?.type !== 'run.started') throw wrong('it does not begin with the start of a run');
  const journal = { run, plans, entries };
  mustFold(journal, wrong);
  return journal;
}

function readPlan(hash: string, plan: Json, name: string, wrong: (what: string) => ContinuoError): Plan {
  if (!isFields(plan)) throw wrong(`plan ${hash} is not a plan`);
  if (plan['format'] !== 'continuo/1') {
    const form = JSON.stringify(plan['format'] ?? null);
    throw new ContinuoError('JOURNAL_NEWER', `${name}: plan ${hash} has the form ${form}, which this version does not know`);
  }
  if (contentHash(plan) !== hash) throw wrong(`plan ${hash} is not the one that had this hash: somebody changed it`);
  // It was a plan of this form when it got its hash.
  return plan as unknown as Plan;
}

/** Every event can be applied where it stands. */
function mustFold(journal: Journal, wrong: (what: string) => ContinuoError): void {
  const recorded = new Recorded(journal.run, (hash) => {
    const plan = journal.plans[hash];
    if (plan === undefined) throw wrong(`plan ${hash}, which the run goes by, is not in it`);
    return compile({ ...planWorkflow(plan), hash });
  });
  let next = 0;
  try {
    for (const entry of journal.entries) for (const { facts } of recorded.groups(entry)) next = (facts.at(-1)?.seq ?? next) + 1;
  } catch (error) {
    if (error instanceof ContinuoError && error.code !== 'STORE_CORRUPT') throw error;
    throw wrong(`from event ${next} on it is damaged (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** What the events hold, applying them will tell. */
function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('seq' in value && 'at' in value && 'events' in value)) return false;
  const { seq, at, events } = value;
  return (
    Number.isInteger(seq) &&
    typeof at === 'number' &&
    Array.isArray(events) &&
    events.length > 0 &&
    events.every((one: unknown) => hasType(one))
  );
}

function hasType(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string';
}
