import assert from 'node:assert/strict';
import test from 'node:test';
import { asked, oddTexts } from '../../../testing/answers.ts';
import converse from './conversation-analysis.ts';
import analyse from './learning-analysis.ts';
import report from './report-writer.ts';
import plan from './session-planner.ts';
import speak, { type SpeechMeasures } from './speech-feedback.ts';

const schema = (name: string): URL => new URL(`../schemas/${name}.output.json`, import.meta.url);

const answers = (concept: string, results: string, difficulty = 0.5) =>
  Array.from(results).map((result) => ({
    concept,
    correct: result === '+',
    difficulty,
    seconds: result === '+' ? 20 : 8,
    hintsUsed: result === '+' ? 0 : 1,
  }));

test('an analysis counts and finds what is strong and what is weak', () => {
  const interactions = [...answers('adding_fractions', '-+--'), ...answers('multiplication', '++++++')].map((answer) =>
    answer.concept === 'adding_fractions' && !answer.correct ? { ...answer, misconception: 'added the denominators' } : answer,
  );
  const { measures, strengths, struggles, summary, patterns } = asked(
    analyse,
    { learner: 'Mira', days: 7, interactions },
    schema('learning_analysis'),
  );
  assert.equal(measures.accuracy, 0.7);
  assert.equal(measures.trend, 0.6);
  assert.ok(measures.learningGain > 0);
  assert.match(strengths.join(), /ultiplication: 6 of 6/);
  assert.match(struggles[0]?.what ?? '', /added the denominators/);
  assert.match(summary, /Mira gave 10 answers, 70 % of them right/);
  assert.match(patterns.join(), /second look/);
});

test('nothing is analysed where there is nothing', () => {
  const { measures, struggles } = asked(
    analyse,
    { learner: 'Mira', days: 7, interactions: [], mastery: [{ concept: 'addition', mastery: 0.9 }] },
    schema('learning_analysis'),
  );
  assert.equal(measures.answers, 0);
  assert.deepEqual(struggles, []);
  for (const text of oddTexts) asked(analyse, { learner: text, days: 1, interactions: answers(text, '-+-') }, schema('learning_analysis'));
});

const silent: SpeechMeasures = {
  pronunciation: null,
  fluency: null,
  wordsPerMinute: null,
  longPauses: null,
  fillers: null,
  missedWords: [],
  unclearWords: [],
};

test('advice on speech follows from what was measured', () => {
  const of = (measures: Partial<SpeechMeasures>, gradeLevel = 5) =>
    asked(speak, { text: 'The ship sails.', gradeLevel, measures: { ...silent, ...measures } }, schema('speech_feedback'));
  assert.match(
    of({ pronunciation: 0.6, fluency: 0.9, wordsPerMinute: 210 })
      .advice.map(({ what }) => what)
      .join(),
    /Slow down/,
  );
  assert.match(
    of({ fluency: 0.5, wordsPerMinute: 40 })
      .advice.map(({ what }) => what)
      .join(),
    /flow/,
  );
  assert.equal(of({ fluency: 0.9, wordsPerMinute: 80 }, 1).advice.length, 0, 'a pace that suits grade 1');
  assert.deepEqual(of({ unclearWords: ['thirsty'], missedWords: ['ship', 'thirsty'] }).practiceWords, ['thirsty', 'ship']);
  assert.ok((of({ pronunciation: 0.9, fluency: 0.94, fillers: 0 }).score ?? 0) > 0.9);
  const nothing = of({});
  assert.equal(nothing.score, null);
  assert.deepEqual(nothing.advice, []);
});

test('a conversation shows questions, moods and needs', () => {
  const turns = ['Why is the sky blue?', "I don't get it", 'this is too hard', 'What about fractions and how do I add fractions?', '7'].map(
    (text) => ({ role: 'learner' as const, text }),
  );
  const analysis = asked(converse, { learner: 'Tom', days: 3, turns }, schema('conversation_analysis'));
  assert.equal(analysis.questionsAsked, 2);
  assert.equal(analysis.moods.find(({ mood }) => mood === 'frustrated')?.times, 2);
  assert.ok(!analysis.needsAdult);
  assert.match(analysis.topics.join(), /fractions/);
  assert.ok(
    asked(
      converse,
      { learner: 'Tom', days: 3, turns: [{ role: 'learner', text: 'I am being bullied, it is bullying' }] },
      schema('conversation_analysis'),
    ).needsAdult,
  );
  assert.equal(asked(converse, { learner: 'Tom', days: 3, turns: [] }, schema('conversation_analysis')).engagement, null);
  for (const text of oddTexts)
    asked(converse, { learner: text, days: 1, turns: [{ role: 'learner', text }] }, schema('conversation_analysis'));
});

test('a report has what there is and names what is missing', () => {
  const learning = asked(
    analyse,
    { learner: 'Mira', days: 7, interactions: answers('multiplication', '++-+') },
    schema('learning_analysis'),
  );
  const speech = asked(
    speak,
    { text: 'A text', gradeLevel: 4, measures: { ...silent, pronunciation: 0.8, fluency: 0.7, fillers: 5 } },
    schema('speech_feedback'),
  );
  const conversation = asked(
    converse,
    { learner: 'Mira', days: 7, turns: [{ role: 'learner', text: 'Why is that so?' }] },
    schema('conversation_analysis'),
  );
  const whole = asked(report, { learner: 'Mira', days: 7, learning, speech, conversation }, schema('report_writer'));
  assert.deepEqual(
    whole.sections.map(({ heading }) => heading),
    ['Learning', 'Speaking and reading aloud', 'Conversations with the tutor'],
  );
  assert.deepEqual(whole.missing, []);
  assert.ok(whole.nextSteps.length >= 3);
  const part = asked(report, { learner: 'Mira', days: 7, learning }, schema('report_writer'));
  assert.equal(part.missing.length, 2);
  asked(report, { learner: '🚀', days: 0 }, schema('report_writer'));
});

test('a session fills its minutes, reviews what fades and works towards its goal', () => {
  const mastery = [
    { concept: 'addition', mastery: 0.95, daysSince: 1 },
    { concept: 'multiplication', mastery: 0.7, daysSince: 30 },
    { concept: 'adding_fractions', mastery: 0.4, daysSince: 2 },
  ];
  for (let minutes = 5; minutes <= 90; minutes += 1) {
    const { blocks } = asked(plan, { subject: 'mathematics', gradeLevel: 5, minutes, mastery }, schema('session_planner'));
    assert.equal(
      blocks.reduce((sum, block) => sum + block.minutes, 0),
      minutes,
      `${minutes} minutes`,
    );
    assert.ok(blocks.every((block) => block.minutes >= 1));
  }
  const session = asked(
    plan,
    { subject: 'maths', gradeLevel: 5, minutes: 30, mastery, goal: 'understand percentages' },
    schema('session_planner'),
  );
  assert.equal(session.blocks.find(({ kind }) => kind === 'new')?.concept, 'percentages');
  assert.equal(session.blocks.find(({ kind }) => kind === 'review')?.concept, 'multiplication');
  for (const text of oddTexts)
    asked(
      plan,
      { subject: text, gradeLevel: 0, minutes: 3, goal: text, mastery: [{ concept: text, mastery: 2 }] },
      schema('session_planner'),
    );
});
