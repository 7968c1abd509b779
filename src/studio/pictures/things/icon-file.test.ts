import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packIcons, unpackIcons } from './icon-file.ts';

test('icons of many parts come out as they went in', () => {
  const bodies = new Map(Array.from({ length: 250 }, (_, at) => [`icon-${at}`, `<path d="M${at} 0"/>`] as const));
  const icons = unpackIcons(packIcons(bodies));
  assert.deepEqual(new Map(icons.names.map((name) => [name, icons.body(name)])), bodies);
});

test('icons come out of the file as they went in', () => {
  const bodies = new Map([
    ['dot', '<path d="M0 0h1"/>'],
    ['nothing', ''],
    ['words', '<title>größer 紙</title>'],
    ['last', '<path d="M1\n1"/>'],
  ]);
  const icons = unpackIcons(packIcons(bodies));
  assert.deepEqual(icons.names, [...bodies.keys()]);
  for (const [name, body] of bodies) assert.equal(icons.body(name), body);
  assert.equal(icons.body('none'), undefined);
});
