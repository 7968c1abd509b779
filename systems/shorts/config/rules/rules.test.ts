import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { branchOf } from '../../../english/chance.ts';
import { fits, isClean, oddTexts } from '../../../testing/answers.ts';
import postWriter from './post-writer.ts';
import scriptRefiner from './script-refiner.ts';
import scriptWriter from './script-writer.ts';
import topicResearcher from './topic-researcher.ts';
import { secondsFor, type Research, type VideoScript } from './video-script.ts';

const schema = (name: string): URL => new URL(`../schemas/${name}.json`, import.meta.url);
const fitsResearchInput = fits(schema('research_input'));
const fitsResearch = fits(schema('research'));
const fitsScriptInput = fits(schema('script_input'));
const fitsScript = fits(schema('video_script'));
const fitsPost = fits(schema('post'));

type ResearchInput = Parameters<typeof topicResearcher>[0];
type Findings = NonNullable<ResearchInput['findings']>;

const findings: Findings = [
  {
    source: 'Hacker News',
    title: 'AI coding assistants make juniors faster, seniors slower',
    url: 'https://news.example/1',
    score: 812,
    text: 'Experienced developers took 19 percent longer with AI assistants. They believed they had been faster.',
  },
  {
    source: 'Reddit',
    title: 'Why do AI coding assistants fail on large repositories?',
    score: 420,
    text: 'Most tools read only a few files. Click here to subscribe to our coding assistants newsletter now.',
  },
  {
    source: 'YouTube',
    title: 'Five coding assistants, one bug, large repositories',
    score: 99000,
    text: 'Only two of the five assistants found the bug without a hint.',
  },
  { source: 'Cooking blog', title: 'Best pizza in town', score: 5000 },
  {
    source: 'Lobsters',
    title: 'Developers trust coding assistants less',
    score: 21,
    text: 'Trust fell from 43 to 33 percent within one year in a survey of 49,000 developers.',
  },
  { source: 'Reddit', title: 'Why do AI coding assistants fail on large repositories?', score: 3 },
];

function research(input: ResearchInput): Research {
  fitsResearchInput(input, input.topic);
  const answer = topicResearcher(input, branchOf(0, JSON.stringify(input)));
  fitsResearch(answer, input.topic);
  return answer;
}

type ScriptInput = Parameters<typeof scriptWriter>[0];
function write(input: ScriptInput): VideoScript {
  fitsScriptInput(input, input.topic);
  const script = scriptWriter(input, branchOf(0, JSON.stringify(input)));
  fitsScript(script, input.topic);
  isClean({ ...script, open_notes: [] }, input.topic);
  return script;
}

const topic = 'Create a viral TikTok about AI coding assistants';
const topics = [
  ...oddTexts.filter((text) => text !== ''),

  topic,
  'sourdough',
  'Why are houses so expensive?',
  'quantum computers',
  'the history of tea in one minute',
  '🎈',
  'x',
  'Warum ist der Himmel blau?',
  '紅茶',
  `${'very '.repeat(100)}long`,
  '?!',
  'AI',
];
const known = research({ topic, depth: 'deep', findings });

describe('research without a model', () => {
  test('works from what was found, names its source, and leaves out what is about something else', () => {
    assert.equal(known.note, null);
    assert.ok(known.key_insights.includes('Experienced developers took 19 percent longer with AI assistants, according to Hacker News.'));
    assert.ok(known.key_insights.every((insight) => /, according to [A-Z]/.test(insight)));
    assert.doesNotMatch(JSON.stringify(known), /pizza|subscribe/i);
    assert.equal(known.key_insights.filter((insight) => insight.includes('Reddit')).length, 1);
  });

  test('calls a trend only what several findings share', () => {
    assert.deepEqual(known.trends.map(({ name }) => name).filter((name) => ['large', 'repository'].includes(name)).length > 0, true);
    assert.ok(known.trends.every(({ sources }) => sources.length >= 1));
    assert.deepEqual(research({ topic, depth: 'deep', findings: findings.slice(0, 1) }).trends, []);
  });

  test('gives a popular source no weight over others', () => {
    const [first] = known.key_insights;
    assert.match(first ?? '', /Hacker News|Reddit|YouTube|Lobsters/);
    assert.equal(new Set(known.key_insights.slice(0, 4).map((insight) => insight.split('according to ')[1])).size, 4);
  });

  test('says honestly that nothing was looked up, or that nothing fits', () => {
    const nothing = research({ topic, depth: 'quick' });
    assert.deepEqual([nothing.trends, nothing.key_insights], [[], []]);
    assert.match(nothing.note ?? '', /^Nothing was looked up\./);
    assert.match(research({ topic: 'origami', depth: 'quick', findings }).note ?? '', /None of the 6 findings is about the topic/);
  });

  test('is whole and the same every time, whatever the topic', () => {
    for (const of of topics)
      for (const depth of ['quick', 'deep'] as const)
        assert.deepEqual(research({ topic: of, depth, findings }), research({ topic: of, depth, findings }));
  });
});

describe('a short without a model', () => {
  test('tells what was found, with its sources and numbers, and states nothing else', () => {
    const script = write({ topic, length: 45, research: known });
    const told = script.scenes.map((scene) => scene.text).join(' ');
    assert.match(told, /19 percent/);
    assert.deepEqual(
      [...told.matchAll(/\d+/g)].filter(([number]) => !JSON.stringify(known).includes(number)),
      [],
    );
    assert.deepEqual(script.open_notes, []);
  });

  test('asks questions where nothing is known, and says so', () => {
    const script = write({ topic, length: 45 });
    assert.ok(script.scenes.filter((scene) => scene.text.includes('?')).length >= 2);
    assert.match(script.open_notes[0] ?? '', /Nothing was looked up/);
    assert.doesNotMatch(script.scenes.map((scene) => scene.text).join(' '), /\d/);
  });

  test('is as long as it should be, or says that there is not matter for more', () => {
    for (const of of topics)
      for (const length of [20, 25, 30, 45, 60, 75, 90, 180])
        for (const script of [write({ topic: of, length }), write({ topic: of, length, research: known })]) {
          const where = `${of.slice(0, 30)}, ${length} s: ${script.total_duration} s`;
          assert.ok(script.total_duration <= length * 1.15, where);
          const isShort = script.total_duration < length * 0.85;
          assert.equal(
            script.open_notes.some((note) => note.includes('there is matter for')),
            isShort,
            where,
          );
          if (length <= 75 && script.open_notes.length > 0 && script.open_notes[0]?.startsWith('Nothing')) assert.ok(!isShort, where);
        }
  });

  test('counts its times from its words', () => {
    const script = write({ topic, length: 60 });
    for (const scene of script.scenes) assert.ok(scene.duration >= secondsFor(scene.text) - 0.06, scene.text);
    assert.ok(secondsFor(script.hook) <= 3.5);
    assert.deepEqual(write({ topic, length: 60 }), script);
  });
});

describe('a revision without a model', () => {
  const script = write({ topic, length: 60 });
  const refine = (notes: string): VideoScript => {
    const refined = scriptRefiner({ script, notes }, branchOf(0, notes));
    fitsScript(refined, notes);
    return refined;
  };

  test('makes it shorter, by whole sentences', () => {
    const shorter = refine('Please make it shorter.');
    assert.ok(shorter.total_duration < script.total_duration * 0.9);
    assert.deepEqual(shorter.open_notes, []);
    for (const scene of shorter.scenes)
      assert.ok(
        script.scenes.some(({ text }) => text.startsWith(scene.text)),
        scene.text,
      );
    assert.ok(refine('Half as long!').total_duration < shorter.total_duration);
  });

  test('changes what is named, and nothing else', () => {
    assert.equal(refine('Change the hook to "Wait for it."').hook, 'Wait for it.');
    assert.equal(refine('The title should be “Think first”').title, 'Think first');
    assert.equal(refine('scene 2 should say "Ask who says so."').scenes[1]?.text, 'Ask who says so.');
    assert.deepEqual(
      refine('Change the hook to "Wait for it."').scenes.map(({ text }) => text),
      script.scenes.map(({ text }) => text),
    );
    assert.deepEqual(
      refine('remove scene 2').scenes.map(({ text }) => text),
      script.scenes.toSpliced(1, 1).map(({ text }) => text),
    );
    assert.deepEqual(refine('swap scenes 1 and 2').scenes[0]?.text, script.scenes[1]?.text);
  });

  test('follows several notes and says which it could not follow', () => {
    const refined = refine('- remove the last scene\n- add a joke about cats\n- change the hook to "Wait."\n- remove scene 99');
    assert.equal(refined.scenes.length, script.scenes.length - 1);
    assert.equal(refined.hook, 'Wait.');
    assert.deepEqual(refined.open_notes, ['add a joke about cats', 'remove scene 99']);
  });

  test('never takes away the last three scenes', () => {
    const three = { ...script, scenes: script.scenes.slice(0, 3) };
    const refined = scriptRefiner({ script: three, notes: 'remove scene 1' }, branchOf(0, 'a'));
    assert.equal(refined.scenes.length, 3);
    assert.deepEqual(refined.open_notes, ['remove scene 1']);
  });
});

describe('a post without a model', () => {
  const limits = { tiktok: 150, instagram: 300, youtube: 200 } as const;

  test('fits the platform, for every topic', () => {
    for (const of of topics)
      for (const platform of ['tiktok', 'youtube', 'instagram'] as const) {
        const script = write({ topic: of, length: 30 });
        const post = postWriter({ script, platform }, branchOf(0, of));
        fitsPost(post, of);
        assert.ok(post.caption.length <= limits[platform] && post.title.length <= 100 && Buffer.byteLength(post.description) <= 5000);
        assert.equal(new Set(post.hashtags).size, post.hashtags.length);
      }
  });

  test('tags what the film is about first, and a YouTube short as one', () => {
    const post = postWriter({ script: write({ topic, length: 30 }), platform: 'youtube' }, branchOf(0, 'a'));
    assert.deepEqual(post.hashtags, ['ai', 'coding', 'shorts']);
  });

  test('cuts a description that is too long between characters, and a title between words', () => {
    const script = write({ topic, length: 30 });
    const long = {
      ...script,
      title: 'word '.repeat(60).trim(),
      scenes: script.scenes.map((scene) => ({ ...scene, text: 'é'.repeat(4000) })),
    };
    const post = postWriter({ script: long, platform: 'youtube' }, branchOf(0, 'a'));
    assert.ok(Buffer.byteLength(post.description) <= 5000 && !post.description.includes('\uFFFD'));
    assert.match(post.title, /word…$/);
  });
});
