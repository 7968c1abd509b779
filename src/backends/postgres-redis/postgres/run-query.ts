/**
 * The SQL of a RunQuery.
 *
 * Q1. Runs are ordered by `created_at` and then by their number, so that pages neither repeat nor skip.
 * Q2. A filter for which there is a partial index is worded as that index is. What else there is, is read in order from
 *     each status's own stretch of an index (for each project), and the stretches are merged: a page costs what a page
 *     holds, however many runs there are. Only of more projects than can be merged, runs of others are passed over.
 */
import type { Status } from '../../../core/run/state.ts';
import type { RunQuery } from '../../../ports/journal.ts';
import { liveStatuses } from './record-columns.ts';
import type { Value } from './sql.ts';

export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
  /** It is to be read from indexes in their order, whatever the planner believes of a store that it knows nothing of yet. */
  readonly inOrder: boolean;
}

/** The place of a run in the order. */
export interface Place {
  readonly createdAt: number;
  readonly id: number;
}

/** Before such a statement, in its transaction. */
export const readInOrder = 'SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off';

/** A merge of more stretches costs more than passing over runs of others. */
const mostProjects = 16;

const everyStatus: readonly Status[] = ['running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled'];

export function listSql(query: RunQuery, after: Place | undefined): Statement {
  const order = query.oldestFirst === true ? 'ASC' : 'DESC';
  const values = new Values();
  const ordered = `ORDER BY created_at ${order}, id ${order} LIMIT ${values.add(query.limit ?? null)}::bigint`;
  const select = (terms: readonly string[]): string =>
    `SELECT run, record, created_at, id FROM runs${terms.length === 0 ? '' : ` WHERE ${terms.join(' AND ')}`} ${ordered}`;
  if (isNarrow(query)) {
    const { status } = query;
    const where = filters(query, after, values);
    const terms = status === undefined ? where : [...where, `status = ANY (${values.add(status)}::text[])`];
    // Implied by the statuses, and a column of the index.
    const live = status?.every((one) => liveStatuses.includes(one)) === true && query.concurrencyKey !== undefined;
    return { text: select(live ? [...terms, 'live'] : terms), values: values.given, inOrder: false };
  }
  const stretches = eachProject(query).flatMap((one) => {
    const where = filters(one, after, values);
    return [...new Set(query.status ?? everyStatus)].map((status) => select([...where, `status = '${status}'`]));
  });
  const [only] = stretches;
  if (only !== undefined && stretches.length === 1) return { text: only, values: values.given, inOrder: true };
  return { text: `${stretches.map((one) => `(${one})`).join(' UNION ALL ')} ${ordered}`, values: values.given, inOrder: true };
}

/** A query for each of its projects, where these have stretches of their own. */
function eachProject(query: RunQuery): readonly RunQuery[] {
  const { projects, ...rest } = query;
  const own = [...new Set(projects)];
  if (projects === undefined || query.project !== undefined || query.workflow !== undefined || own.length > mostProjects) return [query];
  return own.map((project) => ({ ...rest, project }));
}

/** Whether an index holds only runs of interest. */
function isNarrow(query: RunQuery): boolean {
  const { awaits, parent, concurrencyKey, queued, busy, called, dead, withQuestions, expiredAt } = query;
  return (
    [awaits, parent, concurrencyKey, expiredAt].some((value) => value !== undefined) ||
    [queued, busy, called, dead, withQuestions].includes(true)
  );
}

/** Everything but the status. */
function filters(query: RunQuery, after: Place | undefined, values: Values): readonly string[] {
  const terms: string[] = [];
  const flag = (wanted: boolean | undefined, column: string): void => {
    if (wanted !== undefined) terms.push(wanted ? column : `NOT ${column}`);
  };
  const equal = (wanted: string | undefined, column: string): void => {
    if (wanted !== undefined) terms.push(`${column} = ${values.add(wanted)}`);
  };
  if (query.awaits !== undefined) terms.push(`awaits @> ARRAY[${values.add(query.awaits)}]`);
  equal(query.project, 'project');
  if (query.projects !== undefined) terms.push(`project = ANY (${values.add(query.projects)}::text[])`);
  equal(query.workflow, 'workflow');
  equal(query.parent, 'parent');
  equal(query.concurrencyKey, 'concurrency_key');
  flag(query.queued, 'queued');
  flag(query.busy, 'busy');
  if (query.called === true) terms.push('parent IS NOT NULL AND live');
  flag(query.dead, 'dead');
  flag(query.withQuestions, 'asking');
  if (query.from !== undefined) terms.push(`created_at >= ${values.add(query.from)}::double precision`);
  if (query.expiredAt !== undefined) terms.push(`expires_at <= ${values.add(query.expiredAt)}`);
  if (after !== undefined) {
    const side = query.oldestFirst === true ? '>' : '<';
    terms.push(`(created_at, id) ${side} (${values.add(after.createdAt)}::double precision, ${values.add(after.id)}::bigint)`);
  }
  return terms;
}

class Values {
  readonly given: Value[] = [];

  /** Answers with its name in the statement. */
  add(value: Value): string {
    this.given.push(value);
    return `$${this.given.length}`;
  }
}
