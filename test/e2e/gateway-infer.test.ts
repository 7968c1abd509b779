import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, test, type TestContext } from 'node:test';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { answer, status } from '../../src/testing/model-server/script.ts';
import { ModelServer } from '../../src/testing/model-server/model-server.ts';
import { Desk, launcher, outcome } from './continuo.ts';
import { explain, options } from './desk.ts';

const fields = {
  type: 'object',
  properties: {
    topic: { type: 'string', minLength: 1, description: 'What it is about.' },
    mood: { enum: ['calm', 'bold'] },
    scenes: { type: 'integer', minimum: 2, maximum: 9 },
  },
  required: ['topic', 'mood', 'scenes'],
  additionalProperties: false,
};

/** `titles` takes one field that must be there, `scripts` three; rules answer both. */
const ruled = ['titles', 'scripts']
  .map(
    (name) =>
      `[functions.${name}]\ntype = "json"\nuser_schema = "${name}.json"\n[functions.${name}.variants.quick]\ntype = "rules"\ngrammar = "rules.toml"\n`,
  )
  .join('');

function ruledDesk(t: TestContext): Desk {
  const at = new Desk(t);
  at.write('titles.json', { ...fields, required: ['topic'] });
  at.write('scripts.json', fields);
  at.write('rules.toml', '[output]\ntitle = "About {{ topic }}"\n');
  at.write('g.toml', ruled);
  return at;
}

/** Functions that a local server answers: each is named like the model that it asks; `keyed` needs a key. */
async function servedDesk(t: TestContext, ...names: readonly string[]): Promise<{ readonly at: Desk; readonly server: ModelServer }> {
  const server = await ModelServer.start();
  t.after(() => server.close());
  const at = new Desk(t);
  const sections = names.map(
    (name) => `[models.${name}]
routing = ["local"]
[models.${name}.providers.local]
type = "openai"
model_name = "${name}"
api_base = "${server.url}/v1"
${name === 'keyed' ? '' : 'api_key_location = "none"'}
[functions.${name}]
type = "chat"
[functions.${name}.variants.only]
type = "chat_completion"
model = "${name}"
`,
  );
  at.write('g.toml', sections.join(''));
  return { at, server };
}

suite('continuo infer without a key', options, () => {
  test('a text is for the one field that must be there, from wherever it comes', async (t) => {
    const at = ruledDesk(t);
    at.write('input.json', { topic: 'kites' });
    for (const given of ['kites', '"kites"', '{"topic":"kites"}', '@input.json', '-']) {
      const words = ['infer', 'titles', '--input', given, '--config', 'g.toml'];
      const ended = await (given === '-' ? at.runWith('kites\n', ...words) : at.run(...words));
      assert.equal(ended.code, 0, explain(ended));
      assert.deepEqual(JSON.parse(ended.stdout), { title: 'About kites' }, given);
      assert.match(ended.stderr, /variant quick · by rules, without a model/);
    }
  });

  test('whoever asks wrongly is told the fields and an example that works', async (t) => {
    const at = ruledDesk(t);
    const wrong: readonly (readonly [input: readonly string[], says: RegExp])[] = [
      [[], /USAGE: what is function scripts asked\?/],
      [['--input', 'kites'], /INPUT_INVALID: function scripts takes fields, and not text/],
      [['--input', '{"topic":"","mood":"loud","scenes":1}'], /INPUT_INVALID.*topic.*mood.*calm.*scenes/],
      [['--input', '{topic: 1}'], /USAGE: --input is not JSON/],
      [['--input', ''], /USAGE: --input is empty/],
    ];
    for (const [input, says] of wrong) {
      const ended = await at.run('infer', 'scripts', ...input, '--config', 'g.toml');
      assert.equal(ended.code, 2, explain(ended));
      assert.match(ended.stderr, says);
      assert.match(ended.stderr, /topic +text +What it is about\.\n +mood +calm or bold\n +scenes +integer, 2 to 9\n/);
      const example = /for example:\n +.* infer (scripts --input '.*')\n/.exec(ended.stderr)?.[1] ?? '';
      const again = await at.shell(`'${process.execPath}' '${launcher}' infer ${example} --config g.toml`);
      assert.equal(again.code, 0, explain(again));
    }
  });

  test('what is not there is the caller’s to mend, and nothing is opened for it', async (t) => {
    const at = ruledDesk(t);
    const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
      [['title', '--input', 'x'], /FUNCTION_UNKNOWN: .*"title" \(titles\?\)/],
      [['titles', '--input', '@nowhere'], /USAGE: --input names a file that cannot be read/],
      [['titles', '--input', 'x', '--cache', 'sometimes'], /USAGE: .*off, on, read_only, write_only/],
    ];
    for (const [words, says] of wrong) {
      const ended = await at.run('infer', ...words, '--config', 'g.toml', '--json');
      assert.equal(ended.code, 2, explain(ended));
      assert.match(ended.stderr, says);
      assert.equal(outcome(ended).status, 'invalid');
    }
    const swallowed = await at.run('infer', '--config', 'g.toml', 'titles');
    assert.match(swallowed.stderr, /missing required argument 'function' \(--config takes every word up to the next option/);
    assert.ok(!existsSync(at.path('.continuo')));
    const variant = await at.run('infer', 'titles', '--input', 'x', '--variant', 'quik', '--config', 'g.toml');
    assert.equal(variant.code, 2, explain(variant));
    assert.match(variant.stderr, /VARIANT_UNKNOWN: function titles has no variant "quik" \(quick\?\)/);
  });

  test('on a terminal long errors are broken between words, and a command is not', async (t) => {
    const at = ruledDesk(t);
    const ended = await at.onTerminal('infer', 'scripts', '--input', 'kites', '--config', 'g.toml').ended;
    const lines = ended.stdout.split('\r\n');
    assert.equal(lines.filter((line) => line.includes(' infer scripts --input ')).length, 1);
    assert.ok(lines.some((line) => line.endsWith(`"scenes":2}'`)));
  });
});

suite('continuo infer with a model', options, () => {
  test('the answer is on stdout; who gave it, and what nobody knows of its price, on stderr', async (t) => {
    const { at, server } = await servedDesk(t, 'good');
    server.script('good', answer('Hello.'), answer(['Hel', 'lo.']));
    const plain = await at.run('infer', 'good', '--input', 'hi', '--config', 'g.toml');
    assert.equal(plain.code, 0, explain(plain));
    assert.equal(plain.stdout, 'Hello.\n');
    assert.match(plain.stderr, /no price is known for openai model "good"/);
    assert.match(plain.stderr, /variant only · by good at local · .*\n\d+ tokens in, \d+ out · \$0\n/);
    const streamed = await at.run('infer', 'good', '--input', 'hi', '--config', 'g.toml', '--stream');
    assert.equal(streamed.stdout, 'Hello.\n');
    server.verify();
  });

  test('an answer is kept, and taken again: it says so, and costs nothing', async (t) => {
    const { at, server } = await servedDesk(t, 'good');
    server.script('good', answer('Hello.'));
    const sources: unknown[] = [];
    for (const _ of [1, 2]) {
      const ended = await at.run('infer', 'good', '--input', 'hi', '--config', 'g.toml', '--cache', 'on', '--json');
      const { source, output, cost, model, variant, inference_id: id, episode_id: episode, latency_ms: latency } = outcome(ended);
      assert.deepEqual([output, cost, model, variant], ['Hello.', 0, 'good', 'only']);
      assert.deepEqual([typeof id, typeof episode, typeof latency], ['string', 'string', 'number']);
      sources.push(source);
    }
    assert.deepEqual(sources, ['model', 'cache']);
    server.verify();
  });

  test('a key that is missing: 2; one that is refused: 1, without the key in it', async (t) => {
    const { at, server } = await servedDesk(t, 'keyed');
    const missing = await at.run('infer', 'keyed', '--input', 'hi', '--config', 'g.toml');
    assert.equal(missing.code, 2, explain(missing));
    assert.match(missing.stderr, /KEY_MISSING: .*set OPENAI_API_KEY/);
    server.script('keyed', status(401, 'no account has sk-a-secret-key'));
    const refused = await at.shell(
      `OPENAI_API_KEY=sk-a-secret-key '${process.execPath}' '${launcher}' infer keyed --input hi --config g.toml`,
    );
    assert.equal(refused.code, 1, explain(refused));
    assert.match(refused.stderr, /KEY_REFUSED: .*Check OPENAI_API_KEY/);
    assert.doesNotMatch(refused.stderr, /sk-a-secret-key/);
    server.verify();
  });

  test('Ctrl-C gives up: 130, and the ledger knows that nobody waited', async (t) => {
    const { at, server } = await servedDesk(t, 'slow');
    server.script('slow', { is: 'hang' });
    const asking = at.start('infer', 'slow', '--input', 'hi', '--config', 'g.toml', '--json');
    const { gone } = await server.received(1);
    const ended = await asking.kill('SIGINT');
    await gone;
    assert.equal(ended.code, 130, explain(ended));
    assert.equal(outcome(ended).status, 'interrupted');
    const backend = await openSqlite({ dir: at.path('.continuo'), role: 'visitor' });
    const [inference] = await backend.ledger.inferences({ function: 'slow' });
    await backend.close();
    assert.deepEqual([inference?.status, inference?.error?.code], ['failed', 'CANCELLED']);
  });
});
