import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { widthOf } from '../terminal/width.ts';
import { Board, type Line } from './board.ts';
import { frame } from './frame.ts';

const plain = (_style: unknown, text: string): string => text;
const states: readonly Line['state'][] = ['pending', 'running', 'retrying', 'waiting', 'done', 'skipped', 'overtaken', 'failed', 'undone'];

function board(...lines: readonly (Partial<Line> & { readonly id: string })[]): Board {
  const one = new Board('r1', 'film', 0);
  for (const line of lines) Object.assign(one.line(line.id), line);
  return one;
}

const picture = (one: Board, columns = 80, rows = 24, now = 10_000): string => frame(one, { columns, rows }, now, plain).join('\n');

suite('the picture of a run', () => {
  test('says of each step what it does, who does it, and for how long', () => {
    const one = board(
      { id: 'script', state: 'done', agent: 'writer', took: 1234 },
      { id: 'pictures', state: 'running', agent: 'painter', since: 9000, items: { total: 5, done: 3, failed: 0 }, said: 'the third one' },
      { id: 'voices', state: 'retrying', since: 8000, attempt: 1, retryAt: 11_200, error: 'the line is busy' },
      { id: 'publish', state: 'waiting', since: 9900, waitsFor: 'an answer', said: 'Publish it?' },
      { id: 'film' },
    );
    assert.equal(
      picture(one),
      [
        '',
        `  film  run r1${' '.repeat(60)}10.0s`,
        '',
        '  ✔ script       1.2s  writer',
        '  ⠋ pictures     1.0s  painter  ▰▰▰▱▱ 3/5  the third one',
        '  ↻ voices       2.0s  retry 1 in 1.2s: the line is busy',
        '  ? publish      0.1s  Publish it?',
        '  ○ film',
      ].join('\n'),
    );
  });

  test('of many steps shows the active, the failed and the nearest, and counts the rest', () => {
    const one = board(
      ...Array.from({ length: 50 }, (_, at) => ({
        id: `step-${at}`,
        state: at === 4 ? ('failed' as const) : at < 20 ? ('done' as const) : at < 23 ? ('running' as const) : ('pending' as const),
      })),
    );
    const text = picture(one, 80, 20);
    for (const id of ['step-4', 'step-20', 'step-21', 'step-22', 'step-23']) assert.match(text, new RegExp(`${id}\\b`));
    assert.doesNotMatch(text, /step-3\b|step-49\b/);
    assert.match(text, /… 19 done · 19 to come/);
  });

  test('shows below a call what the run that it called does', () => {
    const one = board({ id: 'cut', state: 'running', since: 0 }, { id: 'end' });
    const child = one.of('r1~cut.1', 0);
    assert.ok(child !== undefined);
    Object.assign(child.line('trim'), { state: 'running', since: 5000 });
    assert.match(picture(one), /⠋ cut .*\n {4}⠋ trim .*5\.0s.*\n {2}○ end/);
  });

  test('says how a paused run, and one that waits for a signal, go on', () => {
    const waiting = board({ id: 'paid', state: 'waiting', since: 0, waitsFor: 'signal paid' });
    assert.match(picture(waiting), /waits for signal paid:\n.* signal r1 paid/);
    waiting.status = 'paused';
    assert.match(picture(waiting), /paused; to go on:\n.* resume r1/);
  });

  test('F1. fits the terminal, whatever is said and however small it is', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    const line = fc.record({
      id: text,
      state: fc.constantFrom(...states),
      agent: fc.option(text, { nil: undefined }),
      said: fc.option(text, { nil: undefined }),
      error: fc.option(text, { nil: undefined }),
      waitsFor: fc.constantFrom(undefined, 'an answer', 'its time', 'signal x'),
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      items: fc.option(fc.record({ total: fc.nat(30), done: fc.nat(30), failed: fc.nat(3) }), { nil: undefined }),
      since: fc.option(fc.nat(20_000), { nil: undefined }),
      attempt: fc.nat(4),
      visit: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 40 }),
        fc.integer({ min: 21, max: 130 }),
        fc.integer({ min: 2, max: 40 }),
        (lines, columns, rows) => {
          const drawn = frame(board(...lines), { columns, rows }, 10_000, plain);
          assert.ok(drawn.length < rows, `${drawn.length} lines on ${rows}`);
          for (const one of drawn) assert.ok(widthOf(one) < columns, `${widthOf(one)} columns on ${columns}: ${one}`);
        },
      ),
    );
  });
});
