/** What servers of this protocol send, each in its own way. */
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { suite, test } from 'node:test';
import { UnsupportedFunctionalityError, type LanguageModelV4Prompt, type LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { listening } from '../fixtures/listening.ts';
import { keptConnections } from '../kept-connections.ts';
import { answerIn } from './chat-answer.ts';
import { chatConnection } from './chat-model.ts';
import { asStream, bodyOf } from './chat-request.ts';
import { partsOf } from './chat-stream.ts';
import { dataOf } from './events.ts';

const bytesOf = (...pieces: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
  ReadableStream.from(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));

async function all<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

const event = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`;
const said = (delta: object, finish?: string): string =>
  event({ choices: [{ delta, ...(finish === undefined ? {} : { finish_reason: finish }) }] });

const partsIn = (...pieces: readonly string[]): Promise<readonly LanguageModelV4StreamPart[]> => all(partsOf(bytesOf(...pieces), false));

suite('events', () => {
  const cases: Readonly<Record<string, readonly [readonly (string | Uint8Array)[], readonly string[]]>> = {
    'one after the other': [['data: a\n\ndata: b\n\n'], ['a', 'b']],
    'with any ends of lines': [['data: a\r\n\r\ndata: b\r\rdata: c\n\n'], ['a', 'b', 'c']],
    'cut anywhere': [
      ['da', 'ta: a\r', '\n\r', '\ndata:b\n', '\n'],
      ['a', 'b'],
    ],
    'cut within a letter': [[Buffer.from('data: ä\n\n').subarray(0, 7), Buffer.from('data: ä\n\n').subarray(7)], ['ä']],
    'of several lines': [['data: a\ndata:  b\n\n'], ['a\n b']],
    'with comments, names and empty ones': [[': wait\n\nevent: x\nid: 1\ndata: a\n\n\n\n'], ['a']],
    'the last of which was not ended': [['data: a\n\ndata: b\n'], ['a']],
  };
  for (const [what, [pieces, expected]] of Object.entries(cases))
    test(what, async () => assert.deepEqual(await all(dataOf(bytesOf(...pieces))), expected));
});

suite('a streamed answer', () => {
  test('has its usage also where that comes after the reason why it ended', async () => {
    const parts = await partsIn(
      said({ content: 'Hi' }),
      said({}, 'stop'),
      event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }),
      'data: [DONE]\n\n',
    );
    assert.deepEqual(
      parts.map(({ type }) => type),
      ['text-delta', 'finish'],
    );
    const last = parts.at(-1);
    assert.ok(last?.type === 'finish');
    assert.deepEqual([last.finishReason.unified, last.usage.inputTokens.total, last.usage.outputTokens.total], ['stop', 3, 2]);
  });

  test('without a reason why it ended is none', async () => {
    assert.deepEqual(
      (await partsIn(said({ content: 'Hi' }), 'data: [DONE]\n\n')).map(({ type }) => type),
      ['text-delta'],
    );
  });

  test('may call tools in pieces, whole, numbered or not', async () => {
    const pieces: Readonly<Record<string, readonly object[]>> = {
      'in pieces': [
        { index: 0, id: 'a', function: { name: 'look', arguments: '' } },
        { index: 0, function: { arguments: '{"at":' } },
        { index: 0, function: { arguments: '"it"}' } },
      ],
      'arguments before the name': [
        { index: 0, id: 'a', function: { arguments: '{"at":' } },
        { index: 0, function: { name: 'look', arguments: '"it"}' } },
      ],
      'without a number': [{ id: 'a', function: { name: 'look', arguments: '{"at":"it"}' } }],
      'without a number, in pieces': [{ id: 'a', function: { name: 'look', arguments: '{"at":' } }, { function: { arguments: '"it"}' } }],
      'as an object': [{ index: 0, id: 'a', function: { name: 'look', arguments: { at: 'it' } } }],
    };
    for (const [what, calls] of Object.entries(pieces)) {
      const parts = await partsIn(...calls.map((call) => said({ tool_calls: [call] })), said({}, 'tool_calls'));
      assert.deepEqual(
        parts.filter(({ type }) => type === 'tool-input-start' || type === 'tool-call'),
        [
          { type: 'tool-input-start', id: 'a', toolName: 'look' },
          { type: 'tool-call', toolCallId: 'a', toolName: 'look', input: '{"at":"it"}' },
        ],
        what,
      );
      assert.equal(parts.flatMap((part) => (part.type === 'tool-input-delta' ? part.delta : [])).join(''), '{"at":"it"}', what);
    }
  });

  test('may call the same tool twice, under ids that the server forgot', async () => {
    const calls = [0, 1].map((index) => ({ index, function: { name: 'look', arguments: String(index) } }));
    const parts = await partsIn(said({ tool_calls: calls }), said({}, 'tool_calls'));
    const ids = parts.flatMap((part) => (part.type === 'tool-call' ? part.toolCallId : []));
    assert.equal(new Set(ids).size, 2);
  });

  test('may think aloud, and may be a refusal', async () => {
    const thinking = await partsIn(
      said({ reasoning_content: 'hm' }),
      said({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'so' }] }] }),
    );
    assert.deepEqual(
      thinking.flatMap((part) => (part.type === 'reasoning-delta' ? part.delta : [])),
      ['hm', 'so'],
    );
    const refused = (await partsIn(said({ refusal: 'No.' }), said({}, 'stop'))).at(-1);
    assert.ok(refused?.type === 'finish');
    assert.equal(refused.finishReason.unified, 'content-filter');
  });

  test('an error that is null is none', async () => {
    assert.deepEqual(
      (await partsIn(event({ error: null, choices: [{ delta: { content: 'Hi' } }] }))).map(({ type }) => type),
      ['text-delta'],
    );
  });
});

suite('a whole answer', () => {
  const choice = (message: unknown, finish = 'stop'): unknown => ({ choices: [{ message, finish_reason: finish }] });

  test('is a text, parts of one, tool calls, or a refusal', () => {
    assert.deepEqual(
      answerIn(
        choice({
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        }),
      )?.content,
      [{ type: 'text', text: 'ab' }],
    );
    assert.deepEqual(
      answerIn(choice({ content: null, tool_calls: [{ function: { name: 'look', arguments: { at: 'it' } } }] }, 'tool_calls'))?.content,
      [{ type: 'tool-call', toolCallId: 'call-0', toolName: 'look', input: '{"at":"it"}' }],
    );
    const refusal = answerIn(choice({ content: null, refusal: 'No.' }));
    assert.deepEqual([refusal?.content, refusal?.finishReason.unified], [[{ type: 'text', text: 'No.' }], 'content-filter']);
  });

  test('is not what only looks like one', () => {
    for (const body of [null, 1, [], {}, { choices: {} }, { choices: [] }, choice('hi'), choice(undefined), choice({ content: 42 })])
      assert.equal(answerIn(body), undefined, JSON.stringify(body));
    assert.equal(answerIn(choice({ content: '', tool_calls: [{ id: 'a' }] })), undefined);
  });
});

suite('a request', () => {
  const dialect = { seed: 'seed', asksForUsage: true } as const;
  const sent = (prompt: LanguageModelV4Prompt): unknown => JSON.parse(JSON.stringify(bodyOf('m', { prompt }, dialect)));

  test('says what was said, called and given, and nothing that nobody asked for', () => {
    const call = (input: unknown) => ({ type: 'tool-call', toolCallId: 'a', toolName: 'look', input }) as const;
    const prompt: LanguageModelV4Prompt = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Look.' }] },
      { role: 'assistant', content: [call({ at: 'it' })] },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'look', output: { type: 'text', value: 'seen' } }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Again.' }, call('{"at":1}'), call('{"at":')] },
    ];
    const made = (text: string) => ({ id: 'a', type: 'function', function: { name: 'look', arguments: text } });
    assert.deepEqual(sent(prompt), {
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Look.' },
        { role: 'assistant', content: null, tool_calls: [made('{"at":"it"}')] },
        { role: 'tool', tool_call_id: 'a', content: 'seen' },
        { role: 'assistant', content: 'Again.', tool_calls: [made('{"at":1}'), made(JSON.stringify('{"at":'))] },
      ],
    });
  });

  test('that cannot be said in this protocol is refused, and not sent without a part of it', () => {
    const file = { type: 'file', mediaType: 'image/png', data: { type: 'text', text: '' } } as const;
    assert.throws(() => sent([{ role: 'user', content: [file] }]), UnsupportedFunctionalityError);
  });

  test('for a stream asks for its usage where the server knows the word', () => {
    assert.deepEqual(asStream({}, dialect), { stream: true, stream_options: { include_usage: true } });
    assert.deepEqual(asStream({}, { ...dialect, asksForUsage: false }), { stream: true });
  });
});

test('a stream that is over leaves its connection to the next request', async (t) => {
  const sockets = new Set<Socket>();
  const url = await listening(t, (request, response) => {
    sockets.add(request.socket);
    assert.deepEqual([request.headers['user-agent'], request.headers.authorization], ['continuo', 'Bearer k']);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(said({ content: 'Hi' }, 'stop'));
    response.end('data: [DONE]\n\n: and a word more\n\n');
  });
  const base = new URL('.', url).href.replace(/\/$/, '');
  const { language } = chatConnection({
    base,
    model: 'm',
    key: 'k',
    dialect: { seed: 'seed', asksForUsage: true },
    post: keptConnections(),
  });
  for (const _ of [1, 2, 3]) {
    const { stream } = await language.doStream({ prompt: [] });
    assert.deepEqual(
      (await all(stream)).map(({ type }) => type),
      ['text-delta', 'finish'],
    );
  }
  assert.equal(sockets.size, 1);
});
