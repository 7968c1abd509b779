/**
 * The embedded store: one SQLite database and a folder of blobs in a directory.
 *
 * O1. One engine and any number of visitors have a directory open at a time. A visitor
 *     reads, sends to the inbox, puts plans and blobs, writes to the ledger, takes from
 *     meters and writes what a server keeps; all else is the engine's.
 * O2. Reads are made on this thread's own connection and see everything whose promise
 *     has resolved. The engine's writes all go through its writer thread.
 */
import { resolve } from 'node:path';
import type { Backend } from '../../ports/backend.ts';
import { sqliteAccess } from './access.ts';
import { BlobFiles } from './blob-files.ts';
import { SqliteBlobs } from './blobs.ts';
import type { Database } from './database.ts';
import { SqliteInbox } from './inbox.ts';
import { SqliteJournal } from './journal.ts';
import { SqliteLedger } from './ledger.ts';
import { takeLock } from './lock.ts';
import type { Lock } from './lock.ts';
import { SqliteMeters } from './meters.ts';
import { SqlitePlans } from './plans.ts';
import type { Writer } from './protocol.ts';
import { SqliteRuns } from './runs.ts';
import { openForEngine, openForVisitor } from './schema.ts';
import { journalTexts, SqliteMemos } from './texts.ts';
import { SqliteTopic } from './topic.ts';
import { InlineWriter, VisitorWriter } from './visitor-writer.ts';
import { WriterThread } from './writer-thread.ts';

export interface SqliteOptions {
  /** The data directory; an engine makes it where it is missing. */
  readonly dir: string;
  /** `engine` holds the directory and may write everything; `visitor` what O1 says. */
  readonly role: 'engine' | 'visitor';
  /** A visitor that writes all the time does so on a thread of its own. */
  readonly thread?: boolean;
  /** How large the database may become, in pages of 4 KiB: to try what a full disk does. */
  readonly maxPages?: number;
}

/** What is let go of when the backend closes, besides the writer. */
type Held = Pick<Lock, 'release'> | undefined;

export async function openSqlite(options: SqliteOptions): Promise<Backend> {
  const dir = resolve(options.dir);
  if (options.role === 'visitor') {
    const db = openForVisitor(dir);
    const writer = options.thread === true ? await WriterThread.start({ path: db.path, maxPages: undefined }) : new InlineWriter(db);
    return backend(dir, db, new VisitorWriter(dir, writer), undefined);
  }
  const lock = takeLock(dir);
  let db: Database | undefined;
  try {
    db = openForEngine(dir);
    const writer = await WriterThread.start({ path: db.path, maxPages: options.maxPages });
    db.run('PRAGMA query_only = TRUE');
    await new BlobFiles(dir).sweep(Date.now());
    return backend(dir, db, writer, lock);
  } catch (error) {
    db?.close();
    lock.release();
    throw error;
  }
}

function backend(dir: string, db: Database, writer: Writer, held: Held): Backend {
  const inbox = new SqliteInbox(db, writer);
  let closing: Promise<void> | undefined;
  return {
    name: 'sqlite',
    location: dir,
    journal: new SqliteJournal(db, writer),
    runs: new SqliteRuns(db),
    plans: new SqlitePlans(db, writer),
    topic: new SqliteTopic(db, writer),
    memos: new SqliteMemos(db),
    inbox,
    blobs: new SqliteBlobs(db, writer, new BlobFiles(dir)),
    ledger: new SqliteLedger(db, writer),
    meters: new SqliteMeters(db, writer),
    access: sqliteAccess(db, writer),
    journalTexts: async (after, limit) => journalTexts(db, after, limit),
    close: () => (closing ??= close(inbox, writer, db, held)),
  };
}

async function close(inbox: SqliteInbox, writer: Writer, db: Database, held: Held): Promise<void> {
  inbox.close();
  await writer.close();
  db.close();
  held?.release();
}
