/**
 * The SQL of the ledger's queries.
 *
 * G1. Of feedback that gives the same metric to the same target again the latest counts
 *     (ports/ledger.ts L3). Which one that is, is asked of an index, and kept nowhere.
 * G2. What is given for an episode counts for every variant of every function that
 *     answered in it, once for each (L4).
 * G3. Of one instant, what arrived later has the higher number.
 */
import type { InferenceQuery } from '../../../ports/ledger.ts';
import type { Value } from './sql.ts';

/** Whole inferences that gave an answer: no candidates, judges and fusers. */
export const answered: string = "i.status = 'ok' AND i.parent IS NULL";

/** What an inference cost together with those that were made for it. */
const wholeCost = 'i.cost + coalesce((SELECT sum(made.cost) FROM inferences AS made WHERE made.parent = i.inference), 0)';

type Target = 'inference' | 'episode';

/** Whether feedback `f` is the latest of its metric for its target. */
function isLatest(target: Target): string {
  return `NOT EXISTS (
      SELECT FROM feedback AS later
      WHERE later.${target} = f.${target} AND later.metric = f.metric AND (later.at, later.id) > (f.at, f.id)
    )`;
}

/** Numbers that count. */
export const counting: string = `
    SELECT id, at, project, metric, number AS value FROM feedback AS f
    WHERE number IS NOT NULL AND inference IS NOT NULL AND ${isLatest('inference')}
    UNION ALL
    SELECT id, at, project, metric, number AS value FROM feedback AS f
    WHERE number IS NOT NULL AND episode IS NOT NULL AND ${isLatest('episode')}`;

/** Numbers that count, with each variant that they count for; `more` holds for feedback `f` and inference `i`. */
export function scores(more = ''): string {
  const columns = 'f.id, f.at, f.metric, f.number AS value, i.function, i.variant';
  return `
    SELECT ${columns} FROM feedback AS f JOIN inferences AS i ON i.inference = f.inference
    WHERE f.number IS NOT NULL AND ${answered} AND ${isLatest('inference')}${more}
    UNION ALL
    SELECT DISTINCT ${columns} FROM feedback AS f JOIN inferences AS i ON i.episode = f.episode
    WHERE f.number IS NOT NULL AND ${answered} AND ${isLatest('episode')}${more}`;
}

/** $1 the function, $2 the metric, $3 since when. */
export const observations: string = `
  SELECT variant, value, at FROM (${scores(' AND i.function = $1 AND f.metric = $2 AND f.at >= $3')}) AS score
  ORDER BY at, id, variant`;

/** $1 the function, $2 since when. The rank of the 95th percentile is that of the nearest value. */
export const uses: string = `
  WITH top AS (
    SELECT variant, source, status, latency, ${wholeCost} AS cost,
      row_number() OVER (PARTITION BY variant, status ORDER BY latency) AS place,
      count(*) OVER (PARTITION BY variant, status) AS together
    FROM inferences AS i WHERE i.function = $1 AND i.at >= $2 AND i.parent IS NULL
  )
  SELECT variant, count(*) AS inferences, count(*) FILTER (WHERE status = 'failed') AS failures, sum(cost) AS cost,
    coalesce(avg(latency) FILTER (WHERE status = 'ok'), 0) AS mean_latency,
    coalesce(max(latency) FILTER (WHERE status = 'ok' AND place = (together * 95 + 99) / 100), 0) AS p95_latency,
    count(*) FILTER (WHERE source = 'rules') AS from_rules, count(*) FILTER (WHERE source = 'cache') AS from_cache
  FROM top GROUP BY variant ORDER BY variant`;

/** $1 the function, $2 the metric, $3 how many, $4 the project. What was said of an inference goes before what was said of its episode. */
export function examples(best: 'max' | 'min'): string {
  const valued = (target: Target, more: string): string => `
    SELECT i.id, i.inference, i.at, f.number AS value FROM feedback AS f JOIN inferences AS i ON i.${target} = f.${target}
    WHERE f.metric = $2 AND f.number IS NOT NULL AND i.project = $4 AND i.function = $1 AND ${answered} AND ${isLatest(target)}${more}`;
  const silent = ' AND NOT EXISTS (SELECT FROM feedback AS own WHERE own.inference = i.inference AND own.metric = $2)';
  return `
  SELECT best.inference, input, output, value, at
  FROM (${valued('inference', '')} UNION ALL ${valued('episode', silent)}) AS best
  JOIN contents ON contents.inference = best.id
  WHERE input IS NOT NULL AND output IS NOT NULL
  ORDER BY value ${best === 'max' ? 'DESC' : 'ASC'}, at DESC, id DESC LIMIT $3`;
}

/** $1 the function, $2 how many, $3 the project. */
export const demonstrations: string = `
  SELECT i.inference, contents.input, f.value AS output, 1::float8 AS value, i.at
  FROM feedback AS f JOIN inferences AS i ON i.inference = f.inference JOIN contents ON contents.inference = i.id
  WHERE f.metric = 'demonstration' AND i.project = $3 AND i.function = $1 AND i.parent IS NULL AND contents.input IS NOT NULL
    AND ${isLatest('inference')}
  ORDER BY i.at DESC, i.id DESC LIMIT $2`;

/** $1 the episode, $2 the function. */
export const assigned: string = `
  SELECT variant FROM inferences AS i WHERE episode = $1 AND function = $2 AND ${answered} ORDER BY at, id LIMIT 1`;

/** $1 the inference, $2 the episode, either of them null; no feedback has both. */
export const feedback = `
  SELECT * FROM feedback WHERE inference = $1
  UNION ALL
  SELECT * FROM feedback WHERE episode = $2
  ORDER BY at, id`;

/** $1 the project, $2 the key, $3 now. */
export const answer = 'SELECT answer FROM answers WHERE project = $1 AND key = $2 AND expires_at > $3';

/** Of large contents, only those are looked at that belong to one of the `found`. */
const withContents = (found: string): string =>
  `SELECT i.*, contents.input, contents.output FROM ${found} AS i LEFT JOIN contents ON contents.inference = i.id`;

export const inference: string = `${withContents('inferences')} WHERE i.inference = $1`;

export function inferences(query: InferenceQuery): { readonly text: string; readonly values: readonly Value[] } {
  const terms: string[] = [];
  const values: Value[] = [];
  const add = (term: string, value: Value | undefined): void => {
    if (value !== undefined) terms.push(`${term} $${values.push(value)}`);
  };
  add('i.run =', query.run);
  add('i.episode =', query.episode);
  add('i.function =', query.function);
  add('i.variant =', query.variant);
  add('i.project =', query.project);
  add('i.status =', query.status);
  add('i.at >=', query.from);
  if (query.topLevel === true) terms.push('i.parent IS NULL');
  const where = terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
  const found = `(SELECT * FROM inferences AS i ${where} ORDER BY i.at DESC, i.id DESC LIMIT $${values.push(query.limit ?? 100)})`;
  return { text: `${withContents(found)} ORDER BY i.at DESC, i.id DESC`, values };
}
