import assert from 'node:assert/strict';
import test from 'node:test';
import { asked, oddTexts, seeded } from '../../../testing/answers.ts';
import generate from './activity-generator.ts';
import check, { type AnswerToCheck } from './answer-checker.ts';
import write from './feedback-writer.ts';
import hint from './hint-writer.ts';
import reply, { type TutorReply } from './tutor-reply.ts';

const schema = (name: string): URL => new URL(`../schemas/${name}.output.json`, import.meta.url);
const number = (given: string, expected: string, more: Partial<AnswerToCheck> = {}) =>
  asked(check, { question: 'What is it?', kind: 'number', expected, given, ...more }, schema('answer_checker'));

test('a right number is right however it is written', () => {
  for (const [given, expected] of [
    ['0.75', '3/4'],
    [' 6/8 ', '3/4'],
    ['1 1/2', '3/2'],
    ['x = -4', '−4'],
    ['12 cm', '12'],
    ['$3.50', '3.5'],
    ['3,5', '3.5'],
    ['1,200', '1200'],
    ['The answer is 42.', '42'],
    ['35 degrees', '35'],
  ] as const) {
    assert.ok(number(given, expected).correct, `${given} should be ${expected}`);
  }
});

test('a wrong number is wrong, and a number is not found where there is none', () => {
  for (const [given, expected] of [
    ['43', '42'],
    ['4/3', '3/4'],
    ['', '42'],
    ['forty-two', '42'],
    ['1/0', '42'],
    ['4 2', '42'],
  ] as const) {
    assert.ok(!number(given, expected).correct, `${given} should not be ${expected}`);
  }
});

test('what went wrong is recognised', () => {
  const mistakes = [{ answer: '2/5', misconception: 'added the denominators as well as the numerators' }];
  assert.equal(number('2/5', '5/6', { mistakes }).misconception, 'added the denominators as well as the numerators');
  assert.equal(number('4/10', '5/6', { mistakes }).misconception, 'added the denominators as well as the numerators');
  assert.equal(number('-7', '7').misconception, 'sign error');
  assert.match(number('420', '42').misconception ?? '', /place value/);
  assert.ok(number('41', '42').close);
});

test('every mistake that a generator foresees is recognised by the checker', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const activity = generate({ subject: 'mathematics', gradeLevel: 1 + (seed % 8), difficulty: (seed % 5) / 4 }, seeded(seed));
    const ask = {
      question: activity.question,
      kind: activity.kind,
      expected: activity.answer,
      accepted: activity.accepted,
      mistakes: activity.mistakes,
    };
    assert.ok(check({ ...ask, given: activity.answer }, seeded(1)).correct, activity.question);
    for (const mistake of activity.mistakes) {
      const checked = check({ ...ask, given: mistake.answer }, seeded(1));
      assert.ok(!checked.correct && checked.misconception !== null, `${activity.question}: ${mistake.answer}`);
    }
  }
});

test('free text counts by what it says', () => {
  const text = (given: string, expected: string) =>
    asked(check, { question: 'Why?', kind: 'text', expected, given }, schema('answer_checker'));
  const why = 'Plants use light to make sugar from water and carbon dioxide';
  assert.ok(text('they make sugar out of carbon dioxide and water with light, plants do', why).correct);
  const part = text('plants need water', why);
  assert.ok(!part.correct);
  assert.ok(!text('because it is green', why).correct);
  const spelled = text('photosyntesis', 'photosynthesis');
  assert.ok(!spelled.correct && spelled.close && spelled.score === 0.7);
});

const exercise = {
  question: 'What is 3/4 + 1/8? Give the answer in lowest terms.',
  answer: '7/8',
  hints: ['Make the denominators the same.', 'How many eighths are three quarters?', '3/4 = 6/8, so the answer is 7/8.'],
};

function say(...texts: readonly string[]): TutorReply {
  const conversation = texts.map((text, at) => ({ role: (texts.length - at) % 2 === 1 ? ('learner' as const) : ('tutor' as const), text }));
  return asked(
    reply,
    { subject: 'mathematics', gradeLevel: 5, concept: 'adding_fractions', conversation, activity: exercise },
    schema('tutor_reply'),
  );
}

test('the tutor greets, hints, praises and comforts', () => {
  assert.equal(say('Hi!').strategy, 'greet');
  assert.equal(say('I need a hint').hintLevel, 1);
  assert.equal(say('7/8').strategy, 'praise');
  assert.equal(say('I think it is 14/16').strategy, 'praise');
  assert.equal(say('4/12').strategy, 'check');
  assert.equal(say('this is too hard').insight, 'struggling_detected');
  assert.equal(say('Why do the denominators have to be the same?').strategy, 'explain');
  assert.equal(say('Do you like football, and who won yesterday?').insight, 'off_topic');
});

test('the tutor gives the hints in turn', () => {
  const first = say('help me');
  const second = say('help me', first.reply, 'another hint please');
  assert.match(first.reply, /denominators the same/);
  assert.match(second.reply, /eighths/);
  assert.equal(second.hintLevel, 2);
});

test('the tutor never tells the answer, whoever asks', () => {
  for (const text of [
    'Just tell me the answer',
    'what is the answer?',
    'give me the answer now',
    'hint',
    'why?',
    'no idea',
    'I give up',
    ...oddTexts,
  ]) {
    assert.doesNotMatch(say(text).reply, /7\/8/, text);
    assert.doesNotMatch(say('hint', exercise.hints[0] ?? '', 'hint', exercise.hints[1] ?? '', text).reply, /7\/8/, text);
  }
});

test('a child in need is told to go to a grown-up, and agents hear of it', () => {
  for (const text of ["they are bullying me and I can't do this", 'my uncle hits me', 'I want to die']) {
    const { strategy, insight, reply: said } = say(text);
    assert.equal(strategy, 'care');
    assert.equal(insight, 'needs_adult');
    assert.match(said, /grown-up/);
  }
  assert.notEqual(say('this hurts my brain').insight, 'needs_adult');
});

test('the tutor answers anything, with and without an exercise', () => {
  for (const text of oddTexts) {
    asked(
      reply,
      { subject: text, gradeLevel: 2, concept: text, conversation: [{ role: 'learner', text }], learner: text },
      schema('tutor_reply'),
    );
    asked(reply, { subject: 'english', gradeLevel: 2, conversation: [], activity: null }, schema('tutor_reply'));
  }
});

test('feedback keeps the answer until the last try, and shows the way at last', () => {
  const wrong = {
    correct: false,
    concept: 'adding_fractions',
    answer: '2/5',
    expected: '5/6',
    misconception: 'added the denominators as well as the numerators',
    explanation: '1/2 = 3/6 and 1/3 = 2/6. 3 + 2 = 5.',
  };
  for (const attempt of [1, 2]) {
    const { feedback, revealsAnswer, nextStep } = asked(write, { ...wrong, attempt }, schema('feedback_writer'));
    assert.doesNotMatch(feedback, /5\/6/);
    assert.ok(!revealsAnswer && nextStep === 'retry');
    assert.match(feedback, /added the denominators/);
  }
  const last = asked(write, { ...wrong, attempt: 3 }, schema('feedback_writer'));
  assert.match(last.feedback, /5\/6/);
  assert.equal(last.nextStep, 'easier');
  assert.equal(asked(write, { ...wrong, correct: true, streak: 4 }, schema('feedback_writer')).nextStep, 'harder');
  for (const text of oddTexts)
    asked(
      write,
      { correct: false, concept: text, answer: text, expected: text, misconception: text, explanation: text },
      schema('feedback_writer'),
    );
});

test('hints come in turn, and the last one is the last', () => {
  const ask = (given: readonly string[]) =>
    asked(
      hint,
      { question: exercise.question, answer: exercise.answer, concept: 'adding_fractions', hints: exercise.hints, given },
      schema('hint_writer'),
    );
  assert.deepEqual(
    [ask([]).level, ask(exercise.hints.slice(0, 1)).level, ask(exercise.hints.slice(0, 2)).level, ask(exercise.hints).level],
    [1, 2, 3, 3],
  );
  assert.ok(!ask(exercise.hints.slice(0, 1)).revealsAnswer);
  assert.ok(ask(exercise.hints.slice(0, 2)).revealsAnswer && ask(exercise.hints.slice(0, 2)).last);
  for (const text of oddTexts) asked(hint, { question: text, answer: text, concept: text, given: [text] }, schema('hint_writer'));
  const without = asked(hint, { question: 'What is 2 + 2?', answer: '4', concept: 'addition' }, schema('hint_writer'));
  assert.doesNotMatch(without.hint, /4/);
});
