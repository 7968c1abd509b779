/**
 * Writes entries of the ledger: all that come together in one statement.
 *
 * B1. An entry that is there is left as it is (ports/ledger.ts L2): who does not know
 *     whether it got through writes again.
 * B2. Rows are written in the order of their keys, so that of two nodes that write the
 *     same entries neither waits for the other in a circle. Their numbers are given in
 *     the order of arrival.
 * B3. Whoever writes answers takes a few expired ones away, so that there are never many
 *     and nobody has to look for them; whichever another node is at are left to it.
 */
import type { LedgerEntry } from '../../../ports/ledger.ts';
import {
  answerCells,
  answerColumns,
  contentColumns,
  feedbackCells,
  feedbackColumns,
  inferenceCells,
  inferenceColumns,
} from './ledger-rows.ts';
import type { Value } from './sql.ts';

type Columns = readonly (readonly [name: string, type: string])[];

const namesOf = (columns: Columns): string => columns.map(([name]) => name).join(', ');

/** The parameters from $`first` on, one array for each column, as rows in their order. */
function given(columns: Columns, first: number): string {
  return `unnest(${columns.map(([, type], place) => `$${first + place}::${type}[]`).join(', ')}) AS row (${namesOf(columns)})`;
}

const inferenceAndContents: Columns = [...inferenceColumns, ...contentColumns];
const firstOfFeedback = inferenceAndContents.length + 1;
const firstOfAnswers = firstOfFeedback + feedbackColumns.length;

export const write: string = `
  WITH
  asked AS MATERIALIZED (
    SELECT nextval((SELECT pg_get_serial_sequence('inferences', 'id'))) AS id, * FROM ${given(inferenceAndContents, 1)}
  ),
  told AS MATERIALIZED (
    SELECT nextval((SELECT pg_get_serial_sequence('feedback', 'id'))) AS id, * FROM ${given(feedbackColumns, firstOfFeedback)}
  ),
  new AS (
    INSERT INTO inferences (id, ${namesOf(inferenceColumns)}) SELECT id, ${namesOf(inferenceColumns)} FROM asked ORDER BY inference, id
    ON CONFLICT (inference) DO NOTHING RETURNING id
  ),
  kept AS (
    INSERT INTO contents (inference, input, output)
    SELECT id, input, output FROM asked JOIN new USING (id) WHERE input IS NOT NULL OR output IS NOT NULL
  ),
  said AS (
    INSERT INTO feedback (id, ${namesOf(feedbackColumns)}) SELECT id, ${namesOf(feedbackColumns)} FROM told ORDER BY feedback, id
    ON CONFLICT (feedback) DO NOTHING
  )
  INSERT INTO answers (${namesOf(answerColumns)}) SELECT ${namesOf(answerColumns)} FROM ${given(answerColumns, firstOfAnswers)}
  ORDER BY project, key
  ON CONFLICT (project, key) DO UPDATE SET answer = excluded.answer, at = excluded.at, expires_at = excluded.expires_at
  WHERE answers.expires_at <= excluded.at`;

/** $1 now, $2 how many. */
export const expire = `
  DELETE FROM answers WHERE id IN (
    SELECT id FROM answers WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )`;

export interface Written {
  /** In the order of the parameters of `write`. */
  readonly values: readonly Value[];
  /** How many answers there are, and when the latest was given. */
  readonly answers: number;
  readonly at: number;
}

export function written(entries: readonly LedgerEntry[]): Written {
  const asked = entries.flatMap((entry) => (entry.is === 'inference' ? [inferenceCells(entry.record)] : []));
  const told = entries.flatMap((entry) => (entry.is === 'feedback' ? [feedbackCells(entry.record)] : []));
  const answers = answersOf(entries);
  return {
    values: [...arrays(inferenceAndContents, asked), ...arrays(feedbackColumns, told), ...arrays(answerColumns, answers)],
    answers: answers.length,
    at: Math.max(...answers.map(({ at }) => Number(at))),
  };
}

type AnswerCells = ReturnType<typeof answerCells>;

/** Each key once, as a statement cannot replace what it wrote itself. */
function answersOf(entries: readonly LedgerEntry[]): readonly AnswerCells[] {
  const found = new Map<string, AnswerCells>();
  for (const entry of entries) {
    if (entry.is !== 'answer') continue;
    const { project, key, at } = entry.record;
    const name = JSON.stringify([project, key]);
    const before = found.get(name);
    if (before === undefined || Number(before.expires_at) <= at) found.set(name, answerCells(entry.record));
  }
  return [...found.values()];
}

function arrays(columns: Columns, rows: readonly Readonly<Record<string, string | number | null>>[]): readonly Value[] {
  return columns.map(([name]) => rows.map((row) => row[name] ?? null));
}
