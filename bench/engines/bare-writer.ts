/** The thread of the bare loop: whatever has arrived goes into one transaction. An empty message ends it. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Batch } from './bare.ts';

const port = parentPort;
if (port === null) throw new Error('this file is started by bare.ts');

// bare.ts gives it the path.
const db = new DatabaseSync(workerData as string);
db.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 4000;
  CREATE TABLE journal (run INTEGER NOT NULL, seq INTEGER NOT NULL, events TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX journal_run ON journal (run, seq);
`);
const insert = db.prepare('INSERT INTO journal VALUES (?, ?, ?)');

port.on('message', (first: readonly Batch[]) => {
  const batches = [...first];
  let closing = first.length === 0;
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    // Only bare.ts posts here, and it posts lists of batches.
    const more = next.message as readonly Batch[];
    closing ||= more.length === 0;
    batches.push(...more);
  }
  if (batches.length > 0) {
    db.exec('BEGIN');
    for (const batch of batches) insert.run(...batch);
    db.exec('COMMIT');
    port.postMessage(batches.length);
  }
  if (!closing) return;
  db.close();
  port.close();
});
