/** The circuit against any order of what can happen to it. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { Circuit } from './circuit.ts';
import type { Failure } from './failure.ts';

const failures: Readonly<Record<'failed' | 'refused' | 'key' | 'limited', Failure>> = {
  failed: { code: 'PROVIDER_FAILED', sentence: 'oh', again: true, spent: 'nothing' },
  refused: { code: 'PROVIDER_REFUSED', sentence: 'no', again: false, spent: 'nothing' },
  key: { code: 'KEY_REFUSED', sentence: 'who', again: false, spent: 'nothing' },
  limited: { code: 'PROVIDER_LIMITED', sentence: 'wait', again: true, spent: 'nothing', rest: 7000 },
};

/** What a request that was let in can come to. */
const ends = ['answered', 'left', ...(['failed', 'refused', 'key', 'limited'] as const)] as const;
type Step =
  | { readonly is: 'enter' }
  | { readonly is: 'pass'; readonly ms: number }
  | { readonly is: 'end'; readonly how: (typeof ends)[number]; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ is: 'enter' }),
  fc.integer({ min: 1, max: 40_000 }).map((ms): Step => ({ is: 'pass', ms })),
  fc.record({ is: fc.constant('end' as const), how: fc.constantFrom(...ends), which: fc.nat(9) }),
);

function end(circuit: Circuit, how: (typeof ends)[number], now: number): void {
  if (how === 'answered') circuit.answered();
  else if (how === 'left') circuit.left(now);
  else circuit.failed(failures[how], now);
}

suite('a circuit', () => {
  test('whatever happens, it never rests longer than five minutes once nobody is out', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const circuit = new Circuit();
        let now = 0;
        let out = 0;
        for (const each of steps) {
          if (each.is === 'pass') now += each.ms;
          else if (each.is === 'enter') out += circuit.enter(now).is === 'in' ? 1 : 0;
          else if (out > 0) {
            out -= 1;
            end(circuit, each.how, now);
          }
        }
        for (; out > 0; out -= 1) end(circuit, 'left', now);
        assert.equal(circuit.enter(now + 300_000).is, 'in');
      }),
    );
  });

  test('what it says about when to come again is true', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ends), { minLength: 1, maxLength: 12 }), (hows) => {
        const circuit = new Circuit();
        let now = 0;
        for (const how of hows) {
          now = circuit.opensAt(now);
          assert.equal(circuit.enter(now).is, 'in');
          end(circuit, how, now);
        }
        const opens = circuit.opensAt(now);
        if (opens > now) assert.equal(circuit.enter(opens - 1).is, 'resting');
        assert.equal(circuit.enter(opens).is, 'in');
      }),
    );
  });

  test('a short wait that is told late does not open a door that is closed for longer', () => {
    const circuit = new Circuit();
    for (let at = 0; at < 5; at += 1) circuit.failed(failures.failed, 0);
    circuit.failed(failures.limited, 1);
    assert.equal(circuit.enter(29_999).is, 'resting');
    assert.equal(circuit.enter(30_000).is, 'in');
    assert.equal(circuit.enter(30_000).is, 'resting', 'it is a probe');
  });

  test('nobody closes it for years', () => {
    const circuit = new Circuit();
    circuit.failed({ ...failures.limited, rest: 1e12 }, 0);
    assert.equal(circuit.enter(3_600_000).is, 'in');
  });

  test('a stream that has begun lets others in, and one more failure closes the door again', () => {
    const circuit = new Circuit();
    for (let at = 0; at < 5; at += 1) circuit.failed(failures.failed, 0);
    assert.equal(circuit.enter(30_000).is, 'in');
    assert.equal(circuit.enter(30_000).is, 'resting');
    circuit.begun();
    assert.equal(circuit.enter(30_000).is, 'in');
    circuit.failed(failures.failed, 30_000);
    assert.equal(circuit.enter(30_000).is, 'resting');
  });
});
