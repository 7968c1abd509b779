import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answer, Gate, image, ModelServer, speech, status } from './index.ts';

const post = (server: ModelServer, path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { method: 'POST', body: JSON.stringify(body), headers });
const chat = (server: ModelServer, model: string, more: object = {}): Promise<Response> =>
  post(server, '/v1/chat/completions', { model, messages: [], ...more });

suite('the model server', () => {
  test('replies stand in a row for every model', async () => {
    await using server = await ModelServer.start();
    server.script('a', answer('one'), status(500, 'oh'));
    server.script('b', answer('other'));
    assert.match(await (await chat(server, 'a')).text(), /"one"/);
    assert.match(await (await chat(server, 'b')).text(), /"other"/);
    assert.equal((await chat(server, 'a')).status, 500);
    assert.deepEqual([server.count('a'), server.count('b')], [2, 1]);
    server.verify();
  });

  test('verify tells what was asked and not scripted, and what was scripted and not asked', async () => {
    await using server = await ModelServer.start();
    assert.equal((await chat(server, 'a')).status, 599);
    server.script('b', answer('x'), answer('y'));
    assert.throws(() => server.verify(), /a was asked, and nothing was scripted for it; 2 scripted replies of b were not asked for/);
  });

  test('otherwise answers when the script is over', async () => {
    await using server = await ModelServer.start();
    server.script('a', answer('first'));
    server.otherwise((model) => answer(`always ${model}`));
    assert.match(await (await chat(server, 'a')).text(), /first/);
    assert.match(await (await chat(server, 'a')).text(), /always a/);
    server.verify();
  });

  test('keys are recorded only when asked for', async () => {
    const headers = { authorization: 'Bearer abc', 'x-api-key': 'abc', 'x-goog-api-key': 'abc', 'x-other': 'yes' };
    for (const recordKeys of [false, true]) {
      await using server = await ModelServer.start({ recordKeys });
      server.otherwise(answer('x'));
      await post(server, '/v1/chat/completions', { model: 'a' }, headers);
      assert.equal(JSON.stringify(server.requests).includes('abc'), recordKeys);
      assert.equal(server.requests[0]?.headers['x-other'], 'yes');
    }
  });

  const paths: readonly (readonly [string, object, RegExp, RegExp])[] = [
    ['/v1/chat/completions', { model: 'm', stream: true }, /"delta":\{"content":"lo"\}/, /data: \[DONE\]\n\n$/],
    ['/v1/messages', { model: 'm', stream: true }, /event: content_block_delta\ndata: .*"lo"/, /event: message_stop/],
    ['/v1beta/models/m:streamGenerateContent?alt=sse', {}, /"text":"lo"/, /"finishReason":"STOP"/],
  ];
  for (const [path, body, piece, end] of paths)
    test(`${path}: a stream comes in pieces and waits at a gate`, async () => {
      await using server = await ModelServer.start();
      const gate = new Gate();
      server.script('m', answer(['Hel', gate, 'lo']));
      const response = await post(server, path, body);
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      assert.ok(reader !== undefined);
      let text = '';
      while (!text.includes('Hel')) text += (await reader.read()).value ?? '';
      assert.doesNotMatch(text, piece);
      gate.open();
      for (let read = await reader.read(); !read.done; read = await reader.read()) text += read.value;
      assert.match(text, piece);
      assert.match(text, end);
      assert.equal(server.requests[0]?.streamed, true);
    });

  test('pictures and speech come as each protocol gives them', async () => {
    await using server = await ModelServer.start();
    const bytes = Uint8Array.of(1, 2, 3);
    server.script('m', image(bytes), speech(bytes), image(bytes, 'image/jpeg'));
    assert.match(await (await post(server, '/v1/images/generations', { model: 'm' })).text(), /"b64_json":"AQID"/);
    const spoken = await post(server, '/v1/audio/speech', { model: 'm' });
    assert.equal(spoken.headers.get('content-type'), 'audio/wav');
    assert.deepEqual(await spoken.bytes(), bytes);
    const drawn = await post(server, '/v1beta/models/m:generateContent', {});
    assert.match(await drawn.text(), /"inlineData":\{"mimeType":"image\/jpeg","data":"AQID"\}/);
    server.verify();
  });

  test('a held reply waits, and a client that goes away is seen', async () => {
    await using server = await ModelServer.start();
    const gate = new Gate();
    server.script('a', { is: 'held', gate, reply: answer('late') }, { is: 'hang' });
    const late = chat(server, 'a');
    await server.received(1);
    gate.open();
    assert.equal((await late).status, 200);
    const abort = new AbortController();
    const hanging = assert.rejects(
      fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: '{"model":"a"}', signal: abort.signal }),
    );
    const { gone } = await server.received(2);
    abort.abort();
    await hanging;
    await gone;
  });

  test('an answer that is cut is announced longer than it is', async () => {
    await using server = await ModelServer.start();
    server.script('a', { is: 'cut', after: ['something'] });
    await assert.rejects((await chat(server, 'a')).text());
  });
});
