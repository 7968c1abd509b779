/** One engine, and visitors beside it. */
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { allLines, peer, withDirectory } from './fixtures/peer.ts';
import { append, booked, event } from './fixtures/work.ts';
import { openSqlite } from './index.ts';

async function refusal(work: Promise<unknown>): Promise<ContinuoError> {
  const error: unknown = await work.then(
    () => assert.fail('it was not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ContinuoError, String(error));
  return error;
}

async function linesAfter(reader: AsyncIterator<string>): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let next = await reader.next(); next.done !== true; next = await reader.next()) lines.push(next.value);
  return lines;
}

suite('sharing a directory', () => {
  test('a second engine is refused, and told who holds the directory since when', () =>
    withDirectory(async (dir) => {
      const before = new Date().toISOString();
      const engine = await openSqlite({ dir, role: 'engine' });
      const error = await refusal(openSqlite({ dir, role: 'engine' }));
      assert.equal(error.code, 'DIRECTORY_HELD');
      for (const part of [dir, `process ${process.pid}`, hostname()]) assert.ok(error.message.includes(part), error.message);
      const since = /since (\S+)/.exec(error.message)?.[1] ?? '';
      assert.ok(since >= before && since <= new Date().toISOString(), error.message);
      assert.deepEqual(error.details, { dir, pid: process.pid, host: hostname(), since });
      // The refused one has left the holder's lock alone.
      assert.equal((await refusal(openSqlite({ dir, role: 'engine' }))).code, 'DIRECTORY_HELD');
      await engine.close();
      assert.equal(existsSync(join(dir, 'engine.json')), false);
      await (await openSqlite({ dir, role: 'engine' })).close();
    }));

  test('of engines that open at once exactly one gets the directory', () =>
    withDirectory(async (dir) => {
      const results = await Promise.allSettled(Array.from({ length: 5 }, () => openSqlite({ dir, role: 'engine' })));
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const result of results) if (result.status === 'fulfilled') await result.value.close();
    }));

  test('the engine of another process is named, and gone as soon as it is killed', () =>
    withDirectory(async (dir) => {
      const other = peer('appending', dir, 'r');
      for await (const _ of other.lines) break;
      const error = await refusal(openSqlite({ dir, role: 'engine' }));
      assert.equal(error.code, 'DIRECTORY_HELD');
      assert.ok(error.message.includes(`process ${other.pid} `), error.message);
      other.kill();
      await other.ended;
      await (await openSqlite({ dir, role: 'engine' })).close();
    }));

  test('a visitor of another process reads, sends, and puts plans and blobs while the engine runs', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const { journal, inbox, plans, blobs } = backend;
      await journal.append(append('r', 0, event('as it is')));
      const { promise: arrived, resolve } = Promise.withResolvers<void>();
      inbox.watch(resolve);
      // The engine goes on writing meanwhile.
      const visit = new AbortController();
      const appends = (async () => {
        for (let seq = 1; !visit.signal.aborted; seq++) await journal.append(append('r', seq, event(seq)));
      })();
      const [events = '', blob = '', sent] = await allLines(peer('visiting', dir, 'r', 'm'));
      await arrived;
      visit.abort();
      await appends;
      assert.equal(sent, 'sent');
      assert.deepEqual((JSON.parse(events) as unknown[])[0], event('as it is'));
      assert.deepEqual(await inbox.pending(10), [{ id: 'm', run: 'r', command: '{"type":"pause"}', at: 1 }]);
      assert.equal(await plans.load('plan-of-visitor'), '{}');
      assert.equal(new TextDecoder().decode(await blobs.get(blob)), 'from the visitor');
      await backend.close();
    }));

  test('a visitor sees what the engine has acknowledged, and the engine’s answer to its message', () =>
    withDirectory(async (dir) => {
      const engine = await openSqlite({ dir, role: 'engine' });
      const visitor = await openSqlite({ dir, role: 'visitor' });
      await visitor.inbox.send({ id: 'm', run: 'r', command: '{}', at: 1 });
      assert.deepEqual(await visitor.inbox.outcome('m'), { is: 'waiting' });
      await engine.journal.append({ ...append('r', 0, event(1)), consumes: ['m'] });
      assert.deepEqual(await visitor.inbox.outcome('m'), { is: 'done' });
      assert.equal((await visitor.runs.get('r'))?.run, 'r');
      await visitor.close();
      await engine.close();
    }));

  test('of processes that take from one meter at the same time, none gets more than there is', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const { meters, ledger } = backend;
      const purse = { id: 'purse', capacity: 15.1, refill: 0, amount: 0.1 };
      const peers = ['ann', 'bob'].map((name) => peer('spending', dir, name, String(purse.capacity)));
      const spending = peers.map(({ lines }) => lines[Symbol.asyncIterator]());
      // One may have spent it all before the other has begun.
      const first = (await Promise.all(spending.map((lines) => lines.next()))).flatMap(({ done, value }) => (done === true ? [] : [value]));
      const theirs = Promise.all(spending.map(linesAfter));
      let own = 0;
      for (let left = true; left;) {
        const taken = await Promise.all([meters.take([purse], 0), meters.take([purse], 0)]);
        own += taken.filter(({ granted }) => granted).length;
        left = taken.every(({ granted }) => granted);
        await ledger.write([booked(`engine ${own}`, 0.1)]);
      }
      const acknowledged = [...first, ...(await theirs).flat()];
      assert.equal(own + acknowledged.length, 151);
      assert.deepEqual(await meters.left([purse], 0), [0]);
      for (const id of acknowledged) assert.equal((await ledger.inference(id))?.cost, 0.1);
      await backend.close();
    }));

  test('what a process took and booked before it was killed stays taken and booked', () =>
    withDirectory(async (dir) => {
      await (await openSqlite({ dir, role: 'engine' })).close();
      const purse = { id: 'purse', capacity: 1e6, refill: 0 };
      const spending = peer('spending', dir, 'ann', String(purse.capacity));
      const acknowledged: string[] = [];
      for await (const line of spending.lines) {
        acknowledged.push(line);
        if (acknowledged.length === 20) spending.kill();
      }
      await spending.ended;
      const backend = await openSqlite({ dir, role: 'engine' });
      const { meters, ledger } = backend;
      for (const id of acknowledged) assert.ok(await ledger.inference(id), id);
      const [left = 0] = await meters.left([purse], 0);
      // One more may have been taken whose booking, or whose acknowledgement, the kill prevented.
      assert.ok([0, 1].includes(Math.round((purse.capacity - left) * 10) - acknowledged.length), String(left));
      await backend.close();
    }));

  test('a message that came while no engine ran waits for the next one', () =>
    withDirectory(async (dir) => {
      await (await openSqlite({ dir, role: 'engine' })).close();
      assert.equal((await allLines(peer('visiting', dir, 'r', 'm'))).at(-1), 'sent');
      const backend = await openSqlite({ dir, role: 'engine' });
      const { inbox } = backend;
      assert.deepEqual(
        (await inbox.pending(10)).map(({ id }) => id),
        ['m'],
      );
      await backend.close();
    }));

  test('a visitor may write nothing else, and is told whom to ask', () =>
    withDirectory(async (dir) => {
      const engine = await openSqlite({ dir, role: 'engine' });
      await engine.journal.append(append('r', 0, event(1)));
      const { id } = await engine.blobs.put(new Uint8Array(1), 'text/plain', 1);
      const backend = await openSqlite({ dir, role: 'visitor' });
      const { journal, topic, inbox, blobs } = backend;
      const refused = (): readonly Promise<unknown>[] => [
        journal.append(append('r', 1, event(2))),
        journal.saveSnapshot('r', { seq: 1, state: '{}' }),
        journal.remove(['r']),
        topic.advance('triggers', 5),
        inbox.refuse('m', 'no'),
        inbox.settle('m'),
        blobs.remove(id, 100),
      ];
      for (const work of refused()) {
        const error = await refusal(work);
        assert.equal(error.code, 'DIRECTORY_HELD');
        assert.ok(error.message.includes(dir) && error.message.includes(`process ${process.pid}`), error.message);
      }
      await engine.close();
      for (const work of refused()) assert.match((await refusal(work)).message, /none runs/);
      assert.equal((await journal.read('r', 0)).length, 1);
      await backend.close();
    }));

  test('there is nothing to visit where no engine has been', () =>
    withDirectory(async (dir) => {
      for (const place of [dir, join(dir, 'not', 'there')]) {
        const error = await refusal(openSqlite({ dir: place, role: 'visitor' }));
        assert.equal(error.code, 'STORE_FAILED');
        assert.equal(error.message, `there is no Continuo data in ${place}`);
      }
      assert.equal(existsSync(join(dir, 'not')), false);
      assert.equal(existsSync(join(dir, 'continuo.db')), false);
    }));

  test('a directory that cannot be made is named', () =>
    withDirectory(async (dir) => {
      await (await openSqlite({ dir, role: 'engine' })).close();
      rmSync(join(dir, 'engine.lock'), { force: true });
      const error = await refusal(openSqlite({ dir: join(dir, 'continuo.db', 'below a file'), role: 'engine' }));
      assert.equal(error.code, 'STORE_FAILED');
      assert.ok(error.message.includes(dir), error.message);
    }));
});
