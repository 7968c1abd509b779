import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'node:test';
import { loadFilmSystem } from '../../src/cli/make/load-film-system.ts';
import { promtool } from './promtool.ts';
import { deploy, parsed, read, unknownIn } from './told.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}

interface Tests {
  readonly tests: readonly { readonly promql_expr_test: readonly { readonly expr: string; readonly exp_samples: readonly unknown[] }[] }[];
}

// promtool says whether they have the form that Prometheus reads.
const alerts = (parsed('prometheus/alerts.yml') as { readonly groups: readonly { readonly rules: readonly Alert[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
const files = ['prometheus/alerts.test.yml', 'prometheus/alerts-of-days.test.yml'];
const pathOf = (path: string): string => fileURLToPath(new URL(path, deploy));

suite('alerts', () => {
  test('promtool reads the rules and the configuration', () => {
    promtool(['check', 'rules', pathOf('prometheus/alerts.yml')]);
    promtool(['check', 'config', '--syntax-only', pathOf('prometheus/prometheus.yml')]);
  });

  for (const file of files)
    test(`${file}: they fire when they should, and not when they should not`, () => void promtool(['test', 'rules', pathOf(file)]));

  test('each is tried both ways', () => {
    const tried = files.flatMap((file) => (parsed(file) as Tests).tests.flatMap((one) => one.promql_expr_test));
    for (const { alert } of alerts) {
      const its = tried.filter(({ expr }) => expr.includes(`alertname="${alert}"`));
      const fires = its.some(({ exp_samples }) => exp_samples.length > 0);
      // Where one fires by a label, others of that label are silent in the same test.
      const silent = its.some(({ expr, exp_samples }) => exp_samples.length === 0 || expr.includes(' by '));
      assert.ok(fires && silent, `${alert} is tried ${fires ? 'only firing' : 'only silent'}`);
    }
  });

  test('each asks for what is told, and says how grave it is, what is and what to do', () => {
    for (const { alert, expr, labels, annotations } of alerts) {
      assert.deepEqual(unknownIn(expr), [], alert);
      assert.ok(['info', 'warning', 'critical'].includes(labels.severity), alert);
      assert.ok(annotations.summary.length > 20 && annotations.action.length > 40, alert);
    }
  });

  test('what nobody tells is found', () => {
    assert.deepEqual(unknownIn('sum by (colour) (rate(continuo_runs_started_total[5m])) > continuo_dragons{status="ok"}'), [
      'continuo_runs_started_total has no label colour',
      'nothing is called continuo_dragons',
    ]);
    assert.deepEqual(unknownIn('continuo_store_errors_total{code="STORE_FUL"}'), [
      'continuo_store_errors_total is never told with code="STORE_FUL"',
    ]);
  });

  test('films are those of the system that is mounted, and are rated by its metrics', async () => {
    const { workflow } = await loadFilmSystem();
    const everywhere = read('prometheus/alerts.yml') + read('grafana/continuo.json').replaceAll('\\"', '"');
    for (const [, name] of everywhere.matchAll(/\{workflow="([^"]+)"/g)) assert.equal(name, workflow.id);
    assert.match(everywhere, /metric="video_quality_score"/);
  });
});
