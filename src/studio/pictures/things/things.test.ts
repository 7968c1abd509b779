import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Resvg } from '@resvg/resvg-js';
import { assetFile } from '../../asset-file.ts';
import { unpackIcons } from './icon-file.ts';
import { iconWords } from './icons/icons.ts';
import { objectNames } from './objects/objects.ts';
import { isThing, thingNames, thingSize, thingSvg, thingWords } from './things.ts';

const around = 4;
const side = thingSize + 2 * around;

interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How far a thing's drawing reaches, in its own units, seen in a picture that is larger than its box. */
function extentOf(name: string): Extent {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-around} ${-around} ${side} ${side}">${thingSvg(name, 'a-')}</svg>`;
  const scale = 3;
  const { pixels, width } = new Resvg(svg, { fitTo: { mode: 'width', value: side * scale }, font: { loadSystemFonts: false } }).render();
  const xs: number[] = [];
  const ys: number[] = [];
  for (let at = 0; at * 4 < pixels.length; at += 1) {
    if ((pixels[at * 4 + 3] ?? 0) <= 40) continue;
    xs.push(at % width);
    ys.push(Math.floor(at / width));
  }
  const low = (values: readonly number[]): number => values.reduce((least, value) => Math.min(least, value), Infinity) / scale - around;
  const high = (values: readonly number[]): number =>
    (values.reduce((most, value) => Math.max(most, value), -Infinity) + 1) / scale - around;
  return { left: low(xs), top: low(ys), right: high(xs), bottom: high(ys) };
}

test('every name is in kebab case, is there once, and has a drawing and words', () => {
  const names = thingNames();
  assert.ok(names.length > 1000, `${names.length} things`);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.ok(isThing(name));
    assert.ok((thingSvg(name, 'a-') ?? '').length > 100, `${name} has no drawing`);
    assert.ok(thingWords(name).length > 0, `${name} has no words`);
    for (const word of thingWords(name)) assert.match(word, /^\S+( \S+)*$/u, `${name}: "${word}"`);
  }
});

test('what is not in the library is not there', () => {
  for (const name of ['', 'flying-carpet', '__proto__', 'toString', 'Paper Airplane', '紙飛機']) {
    assert.equal(isThing(name), false, name);
    assert.equal(thingSvg(name, 'a-'), undefined, name);
    assert.deepEqual(thingWords(name), [], name);
  }
});

test('every drawing is whole in itself: no letters, nothing from outside, its ids prefixed and all there', () => {
  for (const name of thingNames()) {
    const svg = thingSvg(name, 'a-') ?? '';
    assert.doesNotMatch(svg, /<(text|tspan|image|style|script|foreignObject|use)\b/, name);
    assert.doesNotMatch(svg, /\b(https?:|data:|NaN|undefined|Infinity)/, name);
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
    assert.equal(new Set(ids).size, ids.length, `${name} has an id twice`);
    assert.ok(
      ids.every((id) => id.startsWith('a-')),
      `${name}: ${ids.join(' ')}`,
    );
    for (const [, id = ''] of svg.matchAll(/(?:url\(|href=")#([^")]*)/g)) assert.ok(ids.includes(id), `${name} refers to ${id}`);
  }
});

test('the icons in the package are those that have words', () => {
  assert.deepEqual([...unpackIcons(readFileSync(assetFile('icons/fluent-emoji.br'))).names].sort(), [...iconWords.keys()].sort());
});

test('every drawn object fills its box, and stays inside it', () => {
  for (const name of objectNames) {
    const { left, top, right, bottom } = extentOf(name);
    const reaches = `${name} reaches from ${left.toFixed(1)},${top.toFixed(1)} to ${right.toFixed(1)},${bottom.toFixed(1)}`;
    assert.ok(Math.min(left, top) > -0.4 && Math.max(right, bottom) < thingSize + 0.4, reaches);
    assert.ok(Math.max(right - left, bottom - top) >= thingSize * 0.6, reaches);
  }
});

test('icons can be drawn, and stay inside their box', () => {
  for (const name of [...iconWords.keys()].filter((_, at) => at % 25 === 0)) {
    const { left, top, right, bottom } = extentOf(name);
    assert.ok(left > -0.7 && top > -0.7 && right < thingSize + 0.7 && bottom < thingSize + 0.7, name);
    assert.ok(Math.max(right - left, bottom - top) > thingSize / 2, name);
  }
});
