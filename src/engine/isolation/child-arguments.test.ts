import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { childArguments } from './child-arguments.ts';
import { eachLine } from './lines.ts';

test('conditions and preloaded modules are handed on, in both forms', () => {
  const given = ['--conditions=a', '-C', 'b', '--import', './hook.ts', '--import=x', '--max_old_space_size=64'];
  assert.deepEqual(childArguments(given, false), given);
});

test('tests, inspectors and scripts are the engine’s alone', () => {
  assert.deepEqual(
    childArguments(['--test', '--inspect-brk=0', '--watch', '--import', 'x', '--eval', 'start()', '--test-name-pattern', 'y'], false),
    ['--import', 'x'],
  );
});

test('from source, agents import the source too', () => {
  assert.deepEqual(childArguments([], true), ['--conditions=@continuo/source']);
  assert.deepEqual(childArguments(['--conditions=@continuo/source', '--conditions=a'], true), [
    '--conditions=@continuo/source',
    '--conditions=a',
  ]);
});

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  eachLine(stream, (line) => lines.push(line));
  await stream.toArray().catch(() => undefined);
  return lines;
}

test('lines are whole however the chunks fall', async () => {
  assert.deepEqual(await linesOf('a', 'b\nc\r', '\nd\r50 %\r', '60 %\n\ne'), ['ab', 'c', 'd', '50 %', '60 %', '', 'e']);
  const euro = Buffer.from('€');
  assert.deepEqual(await linesOf(euro.subarray(0, 1), euro.subarray(1)), ['€']);
});

test('a line without an end is given in parts', async () => {
  assert.deepEqual(
    (await linesOf('x'.repeat(70_000), 'y\n')).map((line) => line.length),
    [65_536, 4465],
  );
});
