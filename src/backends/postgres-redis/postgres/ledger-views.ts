/**
 * What can be seen day by day, for the gateway and for a person with `psql`.
 *
 * V1. Each view is written once. `Ledger.view` asks the text itself, with the instant
 *     that it is given; in the database it is a view that goes by Postgres's clock.
 * V2. Views hold nothing: `derived.ts` makes them what this text says, and no migration
 *     speaks of them.
 *
 * Days are UTC's.
 */
import { ledgerViews } from '../../../ports/ledger.ts';
import type { LedgerView } from '../../../ports/ledger.ts';
import { answered, counting, scores } from './ledger-sql.ts';
import type { Value } from './sql.ts';

const day = 86_400_000;
const clock = '(extract(epoch FROM now()) * 1000)::float8';

const dayOf = (instant: string): string => `floor(${instant} / ${day})`;
const utc = (milliseconds: string, format: string): string =>
  `to_char(to_timestamp((${milliseconds}) / 1000) AT TIME ZONE 'UTC', '${format}')`;
const dateOf = (number: string): string => utc(`${number} * ${day}`, 'YYYY-MM-DD');
const fixed = (value: string, digits: number): string => `round((${value})::numeric, ${digits})`;

/** `change` is in parts of the mean of the 7 days before: 0.1 is a tenth more. */
const qualityPerDay = `
  WITH
  days AS (
    SELECT ${dayOf('at')} AS number, project, metric, count(*) AS n, sum(value) AS total
    FROM (${counting}) AS given GROUP BY 1, 2, 3
  ),
  compared AS (
    SELECT *, sum(total) OVER before / sum(n) OVER before AS mean_before FROM days
    WINDOW before AS (PARTITION BY project, metric ORDER BY number RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING)
  )
  SELECT ${dateOf('number')} AS day, project, metric, n, total / n AS mean, (total / n - mean_before) / abs(nullif(mean_before, 0)) AS change
  FROM compared ORDER BY number DESC, project, metric`;

/** `cost` is that of one answer: with what was made for it, and with the failures on the way to it. */
const variantQuality = `
  WITH
  scored AS (SELECT function, variant, metric, count(*) AS n, avg(value) AS mean FROM (${scores()}) AS score GROUP BY 1, 2, 3),
  used AS (
    SELECT function, variant, sum(cost) AS cost, count(*) FILTER (WHERE status = 'ok') AS answers, avg(latency) FILTER (WHERE ${answered}) AS mean_latency
    FROM inferences AS i WHERE parent IS NULL GROUP BY 1, 2
  ),
  made AS (
    SELECT whole.function, whole.variant, sum(part.cost) AS cost
    FROM inferences AS part JOIN inferences AS whole ON whole.inference = part.parent
    WHERE part.parent IS NOT NULL AND whole.parent IS NULL GROUP BY 1, 2
  ),
  priced AS (
    SELECT used.function, used.variant, (used.cost + coalesce(made.cost, 0)) / nullif(answers, 0) AS cost, mean_latency
    FROM used LEFT JOIN made USING (function, variant)
  )
  SELECT function, variant, metric, n, mean, cost, mean_latency, mean / nullif(cost, 0) AS quality_per_dollar
  FROM scored JOIN priced USING (function, variant) ORDER BY function, metric, variant`;

const componentCost = `
  SELECT ${dateOf(dayOf('at'))} AS day, project, function, step, count(*) AS inferences,
    sum(input_tokens)::float8 AS input_tokens, sum(output_tokens)::float8 AS output_tokens, sum(cost) AS cost
  FROM inferences GROUP BY ${dayOf('at')}, project, function, step
  ORDER BY ${dayOf('at')} DESC, project, function, step NULLS FIRST`;

/** Over the last day and the 7 days before it, up to the instant `now`. */
function alerts(now: string): string {
  const dayAgo = `${now} - ${day}`;
  const weekBefore = `${now} - ${8 * day}`;
  const metrics = (from: string, to: string): string => `
    SELECT project, metric, project || '/' || metric AS subject, avg(value) AS mean, min(at) AS since
    FROM (${counting}) AS given WHERE at > ${from} AND at <= ${to} GROUP BY project, metric`;
  return `
  WITH
  lately AS (${metrics(dayAgo, now)}),
  before AS (${metrics(weekBefore, dayAgo)}),
  asked AS (
    SELECT project, count(*) AS n, count(*) FILTER (WHERE status = 'failed') AS failed, min(at) FILTER (WHERE status = 'failed') AS since
    FROM inferences WHERE at > ${dayAgo} AND at <= ${now} AND parent IS NULL AND error_code IS DISTINCT FROM 'CANCELLED' GROUP BY project
  ),
  spent AS (SELECT project, sum(cost) AS cost, min(at) AS since FROM inferences WHERE at > ${dayAgo} AND at <= ${now} GROUP BY project),
  spent_before AS (
    SELECT project, sum(cost) / count(DISTINCT floor((${dayAgo} - at) / ${day})) AS cost
    FROM inferences WHERE at > ${weekBefore} AND at <= ${dayAgo} GROUP BY project
  ),
  raised AS (
    SELECT 'quality_degradation' AS alert, subject, lately.mean AS value, before.mean - abs(before.mean) / 10 AS threshold, lately.since,
      format('%s of project %s was %s on average in the last day, and %s in the 7 days before',
        metric, project, ${fixed('lately.mean', 2)}, ${fixed('before.mean', 2)}) AS sentence
    FROM lately JOIN before USING (project, metric, subject) WHERE metric !~ '_(time|cost)$'
    UNION ALL
    SELECT 'high_error_rate', project, failed::float8 / n, 0.15::float8, since,
      format('%s of %s inferences of project %s failed in the last day', failed, n, project)
    FROM asked WHERE n >= 10
    UNION ALL
    SELECT 'slow_performance', subject, mean, 900, since,
      format('%s of project %s was %s minutes on average in the last day, more than 15', metric, project, ${fixed('mean / 60', 1)})
    FROM lately WHERE metric ~ '_time$'
    UNION ALL
    SELECT 'cost_spike', project, spent.cost, spent_before.cost * 1.5, spent.since,
      format('project %s cost $%s in the last day, and $%s on a day of the 7 before', project, ${fixed('spent.cost', 2)}, ${fixed('spent_before.cost', 2)})
    FROM spent JOIN spent_before USING (project)
  )
  SELECT alert, subject, value, threshold, ${utc('round(since)', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')} AS since, sentence FROM raised
  WHERE CASE alert WHEN 'quality_degradation' THEN value < threshold ELSE value > threshold END
  ORDER BY alert COLLATE "C", subject`;
}

function textOf(name: LedgerView, now: string): string {
  switch (name) {
    case 'quality_per_day':
      return qualityPerDay;
    case 'variant_quality':
      return variantQuality;
    case 'component_cost':
      return componentCost;
    case 'alerts':
      return alerts(now);
  }
}

export function viewQuery(name: LedgerView, now: number): { readonly text: string; readonly values: readonly Value[] } {
  return { text: textOf(name, '$1::float8'), values: name === 'alerts' ? [now] : [] };
}

/** Each view with what it shows. */
export const views: readonly (readonly [name: string, text: string])[] = ledgerViews.map((name) => [name, textOf(name, clock)]);
