/** Every question to the ledger goes through an index: it may hold any number of inferences. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { InferenceQuery } from '../../ports/ledger.ts';
import type { Value } from './database.ts';
import { plan, withDatabase } from './fixtures/query-plan.ts';
import * as sql from './ledger-sql.ts';

/** Each with its index, and whether its order comes out of the index as well. */
const lists: readonly (readonly [InferenceQuery, string, 'ordered' | 'sorted'])[] = [
  [{}, 'inferences_at', 'ordered'],
  [{ project: 'p', status: 'failed', from: 5 }, 'inferences_at', 'ordered'],
  [{ function: 'f', variant: 'v' }, 'inferences_function', 'ordered'],
  [{ run: 'r', topLevel: true, from: 5 }, 'inferences_run', 'ordered'],
  [{ episode: 'e' }, 'inferences_episode', 'sorted'],
];

/** Each with everything that it may go through. */
const questions: readonly (readonly [string, readonly Value[], readonly RegExp[]])[] = [
  [sql.inference, ['i'], [/^SEARCH i USING INDEX sqlite_autoindex_inferences_1/, /^SEARCH contents USING INTEGER PRIMARY KEY/]],
  [sql.assigned, ['e', 'f'], [/^SEARCH i USING COVERING INDEX inferences_episode \(episode=\? AND function=\?\)$/]],
  [
    sql.observations,
    ['f', 'm', 0],
    [
      /^SEARCH f USING INDEX feedback_metric \(metric=\? AND at>\?\)/,
      /^SEARCH later USING COVERING INDEX feedback_(inference|episode)/,
      /^SEARCH i USING INDEX sqlite_autoindex_inferences_1/,
      /^SEARCH i USING COVERING INDEX inferences_episode \(episode=\? AND function=\?\)/,
    ],
  ],
  [
    sql.uses,
    ['f', 0],
    [/^SEARCH i USING INDEX inferences_function \(function=\? AND at>\?\)/, /^SEARCH made USING INDEX inferences_parent/],
  ],
  [
    sql.examples('max'),
    ['f', 'm', 10, 'p'],
    [
      /^SEARCH f USING INDEX feedback_metric \(metric=\?\)/,
      /^SEARCH (later|own) USING COVERING INDEX feedback_(inference|episode)/,
      /^SEARCH i USING INDEX (sqlite_autoindex_inferences_1|inferences_episode)/,
      /^SEARCH contents USING INTEGER PRIMARY KEY/,
    ],
  ],
  [
    sql.demonstrations,
    ['f', 10, 'p'],
    [
      /^SEARCH f USING INDEX feedback_metric \(metric=\?\)/,
      /^SEARCH later USING COVERING INDEX feedback_inference/,
      /^SEARCH i USING INDEX sqlite_autoindex_inferences_1/,
      /^SEARCH contents USING INTEGER PRIMARY KEY/,
    ],
  ],
  [sql.feedback, ['i', 'e'], [/^SEARCH feedback USING INDEX feedback_(inference|episode)/]],
  [sql.answer, ['p', 'k', 5], [/^SEARCH answers USING INDEX sqlite_autoindex_answers_1/]],
];

suite('query plans of the ledger', () => {
  test('lists of inferences go through their index', () =>
    withDatabase((db) => {
      for (const [query, index, order] of lists) {
        const { text, values } = sql.inferences(query);
        const steps = plan(db, text, values);
        const what = `${JSON.stringify(query)}\n${steps.join('\n')}`;
        assert.ok(
          steps.some((step) => /^(SEARCH|SCAN) i USING /.test(step) && step.includes(index)),
          what,
        );
        assert.ok(order === 'sorted' || !steps.some((step) => step.includes('TEMP B-TREE')), what);
      }
    }));

  test('nothing is looked for by reading a table from end to end', () =>
    withDatabase((db) => {
      for (const [text, values, allowed] of questions) {
        const steps = plan(db, text, values).filter((step) => /^(SEARCH|SCAN) \w/.test(step));
        assert.ok(steps.length > 0);
        for (const step of steps) {
          const ofTable = !/^SCAN (best|top|page)$/.test(step);
          assert.ok(!ofTable || allowed.some((pattern) => pattern.test(step)), `${text}\n${step}`);
        }
        for (const pattern of allowed)
          assert.ok(
            steps.some((step) => pattern.test(step)),
            `${text}\nnever ${pattern.source}`,
          );
      }
    }));
});
