import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from './api-error.ts';
import { followStream, type Following } from './follow.ts';

const told = (...cursors: readonly number[]): string =>
  cursors.map((cursor) => `id: ${cursor}\ndata: ${JSON.stringify({ cursor, event: `event ${cursor}`, at: 0, data: null })}\n\n`).join('');
const problem = (status: number): string => `event: problem\ndata: ${JSON.stringify({ status, code: 'X', detail: 'x' })}\n\n`;
const end = 'event: end\ndata: {}\n\n';

/** What a reader is given who gets these answers, one after the other, and from where on he asked for each. */
async function read(
  ...answers: readonly (string | number)[]
): Promise<{ readonly given: readonly unknown[]; readonly asked: readonly number[] }> {
  const asked: number[] = [];
  const open: Following['open'] = async (after) => {
    const answer = answers[asked.push(after) - 1];
    assert.ok(answer !== undefined, 'it comes again although everything was told');
    if (typeof answer === 'string') return new Response(answer);
    if (answer === 204) return new Response(null, { status: 204 });
    throw new ApiError(answer, undefined);
  };
  const given: unknown[] = [];
  for await (const { cursor } of followStream({ open, cursor: 0, signal: undefined })) given.push(cursor);
  return { given, asked };
}

test('a connection that breaks is made again, from where the last one had got to', async () => {
  assert.deepEqual(await read(told(1, 2), 503, told(2, 3) + end), { given: [1, 2, 3], asked: [0, 2, 2] });
});

test('where a connection broke after the last event, and before the word that it was the last, the end is found all the same', async () => {
  assert.deepEqual(await read(told(1, 2), 204), { given: [1, 2], asked: [0, 2] });
});

test('a server that cannot go on for now is asked again, and one that never will is believed', async () => {
  assert.deepEqual(await read(told(1) + problem(503), told(2) + end), { given: [1, 2], asked: [0, 1] });
  await assert.rejects(read(told(1) + problem(500)), { name: 'ApiError', status: 500 });
  await assert.rejects(read(404), { name: 'ApiError', status: 404 });
});
