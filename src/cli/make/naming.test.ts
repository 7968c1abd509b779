import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runIdOf, slugOf } from './naming.ts';

describe('how a film is called', () => {
  for (const [topic, slug] of [
    ['How to fold a paper airplane?', 'how-to-fold-a-paper-airplane'],
    ['  Crème brûlée!  ', 'creme-brulee'],
    ['🚀🐙', 'film'],
    ['../../etc/passwd', 'etc-passwd'],
    ['如何做纸飞机', '如何做纸飞机'],
    ['طائرة ورقية', 'طائرة-ورقية'],
    ['कागज़ का विमान', 'कागज़-का-विमान'],
    ['a'.repeat(300), 'a'.repeat(60)],
  ] as const)
    it(`${topic.slice(0, 40)} is ${slug.slice(0, 40)}`, () => assert.equal(slugOf(topic), slug));

  it('ends a long name at a word', () => {
    const slug = slugOf('how to build a very long bookshelf that fits under the stairs of an old house');
    assert.equal(slug, 'how-to-build-a-very-long-bookshelf-that-fits-under-the');
  });
});

describe('the id of its run', () => {
  const request = { topic: 'Paper planes', duration: 60 };
  it('is the same for the same request, and another for any other', () => {
    assert.equal(runIdOf('Paper planes', request, 1), runIdOf('Paper planes', { ...request }, 1));
    assert.notEqual(runIdOf('Paper planes', request, 1), runIdOf('Paper planes', { ...request, duration: 61 }, 1));
    assert.notEqual(runIdOf('Paper planes', request, 1), runIdOf('Paper planes', request, 2));
  });
  it('can be an id whatever the topic is', () => {
    for (const topic of ['如何做纸飞机', '🚀', '---', 'Ünïcödé', 'x'.repeat(500)])
      assert.match(runIdOf(topic, request, 1), /^[a-z0-9-]{5,128}$/);
  });
});
