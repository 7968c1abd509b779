import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ExperimentReport } from '../../compose.ts';
import { experimentSvg } from './svg.ts';

const report = (name: string, says: string): ExperimentReport => ({
  function: name,
  experiment: 'static',
  variants: [],
  metrics: [
    {
      metric: 'liked',
      type: 'boolean',
      optimize: 'max',
      level: 'episode',
      role: 'other',
      verdict: { is: 'undecided', why: 'no feedback' },
      says,
      arms: [
        {
          variant: 'a<b>',
          n: 20,
          mean: 0.5,
          interval: { low: 0.3, high: 0.7, holds: 'exactly' },
          course: [
            { at: 0, n: 10, mean: 0.4, low: 0.1, high: 0.8 },
            { at: 60_000, n: 20, mean: 0.5, low: 0.3, high: 0.7 },
          ],
        },
        { variant: 'unheard', n: 0, course: [] },
      ],
    },
  ],
});

/** Every tag is closed, in order. */
function assertWellFormed(text: string): void {
  const open: string[] = [];
  for (const [, close, name = '', self] of text.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (self === '/') continue;
    if (close === '/') assert.equal(open.pop(), name);
    else open.push(name);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(text.replaceAll(/<\/?[a-z]+(?:\s[^<>]*?)?\/?>/g, ''), /[<>]|&(?!amp;|lt;|gt;|quot;)/);
}

suite('an experiment as SVG', () => {
  test('has a band, a line and a legend for every variant that was heard of, and needs nothing from outside', () => {
    const text = experimentSvg(report('writer', 'Nobody knows.'));
    assertWellFormed(text);
    assert.equal(text.match(/<polyline/g)?.length, 1);
    assert.equal(text.match(/<polygon/g)?.length, 1);
    assert.match(text, /0\.50 \(0\.30 – 0\.70\), n 20/);
    assert.match(text, /no values/);
    assert.match(text, /1970-01-01 00:01 UTC/);
    assert.doesNotMatch(text.replace('xmlns="http://www.w3.org/2000/svg"', ''), /https?:|<script|<style|url\(/);
  });

  test('escapes what others said', () => {
    const text = experimentSvg(report('<script>&"\u0007', 'a < b & c'));
    assertWellFormed(text);
    assert.doesNotMatch(text, /<script|(?!\n)\p{Cc}/u);
    assert.match(text, /a &lt; b &amp; c/);
  });

  test('grows with what is said, so that nothing is written over the picture', () => {
    const height = (says: string): number => Number(/ height="(\d+)"/.exec(experimentSvg(report('writer', says)))?.[1]);
    assert.ok(height('word '.repeat(100)) > height('word') + 40);
  });

  test('says so when there is no feedback', () => {
    const text = experimentSvg({ ...report('writer', ''), metrics: [] });
    assertWellFormed(text);
    assert.match(text, /No feedback yet/);
  });
});
