import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { askAgain } from './ask-again.ts';

suite('asking again', () => {
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Give me a scene.' }] }];

  test('goes on with the conversation, the answer and every problem', () => {
    const [asked, said, wrong] = askAgain(prompt, '{"n": "x"}', ['n: must be a number, is "x"', 'title: is missing']);
    assert.deepEqual(asked, prompt[0]);
    assert.deepEqual(said, { role: 'assistant', content: [{ type: 'text', text: '{"n": "x"}' }] });
    assert.equal(wrong?.role, 'user');
    assert.match(JSON.stringify(wrong), /- n: must be a number, is \\"x\\"\\n- title: is missing\\n/);
  });

  test('leaves out an answer that was empty', () => {
    assert.deepEqual(
      askAgain(prompt, ' \n', ['there is no JSON in the answer']).map(({ role }) => role),
      ['user', 'user'],
    );
  });
});
