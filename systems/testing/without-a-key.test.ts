import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { asker } from './asking.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const config = (system: string): readonly string[] => [file('../../config/models.toml'), file(`../${system}/config/tensorzero.toml`)];

/** A field of an answer; what it holds is checked by the function's own schema. */
const part = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === String(key))?.[1] : undefined),
    value,
  );

test('learning: an exercise, its answer, a hint, a reply, analyses and a report, all without a key', async (t) => {
  const ask = await asker(t, ...config('learning'));
  const activity = await ask('activity_generator', { subject: 'mathematics', gradeLevel: 5, concept: 'adding_fractions', difficulty: 0.5 });
  const [question, kind, answer, hints, mistakes] = ['question', 'kind', 'answer', 'hints', 'mistakes'].map((key) => part(activity, key));
  const checked = await ask('answer_checker', { question, kind, expected: answer, given: answer, mistakes });
  assert.equal(part(checked, 'correct'), true);
  await ask('hint_writer', { question, answer, hints, concept: 'adding_fractions' });
  await ask('feedback_writer', { correct: false, concept: 'adding_fractions', answer: '2/5', expected: answer });
  await ask('tutor_reply', {
    subject: 'mathematics',
    gradeLevel: 5,
    conversation: [{ role: 'learner', text: 'help' }],
    activity: { question, answer, hints },
  });
  await ask('session_planner', { subject: 'mathematics', gradeLevel: 5, minutes: 30 });
  const learning = await ask('learning_analysis', {
    learner: 'Mira',
    days: 7,
    interactions: [{ concept: 'adding_fractions', correct: true, difficulty: 0.5 }],
  });
  const measures = { pronunciation: 0.8, fluency: 0.7, wordsPerMinute: 90, longPauses: 1, fillers: 0, missedWords: [], unclearWords: [] };
  const speech = await ask('speech_feedback', { text: 'The ship sails.', gradeLevel: 3, measures });
  const conversation = await ask('conversation_analysis', { learner: 'Mira', days: 7, turns: [] });
  const report = await ask('report_writer', { learner: 'Mira', days: 7, learning, speech, conversation });
  assert.deepEqual(part(report, 'missing'), []);
});

test('website: a goal becomes a specification, a site, a review and a plan, all without a key', async (t) => {
  const ask = await asker(t, ...config('website'));
  const specification = await ask('product_manager', { goal: 'Build a website for a chess club in Leeds' });
  const site = await ask('coder', { specification });
  const review = await ask('reviewer', { specification, files: part(site, 'files') });
  assert.equal(part(review, 'approved'), true);
  const plan = await ask('goal_planner', {
    goal: 'Build a Website',
    catalogue: [{ id: 'coder', capabilities: ['code'], actions: ['run'], description: '' }],
  });
  assert.equal(part(plan, 'plan', 'steps', 0, 'agentId'), 'coder');
});

test('movie: an idea becomes an animatic that passes quality control, all without a key', async (t) => {
  const ask = await asker(t, ...config('movie'));
  const concept = part(
    await ask('series_creator', { idea: 'A lighthouse keeper discovers that the light attracts lost memories' }),
    'concept',
  );
  const beats = part(await ask('story_architect', { concept }), 'beats');
  await ask('episode_breakdown', { concept, beats, episodes: 3 });
  const scenes = part(await ask('scene_writer', { concept, beats, maxScenes: 3 }), 'scenes');
  const character = await ask('character_creator', { concept, part: 'protagonist' });
  await ask('character_designer', { concept, character });
  await ask('voice_creator', { concept, character });
  await ask('character_arc', { concept, character, beats });
  const style = part(await ask('concept_artist', { concept }), 'promptSuffix');
  await ask('environment_designer', { concept, place: part(scenes, 0, 'place') });
  await ask('music_director', { concept, scenes });
  const products = [];
  for (const number of [0, 1, 2]) {
    const scene = part(scenes, number);
    const lines = part(await ask('dialogue_writer', { concept, scene }), 'lines');
    products.push({ scene, lines, panels: part(await ask('storyboard_artist', { concept, scene, lines, style }), 'panels') });
  }
  assert.equal(part(await ask('quality_control', { concept, products }), 'approved'), true);
});
