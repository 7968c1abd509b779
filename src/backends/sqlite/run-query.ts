/**
 * The SQL of a RunQuery.
 *
 * Q1. Runs are ordered by `created_at` and then by their number, so that pages neither
 *     repeat nor skip.
 * Q2. Every query names its index: the narrowest of those that its filters allow. The
 *     planner has no statistics of a store that it meets for the first time.
 * Q3. Where no filter is narrow, each status (of each project) is read in order from its
 *     own stretch of an index, and the stretches are merged: a page costs what a page
 *     holds, however many runs there are. Only of more projects than can be merged, runs
 *     of others are passed over.
 */
import type { Status } from '../../core/run/state.ts';
import type { RunQuery } from '../../ports/journal.ts';
import type { Value } from './database.ts';
import { liveStatuses } from './run-columns.ts';

export interface Sql {
  readonly text: string;
  readonly values: readonly Value[];
}

/** The place of a run in the order. */
export interface Place {
  readonly createdAt: number;
  readonly id: number;
}

/** Where it is read: from the index that is walked. */
interface PlaceColumns {
  readonly id: string;
  readonly createdAt: string;
}

const ofRuns: PlaceColumns = { id: 'runs.id', createdAt: 'runs.created_at' };
const ofAwaits: PlaceColumns = { id: 'awaits.run', createdAt: 'awaits.created_at' };

/** A merge of more stretches costs more than passing over runs of others. */
const mostProjects = 16;

const everyStatus: readonly Status[] = ['running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled'];

export function listSql(query: RunQuery, after: Place | undefined): Sql {
  const order = query.oldestFirst === true ? 'ASC' : 'DESC';
  const limit = query.limit ?? -1;
  const keys = narrowIndex(query) === undefined ? merged(query, after, order, limit) : single(query, after, order, limit);
  return {
    text: `SELECT run, record FROM (${keys.text}) AS page CROSS JOIN runs ON runs.id = page.id ORDER BY page.created_at ${order}, page.id ${order}`,
    values: keys.values,
  };
}

/** An index that holds only runs of interest, where the query has such a filter. */
function narrowIndex(query: RunQuery): string | undefined {
  if (query.awaits !== undefined) return 'awaits';
  if (query.parent !== undefined) return 'runs_parent';
  if (query.concurrencyKey !== undefined) return 'runs_concurrency';
  if (query.queued === true) return 'runs_queued';
  if (query.busy === true) return 'runs_busy';
  if (query.called === true) return 'runs_called';
  if (query.dead === true) return 'runs_dead';
  if (query.withQuestions === true) return 'runs_asking';
  if (query.expiredAt !== undefined) return 'runs_expiring';
  return undefined;
}

function single(query: RunQuery, after: Place | undefined, order: string, limit: number): Sql {
  const where = filters(query, after);
  const statuses = query.status;
  if (statuses !== undefined) {
    where.add(`status IN (${statuses.map(() => '?').join(', ')})`, ...statuses);
    // Implied by the statuses, and a column of the index.
    if (query.concurrencyKey !== undefined && statuses.every((status) => liveStatuses.includes(status))) where.add('live = 1');
  }
  const keys =
    query.awaits === undefined
      ? keysFrom(`runs INDEXED BY ${narrowIndex(query)}`, where, ofRuns)
      : keysFrom('awaits CROSS JOIN runs ON runs.id = awaits.run', where, ofAwaits);
  return { text: `${keys.text} ORDER BY created_at ${order}, id ${order} LIMIT ?`, values: [...keys.values, limit] };
}

function merged(query: RunQuery, after: Place | undefined, order: string, limit: number): Sql {
  const each = eachProject(query);
  const index = query.workflow !== undefined ? 'runs_workflow' : each[0]?.project !== undefined ? 'runs_project' : 'runs_status';
  const stretches = each.flatMap((one) =>
    [...new Set(query.status ?? everyStatus)].map((status) => {
      const where = filters(one, after);
      where.add('status = ?', status);
      return keysFrom(`runs INDEXED BY ${index}`, where, ofRuns);
    }),
  );
  return {
    text: `${stretches.map(({ text }) => text).join(' UNION ALL ')} ORDER BY created_at ${order}, id ${order} LIMIT ?`,
    values: [...stretches.flatMap(({ values }) => values), limit],
  };
}

/** A query for each of its projects, where these have stretches of their own. */
function eachProject(query: RunQuery): readonly RunQuery[] {
  const { projects, ...rest } = query;
  const own = [...new Set(projects)];
  if (projects === undefined || query.project !== undefined || query.workflow !== undefined || own.length > mostProjects) return [query];
  return own.map((project) => ({ ...rest, project }));
}

function keysFrom(source: string, where: Where, place: PlaceColumns): Sql {
  return {
    text: `SELECT ${place.id} AS id, ${place.createdAt} AS created_at FROM ${source} WHERE ${where.terms.join(' AND ')}`,
    values: where.values,
  };
}

/** Terms joined by AND, with their values in the same order. */
class Where {
  readonly terms: string[] = [];
  readonly values: Value[] = [];

  add(term: string, ...values: readonly Value[]): void {
    this.terms.push(term);
    this.values.push(...values);
  }
}

/** Everything but the status. Flags are literals: partial indexes are recognised by them. */
function filters(query: RunQuery, after: Place | undefined): Where {
  const where = new Where();
  if (query.awaits !== undefined) where.add('awaits.name = ?', query.awaits);
  if (query.project !== undefined) where.add('project = ?', query.project);
  if (query.projects !== undefined) where.add(`project IN (${query.projects.map(() => '?').join(', ')})`, ...query.projects);
  if (query.workflow !== undefined) where.add('workflow = ?', query.workflow);
  if (query.parent !== undefined) where.add('parent = ?', query.parent);
  if (query.concurrencyKey !== undefined) where.add('concurrency_key = ?', query.concurrencyKey);
  if (query.queued !== undefined) where.add(query.queued ? 'queued = 1' : 'queued = 0');
  if (query.busy !== undefined) where.add(query.busy ? 'busy = 1' : 'busy = 0');
  if (query.called === true) where.add('parent IS NOT NULL AND live = 1');
  if (query.dead !== undefined) where.add(query.dead ? 'dead > 0' : 'dead = 0');
  if (query.withQuestions !== undefined) where.add(query.withQuestions ? 'questions > 0' : 'questions = 0');
  if (query.expiredAt !== undefined) where.add('expires_at <= ?', query.expiredAt);
  const place = query.awaits === undefined ? ofRuns : ofAwaits;
  if (query.from !== undefined) where.add(`${place.createdAt} >= ?`, query.from);
  if (after !== undefined) {
    const { id, createdAt } = place;
    where.add(`(${createdAt}, ${id}) ${query.oldestFirst === true ? '>' : '<'} (?, ?)`, after.createdAt, after.id);
  }
  return where;
}
