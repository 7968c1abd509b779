import type {
  Example,
  ExampleQuery,
  FeedbackRecord,
  InferenceQuery,
  InferenceRecord,
  Ledger,
  LedgerEntry,
  LedgerView,
  Observation,
  VariantUse,
} from '../../../ports/ledger.ts';
import { feedbackOf, inferenceOf } from './ledger-rows.ts';
import * as text from './ledger-sql.ts';
import { viewQuery } from './ledger-views.ts';
import { expire, write, written } from './ledger-writing.ts';
import { numberIn, textIn } from './rows.ts';
import type { Row, Sql } from './sql.ts';

/** How many expired answers go for one that comes. */
const forOne = 4;
const atMost = 1000;

export function openLedger(sql: Sql): Ledger {
  return new PostgresLedger(sql);
}

class PostgresLedger implements Ledger {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async write(entries: readonly LedgerEntry[]): Promise<void> {
    const { values, answers, at } = written(entries);
    await this.#sql.query(write, values);
    if (answers === 0) return;
    // What was to be written is: whether room was made as well is nothing that its writer could mend.
    await this.#sql.query(expire, [at, Math.min(answers * forOne, atMost)]).catch(() => undefined);
  }

  async inference(id: string): Promise<InferenceRecord | undefined> {
    const [row] = await this.#sql.query(text.inference, [id]);
    return row === undefined ? undefined : inferenceOf(row);
  }

  async inferences(query: InferenceQuery): Promise<readonly InferenceRecord[]> {
    const { text: question, values } = text.inferences(query);
    return (await this.#sql.query(question, values)).map(inferenceOf);
  }

  async feedback({ inference, episode }: { readonly inference?: string; readonly episode?: string }): Promise<readonly FeedbackRecord[]> {
    return (await this.#sql.query(text.feedback, [inference ?? null, episode ?? null])).map(feedbackOf);
  }

  async observations(fn: string, metric: string, since = 0): Promise<readonly Observation[]> {
    const rows = await this.#sql.query(text.observations, [fn, metric, since]);
    return rows.map((row) => ({ variant: textIn(row, 'variant'), value: numberIn(row, 'value'), at: numberIn(row, 'at') }));
  }

  async uses(fn: string, since = 0): Promise<readonly VariantUse[]> {
    return (await this.#sql.query(text.uses, [fn, since])).map((row) => ({
      variant: textIn(row, 'variant'),
      inferences: numberIn(row, 'inferences'),
      failures: numberIn(row, 'failures'),
      cost: numberIn(row, 'cost'),
      meanLatency: numberIn(row, 'mean_latency'),
      p95Latency: numberIn(row, 'p95_latency'),
      fromRules: numberIn(row, 'from_rules'),
      fromCache: numberIn(row, 'from_cache'),
    }));
  }

  async examples({ project, function: fn, metric, best, limit }: ExampleQuery): Promise<readonly Example[]> {
    const rows =
      metric === 'demonstration'
        ? await this.#sql.query(text.demonstrations, [fn, limit, project])
        : await this.#sql.query(text.examples(best), [fn, metric, limit, project]);
    return rows.map((row) => ({
      inference: textIn(row, 'inference'),
      input: textIn(row, 'input'),
      output: textIn(row, 'output'),
      value: numberIn(row, 'value'),
      at: numberIn(row, 'at'),
    }));
  }

  async assigned(episode: string, fn: string): Promise<string | undefined> {
    const [row] = await this.#sql.query(text.assigned, [episode, fn]);
    return row === undefined ? undefined : textIn(row, 'variant');
  }

  async answer(project: string, key: string, now: number): Promise<string | undefined> {
    const [row] = await this.#sql.query(text.answer, [project, key, now]);
    return row === undefined ? undefined : textIn(row, 'answer');
  }

  async view(name: LedgerView, now: number): Promise<readonly Readonly<Record<string, string | number | null>>[]> {
    const { text: question, values } = viewQuery(name, now);
    return (await this.#sql.query(question, values)).map(viewRow);
  }
}

function viewRow(row: Row): Readonly<Record<string, string | number | null>> {
  return Object.fromEntries(
    Object.keys(row).map((column) => [
      column,
      row[column] === null ? null : typeof row[column] === 'number' ? row[column] : textIn(row, column),
    ]),
  );
}
