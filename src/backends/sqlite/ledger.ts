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
} from '../../ports/ledger.ts';
import type { Database } from './database.ts';
import { feedbackOf, inferenceOf, rowOf } from './ledger-columns.ts';
import * as sql from './ledger-sql.ts';
import { viewQuery } from './ledger-views.ts';
import type { Writer } from './protocol.ts';

export class SqliteLedger implements Ledger {
  readonly #db: Database;
  readonly #writer: Writer;

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  async write(entries: readonly LedgerEntry[]): Promise<void> {
    await this.#writer.write({ kind: 'record', rows: entries.map(rowOf) });
  }

  async inference(id: string): Promise<InferenceRecord | undefined> {
    const row = this.#db.get(sql.inference, id);
    return row === undefined ? undefined : inferenceOf(this.#db, row);
  }

  async inferences(query: InferenceQuery): Promise<readonly InferenceRecord[]> {
    const { text, values } = sql.inferences(query);
    return this.#db.all(text, ...values).map((row) => inferenceOf(this.#db, row));
  }

  async feedback({ inference, episode }: { readonly inference?: string; readonly episode?: string }): Promise<readonly FeedbackRecord[]> {
    return this.#db.all(sql.feedback, inference ?? null, episode ?? null).map((row) => feedbackOf(this.#db, row));
  }

  async observations(fn: string, metric: string, since = 0): Promise<readonly Observation[]> {
    return this.#db.all(sql.observations, fn, metric, since).map((row) => ({
      variant: this.#db.text(row, 'variant'),
      value: this.#db.number(row, 'value'),
      at: this.#db.number(row, 'at'),
    }));
  }

  async uses(fn: string, since = 0): Promise<readonly VariantUse[]> {
    return this.#db.all(sql.uses, fn, since).map((row) => ({
      variant: this.#db.text(row, 'variant'),
      inferences: this.#db.number(row, 'inferences'),
      failures: this.#db.number(row, 'failures'),
      cost: this.#db.number(row, 'cost'),
      meanLatency: this.#db.number(row, 'mean_latency'),
      p95Latency: this.#db.number(row, 'p95_latency'),
      fromRules: this.#db.number(row, 'from_rules'),
      fromCache: this.#db.number(row, 'from_cache'),
    }));
  }

  async examples({ project, function: fn, metric, best, limit }: ExampleQuery): Promise<readonly Example[]> {
    const rows =
      metric === 'demonstration'
        ? this.#db.all(sql.demonstrations, fn, limit, project)
        : this.#db.all(sql.examples(best), fn, metric, limit, project);
    return rows.map((row) => ({
      inference: this.#db.text(row, 'inference'),
      input: this.#db.text(row, 'input'),
      output: this.#db.text(row, 'output'),
      value: this.#db.number(row, 'value'),
      at: this.#db.number(row, 'at'),
    }));
  }

  async assigned(episode: string, fn: string): Promise<string | undefined> {
    const row = this.#db.get(sql.assigned, episode, fn);
    return row === undefined ? undefined : this.#db.text(row, 'variant');
  }

  async answer(project: string, key: string, now: number): Promise<string | undefined> {
    const row = this.#db.get(sql.answer, project, key, now);
    return row === undefined ? undefined : this.#db.text(row, 'answer');
  }

  async view(name: LedgerView, now: number): Promise<readonly Readonly<Record<string, string | number | null>>[]> {
    const { text, values } = viewQuery(name, now);
    return this.#db
      .all(text, ...values)
      .map((row) => Object.fromEntries(Object.keys(row).map((column) => [column, this.#db.value(row, column)])));
  }
}
