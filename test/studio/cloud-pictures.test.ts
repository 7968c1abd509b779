/** In runs of a real engine, asking a real server. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { loadImage } from '@napi-rs/canvas';
import { Gate, image, ModelServer, status } from '../../src/testing/model-server/index.ts';
import type { Picture } from '../../src/studio/film/picture.ts';
import type { StudioAgent } from '../../src/studio/studio-agent.ts';
import { openStudioWorkers } from '../../src/studio/workers/studio-workers.ts';
import { cloudPicturesAgent } from '../../src/studio/cloud/cloud-pictures-agent.ts';
import type { PictureBrief } from '../../src/studio/pictures/brief.ts';
import { picturesAgent } from '../../src/studio/pictures/pictures-agent.ts';
import { fallingOver, oneStep } from './one-step.ts';
import { brightPicture, imageModelAt, palette, secret } from '../../src/studio/cloud/fixtures/rig.ts';
import type { ImageModelConfig } from '../../src/studio/cloud/studio-config.ts';

const workers = openStudioWorkers({ workers: 1 });
after(() => workers.close());

const offline = picturesAgent({ workers });
const good = image(brightPicture(800, 800));
const damaged = image(brightPicture(800, 800).subarray(0, 60));

const brief: PictureBrief = {
  kind: 'step',
  number: 4,
  aspect: '1:1',
  palette,
  arrangement: 'podium',
  things: ['pencil'],
  diagram: null,
  photo: null,
  ground: 0,
  seed: 1,
  shows: 'a paper airplane',
};

function agentAt(url: string, more: Partial<ImageModelConfig> = {}): StudioAgent<PictureBrief, Picture> {
  return cloudPicturesAgent({ offline, model: imageModelAt(url, 'openai', more) });
}

suite('pictures by a model', () => {
  test('a photograph fills the frame, moves, and says where it comes from', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', good);
    const { output, money, blobs, journal } = await oneStep(agentAt(server.url), brief);
    assert.ok(output !== undefined);
    const { background, overscan, motion, sprites, provenance } = output;
    assert.equal(motion, 'ken-burns');
    assert.deepEqual(
      sprites.map(({ role, entrance }) => [role, entrance]),
      [['badge', 'pop']],
    );
    assert.deepEqual([provenance.by, provenance.model, provenance.version, provenance.seed], ['model', 'image-test', '1+image-test.f1', 1]);
    assert.match(provenance.prompt ?? '', /^a paper airplane\. /);
    const { width } = await loadImage(Buffer.from(await blobs.get(background.blob)));
    assert.deepEqual([background.type, width], ['image/jpeg', 1080 + 2 * overscan.x]);
    assert.deepEqual([money.spent, money.reserved], [0.04, 0]);
    assert.ok(!journal.includes(secret));
  });

  test('it is paid for once, also when the machine falls over after it came', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', good);
    const { output, attempts, money } = await oneStep(fallingOver(agentAt(server.url)), brief);
    assert.deepEqual([output?.provenance.by, attempts, server.count('image-test'), money.spent], ['model', 2, 1, 0.04]);
  });

  test('what passes is tried again, and costs nothing where nothing was charged', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', status(429, 'slow down', { 'retry-after-ms': '2' }), status(500, 'oh'), good);
    const { output, attempts, money } = await oneStep(agentAt(server.url), brief);
    assert.deepEqual([output?.provenance.by, attempts], ['model', 3]);
    assert.deepEqual([money.spent, money.reserved], [0.04, 0]);
  });

  test('a damaged picture is paid for and asked for again', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', damaged, good);
    const { output, attempts, money } = await oneStep(fallingOver(agentAt(server.url)), brief);
    assert.deepEqual([output?.provenance.by, attempts, server.count('image-test'), money.spent], ['model', 2, 2, 0.08]);
  });

  test('one that gives nothing but damaged pictures is not asked for ever', async () => {
    await using server = await ModelServer.start();
    server.otherwise(damaged);
    const { output, attempts, logs } = await oneStep(agentAt(server.url), brief);
    assert.deepEqual([output?.provenance.by, attempts, server.count('image-test')], ['offline', 1, 2]);
    assert.match(logs.join(), /drawer gave a damaged picture/);
  });

  test('a provider that stays away is given up, and the picture drawn here', async () => {
    await using server = await ModelServer.start();
    server.otherwise(status(503, 'down'));
    const { output, attempts, logs, money } = await oneStep(agentAt(server.url), brief);
    assert.deepEqual([output?.provenance.by, output?.motion, attempts, money.spent], ['offline', 'drift', 3, 0]);
    assert.match(logs.join(), /drawn on this machine: drawer \(image-test\) does not answer for now: down \(HTTP 503\) \(attempt 3\)/);
  });

  test('what it will not make is drawn here, and not asked for again', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', status(400, 'content_policy_violation'));
    const { output, attempts, logs, money } = await oneStep(fallingOver(agentAt(server.url)), brief);
    assert.deepEqual([output?.provenance.by, attempts, server.count('image-test'), money.spent], ['offline', 2, 1, 0]);
    assert.match(logs.join(), /drawn on this machine: .*will not make this/);
  });

  test('a budget that is too small is not touched: the picture is drawn here, or the run says so', async () => {
    await using server = await ModelServer.start();
    const agent = agentAt(server.url);
    const cheaper = await oneStep(agent, brief, { budget: { limit: 0.03, onLimit: 'degrade' } });
    assert.deepEqual([cheaper.output?.provenance.by, cheaper.money.spent], ['offline', 0]);
    assert.match(cheaper.logs.join(), /it may cost \$0\.040, and the budget has \$0\.030 left/);
    const { error } = await oneStep(agent, brief, { budget: { limit: 0.03, onLimit: 'stop' } });
    assert.equal(error?.code, 'BUDGET_EXCEEDED');
    assert.equal(server.count('image-test'), 0);
  });

  test('a wrong key ends the run at once, and is not told', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', {
      is: 'status',
      status: 401,
      body: ({ key }) => JSON.stringify({ error: { message: `no such key: ${key}` } }),
    });
    const { error, attempts, journal } = await oneStep(agentAt(server.url), brief);
    assert.deepEqual([error?.code, attempts], ['KEY_REFUSED', 1]);
    assert.match(error?.message ?? '', /Check TEST_KEY/);
    assert.ok(!journal.includes(secret));
  });

  test('a diagram is not made anew', async () => {
    await using server = await ModelServer.start();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#fff"/></svg>';
    const diagram = { svg, width: 10, height: 10, shows: 'a fold' };
    const { output } = await oneStep(agentAt(server.url), { ...brief, arrangement: 'board', things: [], diagram });
    assert.deepEqual([output?.provenance.by, server.count('image-test')], ['offline', 0]);
  });

  test('a run that is cancelled asks no longer', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', { is: 'held', gate: new Gate(), reply: good });
    await oneStep(agentAt(server.url), brief, {
      meanwhile: async (orchestrator, run) => {
        const { gone } = await server.received(1);
        await orchestrator.cancel(run);
        await gone;
      },
    });
    assert.equal(server.count('image-test'), 1);
  });

  test('without a model it is the offline agent; with another it has another version', () => {
    assert.equal(cloudPicturesAgent({ offline, model: undefined }), offline);
    assert.notEqual(agentAt('http://localhost').version, offline.version);
    assert.equal(agentAt('http://localhost').id, offline.id);
  });
});
