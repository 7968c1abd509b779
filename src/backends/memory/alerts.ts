/** What a person should look at, over the last day and the 7 days before it. */
import type { InferenceRecord } from '../../ports/ledger.ts';
import { pair } from './data.ts';
import type { MemoryData } from './data.ts';
import { compare, mean, sum } from './figures.ts';
import type { ViewRow } from './ledger-views.ts';
import { given } from './scores.ts';
import type { Given } from './scores.ts';

const day = 86_400_000;

export function alerts(data: MemoryData, now: number): readonly ViewRow[] {
  const values = given(data);
  const inferences = [...data.inferences.values()];
  const metrics = Map.groupBy(values.filter(within(now - day, now)), ({ project, metric }) => pair(project, metric));
  const projects = Map.groupBy(inferences.filter(within(now - day, now)), ({ project }) => project);
  const rows = [
    ...[...metrics.values()].flatMap((lately) => ofMetric(lately, values.filter(within(now - 8 * day, now - day)))),
    ...[...projects].flatMap(([project, lately]) => [
      ...failures(project, lately),
      ...spike(
        project,
        lately,
        inferences.filter((record) => record.project === project && within(now - 8 * day, now - day)(record)),
        now,
      ),
    ]),
  ];
  return rows.sort((a, b) => compare(a.alert, b.alert) || compare(a.subject, b.subject));
}

interface Alert extends ViewRow {
  readonly alert: string;
  readonly subject: string;
}

function alert(name: string, subject: string, value: number, threshold: number, first: number, sentence: string): Alert {
  return { alert: name, subject, value, threshold, since: new Date(Math.round(first)).toISOString(), sentence };
}

function ofMetric(lately: readonly Given[], everyBefore: readonly Given[]): readonly Alert[] {
  const [first] = lately;
  if (first === undefined) return [];
  const { project, metric } = first;
  const subject = `${project}/${metric}`;
  const now = mean(lately.map(({ value }) => value)) ?? 0;
  const since = earliest(lately);
  if (metric.endsWith('_time')) {
    const sentence = `${metric} of project ${project} was ${(now / 60).toFixed(1)} minutes on average in the last day, more than 15`;
    return now > 900 ? [alert('slow_performance', subject, now, 900, since, sentence)] : [];
  }
  const then = mean(everyBefore.filter((one) => one.project === project && one.metric === metric).map(({ value }) => value));
  if (metric.endsWith('_cost') || then === undefined) return [];
  const threshold = then - Math.abs(then) / 10;
  const sentence = `${metric} of project ${project} was ${now.toFixed(2)} on average in the last day, and ${then.toFixed(2)} in the 7 days before`;
  return now < threshold ? [alert('quality_degradation', subject, now, threshold, since, sentence)] : [];
}

function failures(project: string, lately: readonly InferenceRecord[]): readonly Alert[] {
  // Whoever did not wait for an answer had no failure.
  const whole = lately.filter(({ parent, error }) => parent === undefined && error?.code !== 'CANCELLED');
  const failed = whole.filter(({ status }) => status === 'failed');
  const share = failed.length / whole.length;
  if (whole.length < 10 || !(share > 0.15)) return [];
  const sentence = `${failed.length} of ${whole.length} inferences of project ${project} failed in the last day`;
  return [alert('high_error_rate', project, share, 0.15, earliest(failed), sentence)];
}

/** Against the days on which there was something: a project that rests at weekends has no spike on Monday. */
function spike(project: string, lately: readonly InferenceRecord[], before: readonly InferenceRecord[], now: number): readonly Alert[] {
  const cost = sum(lately.map((record) => record.cost));
  const days = new Set(before.map(({ at }) => Math.floor((now - day - at) / day))).size;
  const daily = sum(before.map((record) => record.cost)) / days;
  if (days === 0 || !(cost > daily * 1.5)) return [];
  const sentence = `project ${project} cost $${cost.toFixed(2)} in the last day, and $${daily.toFixed(2)} on a day of the 7 before`;
  return [alert('cost_spike', project, cost, daily * 1.5, earliest(lately), sentence)];
}

function within(from: number, to: number): (one: { readonly at: number }) => boolean {
  return ({ at }) => at > from && at <= to;
}

function earliest(records: readonly { readonly at: number }[]): number {
  return Math.min(...records.map(({ at }) => at));
}
