import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { openLog, type LogOptions } from './open-log.ts';

function logged(options: Partial<LogOptions>, say: (log: ReturnType<typeof openLog>['log']) => void): string {
  const out: string[] = [];
  const { log, flush } = openLog({ out: { write: (text) => out.push(text) }, ...options });
  say(log);
  flush();
  return out.join('');
}

test('a line is one JSON object, with its level, its time and its ids', () => {
  const text = logged({}, (log) => log.info({ run: 'r', request_id: 'q' }, 'run started'));
  const { time, ...rest } = JSON.parse(text) as { time: string };
  assert.deepEqual(rest, { level: 'info', run: 'r', request_id: 'q', message: 'run started' });
  assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('for a terminal a line is a sentence with fields', () => {
  const text = logged({ format: 'text' }, (log) => log.warn({ status: 403, why: 'not "this" one' }, 'request refused'));
  assert.match(text, /^[\d:.]{12} {2}warn {3}request refused {2}status=403 {2}why="not \\"this\\" one"\n$/);
});

test('for a terminal, too, a line says whose request it was, and no secret', () => {
  const text = logged({ format: 'text', secrets: ['hunter2222'] }, (log) =>
    log.info({ key: 'admin0000000', why: 'api_key=abcdef and hunter2222' }, 'Bearer abc.def was refused'),
  );
  assert.match(text, /key=admin0000000/);
  assert.doesNotMatch(text, /abcdef|hunter|abc\.def/);
});

test('a line from which a quoted key was taken is one JSON object still', () => {
  const text = logged({}, (log) => log.info({ why: 'it said "Bearer abc.def", api_key="ghi.jkl" and Authorization: "Basic mno" \\' }, 'x'));
  assert.match((JSON.parse(text) as { why: string }).why, /^it said "Bearer \[key\]", api_key="\[key\]"/);
  assert.doesNotMatch(text, /abc|ghi|mno/);
});

test('no secret leaves, in whatever field and spelling', () => {
  const secret = 'p@ss "wörd" 123';
  const text = logged({ secrets: [secret] }, (log) => {
    log.info({ why: `it was ${secret}` }, `and ${encodeURIComponent(secret)}`);
    log.info(
      {
        headers: { cookie: 'crumb' },
        request: { authorization: 'Digest abc', body: 'the body' },
        input: 'the input',
        output: { a: 'the output' },
      },
      'x',
    );
    log.info('postgres://app:hunter22@db/app and ctn_0123456789ab_%s', 'f'.repeat(48));
    log.error({ err: new Error('Authorization: Bearer abc.def') }, 'x');
  });
  for (const part of ['wörd', '%22w', 'crumb', 'Digest', 'the body', 'the input', 'the output', 'hunter22', 'ffffffff', 'abc.def'])
    assert.ok(!text.includes(part), `${part} is in ${text}`);
  assert.equal(text.trim().split('\n').length, 4);
});

test('an error is told with its code and what mends it; of what nobody foresaw, where it came from', () => {
  const text = logged({}, (log) => {
    log.error({ error: new ContinuoError('STORE_FULL', 'the disk is full') }, 'x');
    log.error({ error: new TypeError('oops') }, 'x');
  });
  const [known, unknown] = text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { error: Record<string, string> }).error);
  assert.equal(known?.['code'], 'STORE_FULL');
  assert.ok((known?.['mend'] ?? '').length > 10);
  assert.equal(known?.['stack'], undefined);
  assert.match(unknown?.['stack'] ?? '', /TypeError: oops\n/);
});
