import assert from 'node:assert/strict';
import test from 'node:test';
import { diagramFor } from '../diagrams/diagram-for.ts';
import type { PictureBrief } from './brief.ts';
import { films } from './fixtures/films.ts';
import { subjectsFor } from './meaning/subjects-for.ts';
import { storyboard, type Eyes, type StoryboardInput } from './storyboard.ts';
import { isThing } from './things/things.ts';

const plain: Eyes = { subjectsOf: subjectsFor, diagramOf: () => undefined };
const drawing: Eyes = { ...plain, diagramOf: diagramFor };

const filmOf = (id: string): StoryboardInput => {
  const found = films.find((film) => film.id === id);
  assert.ok(found, id);
  return found;
};
const looks = ({ arrangement, things, diagram }: PictureBrief): string => diagram?.svg ?? `${arrangement} ${things[0]}`;

/** Below it a hero is a guess. */
const sure = 0.5;
/** Scenes whose pictures show nothing but the place where something happens. */
const unsure = new Set(['photo-backdrop 1']);
/** So little is needed that a row would be a lie. */
const simple = new Set(['paper-airplane', 'origami-crane', 'fold-fitted-sheet']);

test('every scene of every known film has a hero that was drawn, decided by what it says', () => {
  assert.ok(films.length >= 58);
  const wrong = films.flatMap(({ id, topic, scenes }) =>
    scenes.flatMap((scene) => {
      const name = `${id} ${scene.number ?? scene.kind}`;
      const [hero] = subjectsFor({ ...scene, topic });
      const fine = hero !== undefined && isThing(hero.name) && (hero.sure >= sure || unsure.has(name));
      return fine ? [] : [`${name}: ${hero?.name} ${hero?.sure}`];
    }),
  );
  assert.deepEqual(wrong, []);
});

for (const [name, eyes] of [
  ['with diagrams', drawing],
  ['without diagrams', plain],
] as const)
  test(`no two scenes of a film look alike, ${name}`, () => {
    for (const film of films) {
      const { briefs } = storyboard(film, eyes);
      assert.deepEqual(
        briefs.map(looks).filter((look, index, all) => all.indexOf(look) < index),
        [],
        film.id,
      );
      for (const { things } of briefs) {
        assert.ok(things.every(isThing), film.id);
        assert.equal(new Set(things).size, things.length, film.id);
      }
    }
  });

test('what is needed stands in a row of three and more, where that much is needed', () => {
  for (const film of films) {
    const brief = storyboard(film, plain).briefs[1];
    if (simple.has(film.id)) assert.equal(brief?.arrangement, 'podium', film.id);
    else assert.ok(brief?.arrangement === 'row' && brief.things.length >= 3, film.id);
  }
});

test('title, result and ending have the same hero, and the result has it in the ring', () => {
  for (const film of films) {
    const { briefs } = storyboard(film, drawing);
    const [title, result, ending] = ['title', 'result', 'ending'].map((kind) => briefs.find((brief) => brief.kind === kind));
    assert.equal(result?.arrangement, 'ring', film.id);
    assert.equal(result?.things[0], title?.things[0], film.id);
    assert.equal(ending?.things[0], title?.things[0], film.id);
  }
});

test('two things that come together stand side by side, and one that becomes another points to it', () => {
  const [, , , mixed] = storyboard(filmOf('pizza'), plain).briefs.map(({ arrangement }) => arrangement);
  assert.equal(storyboard(filmOf('pizza'), plain).briefs[2]?.arrangement, 'plus');
  assert.notEqual(mixed, 'plus');
  const rolled = storyboard(filmOf('paper-lantern'), plain).briefs[5];
  assert.deepEqual([rolled?.arrangement, ...(rolled?.things ?? [])], ['arrow', 'sheet-of-paper', 'cardboard-tube']);
});

test('a picture that was found wrong comes back as another, and the others stay', () => {
  const film = filmOf('candle');
  const at = 4;
  const before = storyboard(film, drawing).briefs;
  const after = storyboard({ ...film, again: film.again.map((_, index) => (index === at ? 1 : 0)) }, drawing).briefs;
  assert.notEqual(looks(after[at] as PictureBrief), looks(before[at] as PictureBrief));
  assert.deepEqual(after.slice(0, at), before.slice(0, at));
});

test('a scene that is changed leaves those before it as they are', () => {
  const film = filmOf('kite');
  const changed = film.scenes.map((scene, index) => (index === 5 ? { ...scene, shows: 'a roll of tape' } : scene));
  const [before, after] = [storyboard(film, plain).briefs, storyboard({ ...film, scenes: changed }, plain).briefs];
  assert.deepEqual(after.slice(0, 5), before.slice(0, 5));
  assert.equal(after[5]?.things[0], 'tape-roll');
});

test('a film of which nothing is known still has pictures, all of them different', () => {
  const scenes = [1, 2, 3, 4, 5, 6].map((number) => ({ kind: 'step' as const, shows: '', narration: '做', action: null, number }));
  const { briefs } = storyboard({ ...filmOf('kite'), topic: '做', title: '做', scenes, again: [] }, plain);
  assert.equal(new Set(briefs.map(looks)).size, scenes.length);
});
