import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { desk, plan, publishing, explain, options } from './desk.ts';

suite('on a terminal', options, () => {
  test('the question is asked right there, and the run goes on with the answer', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/Publish it\?.*1.*publish.*2.*burn it.*›/s);
    running.type('3\r');
    await running.until(/A number from 1 to 2/);
    running.type('burn it\r');
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /succeeded/);
    assert.match((await at.run('show', 'r1')).stdout, /! publish: burn it/);
  });

  test('a form is filled in property by property', async (t) => {
    const at = desk(t);
    const form = {
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: 'integer' }, sure: { type: 'boolean', default: true } },
      required: ['name', 'age'],
    };
    at.write('plan.json', plan('form', { id: 'who', kind: 'ask', question: 'Who are you?', form }));
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/name/);
    running.type('Ada\rold\r36\r\r');
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /A whole number, please/);
    const shown = JSON.parse((await at.run('show', 'r1', '--json')).stdout);
    assert.deepEqual(shown.steps.who.output.value, { name: 'Ada', age: 36, sure: true });
  });

  test('a question that is answered elsewhere is taken back', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/›/);
    assert.equal((await at.run('answer', 'r1', 'publish', 'publish')).code, 0);
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /publish is not asked any more/);
  });

  test('Ctrl-C at a question leaves the run as it is', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/›/);
    running.type('\x03');
    const ended = await running.ended;
    assert.equal(ended.code, 130, explain(ended));
    assert.match(ended.stdout, /interrupted.*--run-id r1/s);
    assert.ok(ended.stdout.includes('\x1b[?25h'), 'the cursor is there again');
  });
});
