/** A film that is asked for over HTTP, by a program that has nothing but the address and a key. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, client } from '../../src/client/index.ts';
import { shortScript } from '../../systems/diy-video/fixtures/short-script.ts';
import { Desk } from './continuo.ts';
import { explain } from './desk.ts';

const key = 'a-key-for-this-test-alone-0123456789abcdef';
const small = { topic: 'paper plane', aspect: '1:1', quality: 'draft', duration: 20, script: shortScript() };

test('a film is asked for, followed, and downloaded', async (t) => {
  const at = new Desk(t, { CONTINUO_ADMIN_KEY: key });
  const serving = at.start('serve', '--port', '0');
  await serving.until(/http:\S+\/readyz/);
  const url = /(http:\S+)\/readyz/.exec(serving.said)?.[1] ?? '';
  const continuo = client({ url, key });

  const { workflow_id: id } = await continuo.startWorkflow({ body: { workflow: 'diy-video', input: small } });
  const heard: string[] = [];
  for await (const { event } of continuo.follow(id)) heard.push(event);
  assert.ok(heard[0] === 'run:started' && heard.includes('run:ended'), heard.join(' '));
  const status = await continuo.videoStatus({ params: { id } });
  assert.deepEqual([status.status, status.progress, status.error], ['completed', 100, undefined]);

  const film = await fetch(new URL(status.video_url ?? '', url), { headers: { authorization: `Bearer ${key}`, range: 'bytes=0-11' } });
  assert.deepEqual([film.status, film.headers.get('content-type')], [206, 'video/mp4']);
  assert.equal(Buffer.from(await film.arrayBuffer()).toString('latin1', 4, 8), 'ftyp');
  const without = await fetch(new URL(status.video_url ?? '', url));
  assert.equal(without.status, 401);

  // What is asked from outside names no files of this machine.
  const curious = await continuo.startWorkflow({ body: { workflow: 'diy-video', input: { ...small, assets: '/etc' } } });
  for await (const _ of continuo.follow(curious.workflow_id));
  const { error } = await continuo.videoStatus({ params: { id: curious.workflow_id } });
  assert.equal(error?.code, 'INPUT_INVALID');

  await assert.rejects(continuo.videoStatus({ params: { id: 'nothing' } }), (refused: unknown) => {
    assert.ok(refused instanceof ApiError);
    assert.deepEqual([refused.status, refused.code], [404, 'RUN_UNKNOWN']);
    return true;
  });
  const ended = await serving.kill('SIGTERM');
  assert.equal(ended.code, 0, explain(ended));
});
