import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { ArmReport, ExperimentReport, MetricReport, VariantReport } from '../../compose.ts';
import { widthOf } from '../terminal/width.ts';
import { experimentLines, overviewLines } from './lines.ts';

const plain = (_style: unknown, text: string): string => text;

const variant = (name: string, more: Partial<VariantReport> = {}): VariantReport => ({
  variant: name,
  role: 'candidate',
  share: 0.5,
  inferences: 100,
  failures: 0,
  fromRules: 0,
  fromCache: 0,
  cost: 1.5,
  meanLatency: 1200,
  p95Latency: 4300,
  ...more,
});

const arm = (name: string, mean: number, half: number, more: Partial<ArmReport> = {}): ArmReport => ({
  variant: name,
  n: 50,
  mean,
  interval: { low: mean - half, high: mean + half, holds: 'exactly' },
  course: [],
  ...more,
});

const metric = (arms: readonly ArmReport[], more: Partial<MetricReport> = {}): MetricReport => ({
  metric: 'liked',
  type: 'boolean',
  optimize: 'max',
  level: 'episode',
  role: 'goal',
  arms,
  verdict: { is: 'undecided', why: 'no feedback' },
  says: 'Nobody knows.',
  ...more,
});

const report = (variants: readonly VariantReport[], metrics: readonly MetricReport[]): ExperimentReport => ({
  function: 'writer',
  experiment: 'track_and_stop',
  variants,
  metrics,
});

suite('an experiment in a terminal', () => {
  test('is a table of what the variants were used for, and a picture for every metric', () => {
    const one = report(
      [
        variant('bold', { share: 0.46, failures: 3 }),
        variant('calm', { share: 0.54, cost: 0.012, fromCache: 7 }),
        variant('rules', { role: 'other', share: 0, cost: 0, fromRules: 100, meanLatency: 2, p95Latency: 3 }),
      ],
      [metric([arm('bold', 0.7, 0.1, { perDollar: 46.7 }), arm('calm', 0.8, 0.1), { variant: 'rules', n: 0, course: [] }])],
    );
    assert.deepEqual(experimentLines(one, 80, plain), [
      'writer  adaptive, track and stop',
      '',
      '  VARIANT  SHARE  CALLS  FAILED    COST  MEAN   P95',
      '  bold      46 %    100       3   $1.50  1.2s  4.3s',
      '  calm      54 %    100       –  $0.012  1.2s  4.3s  7 cached',
      '  rules        –    100       –       –   2ms   3ms  100 by rules',
      '',
      '  liked  more is better, goal, for each episode',
      '            N  MEAN                                                        PER $',
      '  bold     50  0.70              ├───────────●───────────┤                  46.7',
      '  calm     50  0.80                          ├───────────●───────────┤',
      '  rules     0     –',
      '                     0.5        0.6         0.7         0.8        0.9',
      '  Nobody knows.',
    ]);
  });

  test('says so when there is no feedback', () => {
    assert.equal(experimentLines(report([variant('bold')], []), 80, plain).at(-1), '  No feedback yet.');
    const lines = experimentLines(report([variant('bold')], [metric([{ variant: 'bold', n: 0, course: [] }])]), 80, plain);
    assert.equal(lines.at(-1), '  Nobody knows.');
  });

  test('never is wider than the terminal, whatever the names and the numbers', () => {
    const number = fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constantFrom(0, 1e-9, 0.5));
    const anyArm = fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), number, fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(99_999))
      .map(([name, mean, half, n]) => arm(name, mean, half, { n, perDollar: Math.abs(mean) * 1e6 }));
    fc.assert(
      fc.property(fc.array(anyArm, { minLength: 1, maxLength: 4 }), fc.integer({ min: 80, max: 200 }), (arms, columns) => {
        const one = report([], [metric(arms)]);
        for (const line of experimentLines(one, columns, plain)) assert.ok(widthOf(line) <= columns, `${widthOf(line)}: ${line}`);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('does not let a name move the cursor', () => {
    const evil = 'a\x1b[2Jb\nc';
    const lines = experimentLines(report([variant(evil)], [metric([arm(evil, 1, 0.1)], { metric: evil })]), 80, plain);
    assert.doesNotMatch(lines.join(''), /[\p{Cc}]/u);
  });

  test('shows the winner and the blocked in colours of their own', () => {
    const marked = (style: unknown, text: string): string => `<${String(style)}>${text}</>`;
    const arms = [arm('bold', 0.5, 0.1), arm('calm', 0.9, 0.1)];
    const won = experimentLines(report([], [metric(arms, { verdict: { is: 'winner', variant: 'calm', comparisons: [] } })]), 80, marked);
    assert.match(won.find((line) => line.includes('calm')) ?? '', /<green> *├/);
    assert.match(won.find((line) => line.startsWith('  bold')) ?? '', /<cyan> *├/);
  });
});

suite('the list of experiments', () => {
  test('has a line for each function: how much is known, and how it stands', () => {
    const arms = [arm('bold', 0.5, 0.1), arm('calm', 0.9, 0.1)];
    const won = metric(arms, { verdict: { is: 'winner', variant: 'calm', comparisons: [] } });
    const lines = overviewLines([report([variant('bold'), variant('calm')], [won]), report([variant('bold')], [metric(arms)])], 80, plain);
    assert.deepEqual(lines, [
      'FUNCTION  VARIANTS  CALLS  FEEDBACK  STANDS',
      'writer           2    200       100  calm wins by liked',
      'writer           1    100       100  undecided',
    ]);
    assert.deepEqual(overviewLines([], 80, plain), []);
  });
});
