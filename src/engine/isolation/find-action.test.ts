import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findAction } from './find-action.ts';
import { isolatedAgent, recordingContext } from './fixtures/recording-context.ts';
import { processIsolation } from './process-isolation.ts';

const module = new URL('./fixtures/agents.ts', import.meta.url).href;
const find = (agent: string, action: string, from = module): ReturnType<typeof findAction> => findAction({ module: from, agent, action });
const { ctx } = recordingContext();

suite('an agent in its module', () => {
  test('is found in the default export, in a named one and in a named list', async () => {
    assert.equal((await find('speaks', 'echo')).run('hello', ctx), 'hello');
    assert.equal((await find('single', 'run')).run(null, ctx), 'one action');
    assert.equal((await find('listed', 'go')).run(null, ctx), 'from a list');
  });

  test('says whether a schema reads its answer', async () => {
    assert.equal((await find('speaks', 'dated')).hasOutputSchema, true);
    assert.equal((await find('speaks', 'echo')).hasOutputSchema, false);
  });

  test('that is not there: the error names those that are', async () => {
    await assert.rejects(find('nobody', 'run'), {
      code: 'AGENT_INVALID',
      message: /"nobody" is not exported .*: it exports ends, speaks, listed, single\./,
    });
    await assert.rejects(find('nobody', 'run', 'data:text/javascript,'), { code: 'AGENT_INVALID', message: /it exports no agent/ });
  });

  test('without the action: the error names those that it has', async () => {
    await assert.rejects(find('listed', 'stay'), { code: 'ACTION_UNKNOWN', message: /it has go$/ });
    await assert.rejects(find('listed', 'toString'), { code: 'ACTION_UNKNOWN' });
  });

  test('whose module cannot be imported: the error says why', async () => {
    await assert.rejects(find('a', 'b', 'data:text/javascript,throw new Error("no key is set")'), {
      code: 'AGENT_INVALID',
      message: /could not be imported: no key is set/,
    });
  });
});

suite('an agent that cannot be isolated', { timeout: 60_000 }, () => {
  test('because it has no module: the error says what to write', async () => {
    const { module: _, ...homeless } = isolatedAgent('homeless', 'agents.ts');
    await assert.rejects(processIsolation().run(homeless, 'run', null, ctx), {
      code: 'AGENT_INVALID',
      message: /`module: import\.meta\.url`/,
    });
  });

  test('because its module does not export it', async () => {
    await assert.rejects(processIsolation().run(isolatedAgent('nobody', 'agents.ts'), 'run', null, ctx), { code: 'AGENT_INVALID' });
  });

  test('because its module runs it when it is imported: no process starts another', async () => {
    await assert.rejects(processIsolation().run(isolatedAgent('snake', 'runs-itself.ts'), 'bite', null, ctx), {
      code: 'AGENT_INVALID',
      message: /only declares them/,
    });
  });
});
