import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import type { LedgerEntry } from '../../src/ports/ledger.ts';
import { Desk } from './continuo.ts';

const config = `
[functions.writer]
type = "chat"
[functions.writer.variants.plain]
type = "chat_completion"
model = "openai::gpt-5-mini"
[functions.writer.variants.vivid]
type = "chat_completion"
model = "openai::gpt-5-mini"
[functions.writer.experimentation]
type = "adaptive"
algorithm = "track_and_stop"
metric = "liked"
candidate_variants = ["plain", "vivid"]

[functions.reader]
type = "chat"
[functions.reader.variants.only]
type = "chat_completion"
model = "openai::gpt-5-mini"

[metrics.liked]
type = "boolean"
optimize = "max"
level = "inference"
`;

function* entries(): Generator<LedgerEntry> {
  const about = { project: 'default', tags: {} };
  for (let at = 0; at < 200; at++) {
    const variant = at % 2 === 0 ? 'plain' : 'vivid';
    const counted = { inputTokens: 10, cachedTokens: 0, outputTokens: 10, cost: 0.01, latency: 500 };
    const record = {
      ...about,
      ...counted,
      id: `i${at}`,
      at,
      function: 'writer',
      variant,
      episode: `e${at}`,
      source: 'model',
      status: 'ok',
    } as const;
    yield { is: 'inference', record };
    const liked = at % 10 < 8 === (variant === 'vivid');
    yield { is: 'feedback', record: { ...about, id: `f${at}`, at, metric: 'liked', value: liked, inference: `i${at}` } };
  }
}

/** A folder with a configuration and two hundred answers that somebody judged. */
async function folder(desk: Desk): Promise<void> {
  desk.write('gateway.toml', config);
  const backend = await openSqlite({ dir: desk.path('.continuo'), role: 'engine' });
  await backend.ledger.write([...entries()]);
  await backend.close();
}

suite('continuo experiments', () => {
  test('lists functions with feedback; of one, says which variant is better, and draws it', async (t) => {
    const desk = new Desk(t);
    await folder(desk);
    const list = await desk.run('experiments', '--config', 'gateway.toml');
    assert.equal(list.code, 0, list.stderr);
    assert.match(list.stdout, /writer +2 +200 +200 +vivid wins by liked/);
    assert.doesNotMatch(list.stdout, /reader/);

    const one = await desk.run('experiments', 'writer', '--config', 'gateway.toml', '--svg', 'writer.svg');
    assert.equal(one.code, 0, one.stderr);
    assert.match(one.stdout, /vivid +100 % +100/);
    assert.match(one.stdout, /├─+●─*┤/);
    assert.match(one.stdout.replaceAll(/\s+/g, ' '), /vivid \(0\.8\) is better than every other candidate by liked/);
    assert.ok(one.stdout.split('\n').every((line) => line.length <= 80));
    assert.match(readFileSync(desk.path('writer.svg'), 'utf8'), /^<svg .*<\/svg>\n$/s);

    const json = await desk.run('experiments', 'writer', '--config', 'gateway.toml', '--json');
    // What the command promises for programs.
    const { functions } = JSON.parse(json.stdout) as { functions: { metrics: { verdict: { is: string; variant: string } }[] }[] };
    assert.equal(functions[0]?.metrics[0]?.verdict.variant, 'vivid');
  });

  test('says what is wrong: no such function, metric, directory, or nothing to draw', async (t) => {
    const desk = new Desk(t);
    await folder(desk);
    const wrong: readonly (readonly [words: readonly string[], code: RegExp])[] = [
      [['writre'], /FUNCTION_UNKNOWN.*writer/s],
      [['writer', '--metric', 'like'], /METRIC_UNKNOWN.*liked/s],
      [['writer', '--dir', 'elsewhere'], /USAGE.*elsewhere/s],
      [['--svg', 'all.svg'], /USAGE.*name it/s],
      [['writer', '--svg', 'no/such/folder.svg'], /USAGE.*folder\.svg/s],
    ];
    for (const [words, code] of wrong) {
      const ended = await desk.run('experiments', ...words, '--config', 'gateway.toml');
      assert.notEqual(ended.code, 0);
      assert.match(ended.stderr, code);
    }
  });

  test('in a folder where nothing was ever said, says that', async (t) => {
    const desk = new Desk(t);
    desk.write('gateway.toml', config);
    const ended = await desk.run('experiments', '--config', 'gateway.toml');
    assert.equal(ended.code, 0);
    assert.match(ended.stdout, /no feedback in \.continuo yet/);
  });
});
