/**
 * The writer's thread: everything that has arrived goes into one transaction, and one
 * message answers for it.
 */
import { availableParallelism } from 'node:os';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { Database } from './database.ts';
import type { FromWriter, Task, ToWriter, WriterOptions } from './protocol.ts';
import { failureOf, Transactions } from './transactions.ts';

/** How long the thread stays awake for the next message, in milliseconds. With one processor there is nobody who could send it. */
const patience = availableParallelism() > 1 ? 0.1 : 0;

function work(port: NonNullable<typeof parentPort>, options: WriterOptions): void {
  const tell = (message: FromWriter): void => port.postMessage(message);
  let db: Database;
  let transactions: Transactions;
  try {
    db = open(options);
    transactions = new Transactions(db);
  } catch (error) {
    tell({ is: 'failed', failure: failureOf(error) });
    port.close();
    return;
  }

  port.on('message', (first: ToWriter) => {
    for (let message: ToWriter | undefined = first; message !== undefined; message = soon(port)) {
      const tasks: Task[] = [];
      let closing = false;
      for (let more: ToWriter | undefined = message; more !== undefined; more = next(port)) {
        if (typeof more === 'string') closing = true;
        else tasks.push(...more);
      }
      if (tasks.length > 0) tell({ is: 'committed', outcomes: transactions.commit(tasks) });
      if (!closing) continue;
      close(db);
      port.close();
      return;
    }
  });
  tell({ is: 'ready' });
}

/** What a commit leads to comes within moments: waking up for it would take longer than waiting. */
function soon(port: NonNullable<typeof parentPort>): ToWriter | undefined {
  const until = performance.now() + patience;
  for (;;) {
    const message = next(port);
    if (message !== undefined || performance.now() > until) return message;
  }
}

function next(port: NonNullable<typeof parentPort>): ToWriter | undefined {
  // `message` is untyped; only writer-thread.ts posts here, and it posts ToWriter.
  const received: { readonly message: ToWriter } | undefined = receiveMessageOnPort(port);
  return received?.message;
}

function open(options: WriterOptions): Database {
  const db = new Database(options.path);
  db.run('PRAGMA synchronous = FULL');
  db.run('PRAGMA cache_size = -16000');
  // The log is copied into the database seldom enough that pages written often are copied once.
  db.get('PRAGMA wal_autocheckpoint = 4000');
  db.get('PRAGMA journal_size_limit = 67108864');
  if (options.maxPages !== undefined) db.get(`PRAGMA max_page_count = ${options.maxPages}`);
  return db;
}

function close(db: Database): void {
  try {
    db.get('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // What is committed lies in the log, and the next one to open reads it there.
  }
  db.close();
}

// writer-thread.ts starts this file with WriterOptions.
if (parentPort !== null) work(parentPort, workerData as WriterOptions);
