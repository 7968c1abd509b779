import assert from 'node:assert/strict';
import test from 'node:test';
import { asked, oddTexts, seeded } from '../../../testing/answers.ts';
import arc from './character-arc.ts';
import createCharacter from './character-creator.ts';
import designCharacter from './character-designer.ts';
import look from './concept-artist.ts';
import type { Concept } from './concept.ts';
import say from './dialogue-writer.ts';
import design from './environment-designer.ts';
import cut from './episode-breakdown.ts';
import { readIdea } from './idea/reading.ts';
import score from './music-director.ts';
import control, { type SceneProduct } from './quality-control.ts';
import stage from './scene-writer.ts';
import create from './series-creator.ts';
import build from './story-architect.ts';
import draw from './storyboard-artist.ts';
import { genres } from './story/data.ts';
import voice from './voice-creator.ts';

const schema = (name: string): URL => new URL(`../schemas/${name}.output.json`, import.meta.url);

const ideas = [
  'A lighthouse keeper discovers that the light attracts lost memories',
  'A robot learns to paint',
  'Two sisters inherit a haunted hotel',
  'robots in a garden',
  'An old chess master must play one last game against a machine',
  'Mara, a baker, finds a letter in a loaf of bread',
  'a girl who builds a rocket to find her father',
  'a dragon who is afraid of fire',
  'The story of a postman who falls in love with a voice on the phone',
  'pirates search for a treasure',
  'a hacker is chased by the police because of a stolen code',
  'My cat runs the town hall',
  'Three children hide a penguin in the school cellar',
  'A nurse in Lisbon receives letters from a patient who died years ago',
];

/** Everything that the agents make of an idea, one after the other, as the workflow hands it on. */
function produced(concept: Concept) {
  const { beats } = asked(build, { concept }, schema('story_architect'));
  const { scenes } = asked(stage, { concept, beats }, schema('scene_writer'));
  const { promptSuffix } = asked(look, { concept }, schema('concept_artist'));
  const products: SceneProduct[] = scenes.map((scene) => {
    const { lines } = asked(say, { concept, scene }, schema('dialogue_writer'));
    const { panels } = asked(draw, { concept, scene, lines, style: promptSuffix }, schema('storyboard_artist'));
    return { scene, lines, panels };
  });
  return { beats, scenes, products };
}

test('an idea is read: who, what happens, and what it turns on', () => {
  const of = (text: string) => {
    const { role, predicate, subject, many, name } = readIdea(text);
    return [name, role, many, predicate, subject];
  };
  assert.deepEqual(of('A lighthouse keeper discovers that the light attracts lost memories.'), [
    undefined,
    'lighthouse keeper',
    false,
    'discovers that the light attracts lost memories',
    'the light',
  ]);
  assert.deepEqual(of('Mara, a baker, finds a letter in a loaf of bread'), [
    'Mara',
    'baker',
    false,
    'finds a letter in a loaf of bread',
    'the letter',
  ]);
  assert.deepEqual(of('Two sisters inherit a haunted hotel'), [undefined, 'sister', true, 'inherit a haunted hotel', 'the haunted hotel']);
  assert.deepEqual(of('a dragon who is afraid of fire').at(-1), 'the fire');
  assert.deepEqual(of('A robot learns to paint').at(-1), 'the painting');
  assert.deepEqual(of('robots in a garden'), [undefined, undefined, true, undefined, 'the robots']);
  assert.deepEqual(of('Make a film about a girl who builds a rocket').slice(1, 2), ['girl']);
});

test('an idea becomes a concept and four directions that differ', () => {
  for (const idea of [...ideas, ...oddTexts]) {
    const { concept, directions } = asked(create, { idea }, schema('series_creator'));
    assert.equal(directions.length, 4, idea);
    const kinds = [concept, ...directions.map((direction) => direction.concept)];
    assert.equal(new Set(kinds.map(({ genre }) => genre)).size, 5, idea);
    assert.equal(new Set(kinds.map(({ logline }) => logline)).size, 5, idea);
    for (const kind of kinds)
      assert.equal(new Set(kind.cast.map(({ name }) => name)).size, 3, `${idea}: ${kind.cast.map(({ name }) => name).join()}`);
  }
});

test('the logline begins with the idea as it was told', () => {
  const { concept } = create({ idea: ideas[0] ?? '' }, seeded(1));
  assert.match(concept.logline, /^A lighthouse keeper discovers that the light attracts lost memories\. But /);
  assert.equal(concept.genre, 'mystery');
});

test('a wished genre and format are kept to', () => {
  const { concept, format } = create({ idea: 'A robot learns to paint', genre: 'Comedy', format: 'series' }, seeded(1));
  assert.equal(concept.genre, 'comedy');
  assert.deepEqual(format, { kind: 'series', episodes: 6, minutes: 25 });
});

test('every idea goes the whole way to an animatic that quality control lets pass, in every direction', () => {
  for (const idea of ideas) {
    const { concept, directions } = create({ idea }, seeded(1));
    for (const chosen of [concept, ...directions.map((direction) => direction.concept)]) {
      const { products } = produced(chosen);
      const report = asked(control, { concept: chosen, products }, schema('quality_control'));
      assert.deepEqual(report.problems, [], `${idea} as ${chosen.genre}`);
      assert.ok(report.approved);
    }
  }
});

test('odd ideas go the whole way, too', () => {
  for (const idea of oddTexts) {
    const { concept } = create({ idea }, seeded(1));
    const report = control({ concept, products: produced(concept).products }, seeded(1));
    assert.ok(report.approved, `${idea.slice(0, 50)}: ${report.summary}`);
  }
});

test('names, places and the subject of the concept are kept throughout, in every direction', () => {
  for (const idea of ideas) {
    const { concept: first, directions } = create({ idea }, seeded(1));
    for (const concept of [first, ...directions.map((direction) => direction.concept)]) {
      const { beats, scenes } = produced(concept);
      const names = new Set(concept.cast.map(({ name }) => name));
      for (const beat of beats) for (const name of beat.characters) assert.ok(names.has(name), `${idea}: ${name}`);
      assert.deepEqual(
        scenes.map(({ place }) => place),
        beats.map(({ place }) => place),
      );
      const told = beats.map(({ what }) => what.toLowerCase()).join(' ');
      assert.ok(
        told.split(concept.subject.toLowerCase()).length > 3,
        `${idea} as ${concept.genre}: ${concept.subject} is hardly spoken of`,
      );
    }
  }
});

test('who is introduced is introduced once, and before anything is done', () => {
  for (const idea of ideas) {
    const { concept } = create({ idea }, seeded(1));
    const told = build({ concept }, seeded(1))
      .beats.map(({ what }) => what)
      .join(' ');
    for (const { name, role, part } of concept.cast) {
      if (part === 'protagonist' || name.startsWith('the ')) continue;
      assert.equal(told.split(`${name}, ${role}`).length, 2, `${idea}: ${name}, ${role}`);
    }
  }
});

test('the flaw costs something, and what is done at the end could not be done before', () => {
  const { concept } = create({ idea: ideas[4] ?? '' }, seeded(1));
  const { beats } = build({ concept }, seeded(1));
  const hero = createCharacter({ concept, part: 'protagonist' }, seeded(1));
  assert.ok(beats[0]?.what.includes(hero.flaw));
  assert.match(beats.find(({ id }) => id === 'refusal')?.because ?? '', new RegExp(hero.flaw));
  const { stages } = asked(arc, { concept, character: hero, beats }, schema('character_arc'));
  const openness = (id: string): number => stages.find(({ beat }) => beat === id)?.openness ?? -1;
  assert.ok(openness('cost') < openness('midpoint') && openness('climax') > openness('insight'));
});

test('all genres have every part of a story', () => {
  assert.ok(genres.length >= 8);
  for (const genre of genres) {
    const { concept } = create({ idea: 'A gardener finds a key', genre: genre.id }, seeded(1));
    assert.equal(concept.genre, genre.id);
    assert.equal(produced(concept).beats.length, 11);
  }
});

test('episodes share the beats out, each once and in order', () => {
  const { concept } = create({ idea: ideas[1] ?? '' }, seeded(1));
  const { beats } = build({ concept }, seeded(1));
  for (const count of [1, 2, 3, 6, 11, 40]) {
    const { episodes } = asked(cut, { concept, beats, episodes: count }, schema('episode_breakdown'));
    assert.deepEqual(
      episodes.flatMap((episode) => episode.beats),
      beats.map(({ id }) => id),
    );
    assert.ok(episodes.every((episode) => episode.beats.length > 0));
  }
});

test('fewer scenes keep the turning points', () => {
  const { concept } = create({ idea: ideas[0] ?? '' }, seeded(1));
  const { scenes } = asked(stage, { concept, maxScenes: 5 }, schema('scene_writer'));
  assert.deepEqual(
    scenes.map(({ beat }) => beat),
    ['ordinary', 'incident', 'midpoint', 'climax', 'resolution'],
  );
  assert.deepEqual(
    scenes.map((scene) => scene.number),
    [1, 2, 3, 4, 5],
  );
});

test('characters have a look and a voice of their own', () => {
  for (const idea of ideas) {
    const { concept } = create({ idea }, seeded(1));
    const parts = ['protagonist', 'ally', 'antagonist'] as const;
    const characters = parts.map((part) => asked(createCharacter, { concept, part }, schema('character_creator')));
    const looks = characters.map((character) => asked(designCharacter, { concept, character }, schema('character_designer')));
    for (const character of characters) asked(voice, { concept, character }, schema('voice_creator'));
    assert.deepEqual(
      characters.map(({ name }) => name),
      concept.cast.map(({ name }) => name),
    );
    assert.equal(new Set(looks.map(({ picturePrompt }) => picturePrompt)).size, 3);
    assert.notEqual(characters[0]?.flaw, characters[1]?.flaw);
  }
});

test('places and music follow the scenes', () => {
  const { concept } = create({ idea: ideas[0] ?? '' }, seeded(1));
  const { scenes } = produced(concept);
  const { cues } = asked(score, { concept, scenes }, schema('music_director'));
  assert.equal(cues.length, scenes.length);
  assert.ok(cues.some(({ loudness }) => loudness === 'silent'));
  for (const { place, time } of scenes) asked(design, { concept, place, time }, schema('environment_designer'));
  for (const text of oddTexts) asked(design, { concept, place: text }, schema('environment_designer'));
});

test('what is said in a panel fits into its seconds', () => {
  const { concept } = create({ idea: ideas[2] ?? '' }, seeded(1));
  for (const { panels } of produced(concept).products) {
    for (const panel of panels) assert.ok(panel.narration.split(' ').length / panel.seconds <= 2.6, panel.narration);
  }
});

test('quality control finds what is wrong', () => {
  const { concept } = create({ idea: ideas[0] ?? '' }, seeded(1));
  const { products } = produced(concept);
  const [first, ...rest] = products;
  assert.ok(first !== undefined);
  const found = (changed: Partial<SceneProduct>): string =>
    control({ concept, products: [{ ...first, ...changed }, ...rest] }, seeded(1))
      .problems.map(({ what }) => what)
      .join(' ');
  assert.match(found({ panels: [] }), /no panel/);
  assert.match(found({ panels: first.panels.map((panel) => ({ ...panel, seconds: 0.5 })) }), /in 0.5 seconds/);
  assert.match(
    found({ lines: [{ character: 'Nobody', line: 'Hello.', voiceOver: false, how: null, subtext: '' }] }),
    /Nobody speaks without being/,
  );
  assert.match(found({ scene: { ...first.scene, characters: ['Nobody'] } }), /not in the cast/);
  assert.match(found({ scene: { ...first.scene, number: 7 } }), /not numbered/);
  assert.match(found({ scene: { ...first.scene, action: '' } }), /Nothing happens/);
  const late = control(
    { concept, products, target: 10, measured: [{ scene: 2, what: 'The picture is black for two seconds.' }] },
    seeded(1),
  );
  assert.ok(!late.approved);
  assert.match(late.summary, /takes \d+ seconds and should take 10/);
  assert.equal(control({ concept, products: [] }, seeded(1)).approved, false);
});
