/**
 * What can be seen day by day, for the gateway and for a person with the `sqlite3` shell.
 *
 * V1. Each view is written once. `Ledger.view` asks the text itself, with the instant
 *     that it is given; in the database it is a view that goes by SQLite's clock.
 * V2. Views hold nothing: the engine that opens a database makes them what this text
 *     says, and no migration speaks of them.
 *
 * Days are UTC's. `julianday` is there in every SQLite that has strict tables.
 */
import { ledgerViews } from '../../ports/ledger.ts';
import type { LedgerView } from '../../ports/ledger.ts';
import type { Database, Value } from './database.ts';
import { answered, counting, scores } from './ledger-sql.ts';

const day = 86_400_000;
const clock = "((julianday('now') - 2440587.5) * 86400000.0)";

const dayOf = (instant: string): string => `CAST(${instant} / ${day} AS INTEGER)`;
const dateOf = (number: string): string => `date(${number} * 86400, 'unixepoch')`;

/** `change` is in parts of the mean of the 7 days before: 0.1 is a tenth more. */
const qualityPerDay = `
  WITH
  days AS (
    SELECT ${dayOf('at')} AS number, project, metric, count(*) AS n, sum(value) AS total
    FROM (${counting}) GROUP BY 1, 2, 3
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
  scored AS (SELECT function, variant, metric, count(*) AS n, avg(value) AS mean FROM (${scores()}) GROUP BY 1, 2, 3),
  used AS (
    SELECT function, variant, sum(cost) AS cost, sum(status = 'ok') AS answers, avg(latency) FILTER (WHERE ${answered}) AS mean_latency
    FROM inferences AS i NOT INDEXED WHERE parent IS NULL GROUP BY 1, 2
  ),
  made AS (
    SELECT whole.function, whole.variant, sum(part.cost) AS cost
    FROM inferences AS part INDEXED BY inferences_parent CROSS JOIN inferences AS whole ON whole.inference = part.parent
    WHERE part.parent IS NOT NULL AND whole.parent IS NULL GROUP BY 1, 2
  ),
  priced AS (
    SELECT used.function, used.variant, (used.cost + coalesce(made.cost, 0)) / answers AS cost, mean_latency
    FROM used LEFT JOIN made USING (function, variant)
  )
  SELECT function, variant, metric, n, mean, cost, mean_latency, mean / nullif(cost, 0) AS quality_per_dollar
  FROM scored JOIN priced USING (function, variant) ORDER BY function, metric, variant`;

const componentCost = `
  SELECT ${dateOf(dayOf('at'))} AS day, project, function, step, count(*) AS inferences,
    sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(cost) AS cost
  FROM inferences GROUP BY ${dayOf('at')}, project, function, step
  ORDER BY ${dayOf('at')} DESC, project, function, step`;

/** Over the last day and the 7 days before it, up to the instant `now`. */
function alerts(now: string): string {
  const dayAgo = `${now} - ${day}`;
  const weekBefore = `${now} - ${8 * day}`;
  const metrics = (from: string, to: string): string => `
    SELECT project, metric, project || '/' || metric AS subject, avg(value) AS mean, min(at) AS since
    FROM (${counting}) WHERE at > ${from} AND at <= ${to} GROUP BY project, metric`;
  return `
  WITH
  lately AS (${metrics(dayAgo, now)}),
  before AS (${metrics(weekBefore, dayAgo)}),
  asked AS (
    SELECT project, count(*) AS n, sum(status = 'failed') AS failed, min(at) FILTER (WHERE status = 'failed') AS since
    FROM inferences WHERE at > ${dayAgo} AND at <= ${now} AND parent IS NULL AND error_code IS NOT 'CANCELLED' GROUP BY project
  ),
  spent AS (SELECT project, sum(cost) AS cost, min(at) AS since FROM inferences WHERE at > ${dayAgo} AND at <= ${now} GROUP BY project),
  spent_before AS (
    SELECT project, sum(cost) / count(DISTINCT CAST((${dayAgo} - at) / ${day} AS INTEGER)) AS cost
    FROM inferences WHERE at > ${weekBefore} AND at <= ${dayAgo} GROUP BY project
  ),
  raised AS (
    SELECT 'quality_degradation' AS alert, subject, lately.mean AS value, before.mean - abs(before.mean) / 10 AS threshold, lately.since,
      printf('%s of project %s was %.2f on average in the last day, and %.2f in the 7 days before', metric, project, lately.mean, before.mean) AS sentence
    FROM lately JOIN before USING (project, metric, subject) WHERE metric NOT GLOB '*_time' AND metric NOT GLOB '*_cost'
    UNION ALL
    SELECT 'high_error_rate', project, failed * 1.0 / n, 0.15, since,
      printf('%d of %d inferences of project %s failed in the last day', failed, n, project)
    FROM asked WHERE n >= 10
    UNION ALL
    SELECT 'slow_performance', subject, mean, 900, since,
      printf('%s of project %s was %.1f minutes on average in the last day, more than 15', metric, project, mean / 60)
    FROM lately WHERE metric GLOB '*_time'
    UNION ALL
    SELECT 'cost_spike', project, spent.cost, spent_before.cost * 1.5, spent.since,
      printf('project %s cost $%.2f in the last day, and $%.2f on a day of the 7 before', project, spent.cost, spent_before.cost)
    FROM spent JOIN spent_before USING (project)
  )
  SELECT alert, subject, value, threshold, strftime('%Y-%m-%dT%H:%M:%fZ', since / 1000, 'unixepoch') AS since, sentence FROM raised
  WHERE CASE alert WHEN 'quality_degradation' THEN value < threshold ELSE value > threshold END
  ORDER BY alert, subject`;
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
  return { text: textOf(name, '?1'), values: name === 'alerts' ? [now] : [] };
}

/** Writes only where something differs: nearly every opening finds them as they should be. */
export function installViews(db: Database): void {
  const there = new Map(
    db.all("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").map((row) => [db.text(row, 'name'), db.text(row, 'sql')]),
  );
  const outdated = ledgerViews
    .map((name) => ({ name, statement: `CREATE VIEW ${name} AS${textOf(name, clock)}` }))
    .filter(({ name, statement }) => there.get(name) !== statement);
  if (outdated.length === 0) return;
  db.transaction(() => {
    for (const { name, statement } of outdated) db.script(`DROP VIEW IF EXISTS ${name}; ${statement}`);
  });
}
