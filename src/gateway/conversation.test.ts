import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '../core/data/json.ts';
import type { FunctionConfig, SchemaFile } from './config/model.ts';
import { inputOf, readDialogue, type Judge } from './conversation.ts';
import type { InferInput } from './inference.ts';

const schema = (...names: readonly string[]): SchemaFile => ({
  path: 's.json',
  schema: { properties: Object.fromEntries(names.map((name) => [name, true])) },
});

function fn(schemas: FunctionConfig['schemas'] = {}): FunctionConfig {
  const experiment = { type: 'static', candidates: {}, fallbacks: [] } as const;
  return { name: 'talk', type: 'chat', schemas, tools: [], variants: {}, experiment };
}

/** Every field has to be a text. */
const judge: Judge = (_, value) =>
  Object.entries(value ?? {}).flatMap(([name, field]) => (typeof field === 'string' ? [] : [{ path: name, message: 'must be a text' }]));

const read = (input: Json, schemas?: FunctionConfig['schemas']): ReturnType<typeof readDialogue> => readDialogue(fn(schemas), input, judge);
const refused = (input: Json, message: RegExp, schemas?: FunctionConfig['schemas']): void =>
  assert.throws(() => read(input, schemas), { code: 'INPUT_INVALID', message });

suite('an input', () => {
  test('of text is one turn', () => {
    assert.deepEqual(read('Hello'), { system: undefined, turns: [{ role: 'user', said: { is: 'text', text: 'Hello' } }] });
  });

  test('of fields goes to both templates, unless the schemas say which has what', () => {
    const fields = { tone: 'dry', topic: 'kites', both: 'x' };
    assert.deepEqual(read(fields).system, { is: 'fields', fields });
    const { system, turns } = read(fields, { system: schema('tone', 'both'), user: schema('topic', 'both') });
    assert.deepEqual(system, { is: 'fields', fields: { tone: 'dry', both: 'x' } });
    assert.deepEqual(turns, [{ role: 'user', said: { is: 'fields', fields: { topic: 'kites', both: 'x' } } }]);
  });

  test('of messages is that conversation, unless the function has a field of that name', () => {
    const messages = [{ role: 'user', content: 'Hello' }];
    assert.deepEqual(read({ messages }).turns, [{ role: 'user', said: { is: 'text', text: 'Hello' } }]);
    assert.deepEqual(readDialogue(fn({ user: schema('messages') }), { messages }, () => []).turns, [
      { role: 'user', said: { is: 'fields', fields: { messages } } },
    ]);
  });

  test('that does not fit is refused, with the function, the place and what belongs there', () => {
    refused({ messages: [] }, /talk.*messages: there is none/);
    refused({ messages: [null] }, /talk.*messages\[0\]: must be/);
    refused({ messages: ['Hello'] }, /messages\[0\]/);
    refused({ messages: [{ role: 'system', content: 'x' }] }, /messages\[0\]\.role.*"system"/);
    refused({ messages: [{ role: 'user' }] }, /talk.*messages\[0\]\.content/);
    refused({ system: 3, messages: [{ role: 'user', content: 'x' }] }, /talk.*system/);
    refused(null, /talk/);
    refused([1], /talk/);
    refused({ topic: 3 }, /topic: must be a text/, { user: schema('topic') });
    refused('kites', /user: takes an object with the fields topic/, { user: schema('topic') });
  });
});

suite('the input of a caller', () => {
  test('is copied, as JSON has it', () => {
    const input = { topic: 'kites', at: new Date(0), nothing: undefined };
    const own = inputOf(fn(), input);
    input.topic = 'planes';
    assert.deepEqual(own, { topic: 'kites', at: '1970-01-01T00:00:00.000Z' });
  });

  test('that is not JSON is refused', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    for (const input of [circle, { n: 1n }])
      assert.throws(() => inputOf(fn(), input), { code: 'INPUT_INVALID', message: /talk.*not JSON/ });
    // What JavaScript may pass.
    assert.equal(inputOf(fn(), undefined as unknown as InferInput), null);
  });

  test('with a field called __proto__ stays what it is', () => {
    const own = inputOf(fn(), JSON.parse('{"__proto__": {"polluted": true}}') as InferInput);
    assert.equal(Object.getPrototypeOf(own), Object.prototype);
    assert.equal(read(own).turns.length, 1);
  });
});

suite('a message in blocks', () => {
  const call = { type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Ulm' } };
  const result = { type: 'tool_result', id: 'c1', result: 'rain' };
  const user = { role: 'user', content: [{ type: 'text', text: 'Hello' }] };

  test('says its texts, or fields for the template', () => {
    const { turns } = read({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    });
    assert.deepEqual(turns, [{ role: 'user', said: { is: 'text', text: 'a\nb' } }]);
    const fields = { topic: 'kites' };
    assert.deepEqual(read({ messages: [{ role: 'user', content: [{ type: 'text', arguments: fields }] }] }).turns, [
      { role: 'user', said: { is: 'fields', fields } },
    ]);
  });

  test('has calls of tools, and what they gave under the name of the call', () => {
    const { turns } = read({ messages: [user, { role: 'assistant', content: [call] }, { role: 'user', content: [result] }] });
    const { type: _, ...called } = call;
    assert.deepEqual(turns.slice(1), [
      { role: 'assistant', said: undefined, tools: { calls: [called], results: [] } },
      { role: 'user', said: undefined, tools: { calls: [], results: [{ id: 'c1', name: 'weather', result: 'rain' }] } },
    ]);
  });

  test('that does not fit is refused', () => {
    refused({ messages: [{ role: 'user', content: [call] }] }, /messages\[0\]\.content\[0\].*tool_result/);
    refused({ messages: [user, { role: 'user', content: [result] }] }, /messages\[1\]\.content\[0\].*no message before it makes that call/);
    refused({ messages: [{ role: 'user', content: ['x'] }] }, /content\[0\]/);
    refused({ messages: [{ role: 'user', content: [{ type: 'image' }] }] }, /"image"/);
    refused({ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, /a text, or arguments/);
    refused({ messages: [{ role: 'assistant', content: [{ type: 'tool_call', id: 'c' }] }] }, /id, name, arguments/);
    const fields = { type: 'text', arguments: {} };
    refused({ messages: [{ role: 'user', content: [fields, fields] }] }, /once, and alone/);
  });
});
