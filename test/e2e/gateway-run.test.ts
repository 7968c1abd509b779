import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { Desk, outcome } from './continuo.ts';
import { explain, options } from './desk.ts';

const config = `[functions.titles]
type = "json"
[functions.titles.variants.model]
type = "chat_completion"
model = "openai::gpt-5.4-mini"
[functions.titles.variants.quick]
type = "rules"
grammar = "rules.toml"
[metrics.user_satisfaction]
type = "boolean"
optimize = "max"
level = "episode"
`;

const agents = `import { existsSync } from 'node:fs';
import { agent, workflow } from 'continuo';
const writer = agent({ id: 'writer', run: async (topic, ctx) => (await ctx.infer('titles', { topic })).title });
const keeper = agent({
  id: 'keeper',
  run: async (_, ctx) => {
    ctx.log('holding');
    while (!existsSync('go')) await ctx.sleep(5);
    return true;
  },
});
export const film = workflow('film').step('title', writer, ({ input }) => input.topic).build();
export const held = workflow('held').step('title', writer, () => 'kites').step('hold', keeper, () => null).build();
export default [writer, keeper];
`;

function desk(t: TestContext): Desk {
  const at = new Desk(t);
  at.write('g.toml', config);
  at.write('rules.toml', '[output]\ntitle = "About {{ topic }}"\n');
  at.write('agents.mjs', agents);
  return at;
}

const film = (...words: readonly string[]): readonly string[] =>
  ['run', 'agents.mjs#film', '--agents', 'agents.mjs', '--input', '{"topic":"kites"}', '--run-id', 'r1', ...words, '-g', 'g.toml'] as const;

suite('continuo run with agents that ask the gateway', options, () => {
  test('one sees that rules answered, and how a model would', async (t) => {
    const at = desk(t);
    const ended = await at.run(...film());
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /"About kites"/);
    assert.match(ended.stdout, /rules +titles \(no model had a part\)\n +models answer where there is a key: .* gateway check\n/);
    assert.match((await at.run('show', 'r1')).stdout, /rules +titles \(no model had a part\)/);
    const rated = await at.run('feedback', 'r1', '--satisfied', '--config', 'g.toml', '--json');
    assert.equal(rated.code, 0, explain(rated));
    assert.equal(outcome(rated)['episode_id'], 'r1');
    assert.match((await at.run('experiments', 'titles', '--config', 'g.toml')).stdout, /quick +– +1 /);
  });

  test('--json has who answered', async (t) => {
    const ended = await desk(t).run(...film('--json'));
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(outcome(ended)['answers'], [{ function: 'titles', variant: 'quick', source: 'rules', count: 1, cost: 0 }]);
  });

  test('the gateway’s commands work beside the engine that holds the directory', async (t) => {
    const at = desk(t);
    const running = at.start('run', 'agents.mjs#held', '--agents', 'agents.mjs', '--run-id', 'r1', '-g', 'g.toml');
    await running.until(/holding/);
    const commands: readonly (readonly string[])[] = [
      ['infer', 'titles', '--input', '{"topic":"x"}', '--config', 'g.toml'],
      ['feedback', 'r1', '--satisfied', '--config', 'g.toml'],
      ['experiments', '--config', 'g.toml'],
      ['gateway', 'report'],
      ['gateway', 'alerts'],
    ];
    for (const words of commands) {
      const ended = await at.run(...words);
      assert.equal(ended.code, 0, `${words.join(' ')}: ${explain(ended)}`);
    }
    at.write('go', '');
    assert.equal((await running.ended).code, 0);
  });

  test('feedback that does not fit is the caller’s to mend', async (t) => {
    const at = desk(t);
    await at.run(...film());
    const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
      [['r2', '--satisfied'], /INFERENCE_UNKNOWN: .*"r2"/],
      [['r1', '--metric', 'user_satisfactoin', '--value', 'true'], /METRIC_UNKNOWN: .*\(user_satisfaction\?\)/],
      [['r1', '--metric', 'user_satisfaction', '--value', '7'], /FEEDBACK_INVALID: .*true or false, not 7/],
      [['r1'], /USAGE: say how good it was/],
    ];
    for (const [words, says] of wrong) {
      const ended = await at.run('feedback', ...words, '--config', 'g.toml');
      assert.equal(ended.code, 2, explain(ended));
      assert.match(ended.stderr, says);
    }
  });
});
