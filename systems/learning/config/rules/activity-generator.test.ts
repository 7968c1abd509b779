import assert from 'node:assert/strict';
import test from 'node:test';
import { asked, oddTexts, seeded } from '../../../testing/answers.ts';
import { evaluated, same, worth } from '../../../testing/calculator.ts';
import { concepts } from './activities/concepts.ts';
import { conceptNamed } from './activities/choosing.ts';
import { suitableLevel } from './english/choices.ts';
import { says } from './activities/hints.ts';
import generate, { type Activity } from './activity-generator.ts';

const schema = new URL('../schemas/activity_generator.output.json', import.meta.url);
const levels = [0, 0.25, 0.5, 0.75, 1];

function everyActivity(seeds: number, check: (activity: Activity, about: string) => void): void {
  for (const concept of concepts) {
    for (let gradeLevel = concept.grades[0]; gradeLevel <= concept.grades[1]; gradeLevel += 1) {
      for (const difficulty of levels) {
        for (let seed = 0; seed < seeds; seed += 1) {
          const activity = generate(
            { subject: concept.subject, gradeLevel, concept: concept.id, difficulty },
            seeded(seed * 7919 + gradeLevel),
          );
          check(activity, `${concept.id} grade ${gradeLevel} difficulty ${difficulty} seed ${seed}: ${activity.question}`);
        }
      }
    }
  }
}

test('every activity of every concept fits the schema, is the same twice, and reads well', () => {
  for (const concept of concepts) {
    for (const difficulty of levels) {
      for (let seed = 0; seed < 3; seed += 1) {
        const activity = asked(
          generate,
          { subject: concept.subject, gradeLevel: concept.grades[seed % 2] ?? 1, concept: concept.id, difficulty },
          schema,
          seed,
        );
        assert.equal(activity.concept, concept.id);
      }
    }
  }
});

test('every answer that can be computed is what its calculation gives', () => {
  let computed = 0;
  everyActivity(20, (activity, about) => {
    if (activity.working === null) return;
    computed += 1;
    for (const answer of [activity.answer, ...activity.accepted.filter((form) => /^[−\d/ .]+$/.test(form) && activity.kind === 'number')]) {
      assert.ok(same(worth(answer), evaluated(activity.working)), `${about}: ${answer} is not ${activity.working}`);
    }
  });
  assert.ok(computed > 10_000);
});

test('the numbers of a calculation are those of its question', () => {
  const known = new Set(['0', '1', '2', '0.5', '5', '10', '20', '50', '60', '100', '180']);
  everyActivity(6, ({ question, working }, about) => {
    if (working === null || about.startsWith('time ') || about.startsWith('place_value ')) return;
    const told = question.replace(/−/g, '-') + (about.startsWith('mean ') ? ` ${question.split(',').length}` : '');
    for (const number of working.match(/\d+(?:\.\d+)?/g) ?? []) {
      assert.ok(
        known.has(number) || new RegExp(`(?<![\\d.])${number.replace('.', '\\.')}(?![\\d])`).test(told),
        `${about}: ${number} of ${working} is not in it`,
      );
    }
  });
});

test('an equation is solved by its answer', () => {
  let solved = 0;
  for (let seed = 0; seed < 400; seed += 1) {
    const { question, answer } = generate(
      { subject: 'maths', gradeLevel: 7, concept: 'equations', difficulty: (seed % 10) / 10 },
      seeded(seed),
    );
    const [left = '', right = ''] = question.replace('Solve for x: ', '').replace(/−/g, '-').split(' = ');
    const put = (side: string): string =>
      side.replace(/(\d*)x/g, (_, factor: string) => `${factor === '' ? 1 : factor} * (${answer.replace('−', '-')})`);
    assert.ok(same(evaluated(put(left)), evaluated(put(right))), `${question} is not solved by ${answer}`);
    solved += 1;
  }
  assert.equal(solved, 400);
});

test('the larger one of two numbers is the larger one', () => {
  for (const concept of ['comparing_fractions', 'comparing_decimals']) {
    for (let seed = 0; seed < 200; seed += 1) {
      const { choices, answer, question } = generate(
        { subject: 'maths', gradeLevel: 5, concept, difficulty: (seed % 5) / 4 },
        seeded(seed),
      );
      const other = (choices ?? []).find((choice) => choice !== answer) ?? '';
      const difference = evaluated(`${answer} - ${other}`);
      assert.ok(difference.top > 0n, `${question} ${answer}`);
    }
  }
});

test('choices hold the answer once, and no choice twice', () => {
  everyActivity(5, ({ kind, choices, answer }, about) => {
    assert.equal(kind === 'choice', choices !== null, about);
    if (choices === null) return;
    assert.equal(choices.filter((choice) => choice === answer).length, 1, about);
    assert.equal(new Set(choices).size, choices.length, `${about}: ${choices.join(' | ')}`);
    assert.ok(choices.length >= 2 && choices.length <= 5, about);
  });
});

test('only the last hint says the answer, and there are two at least', () => {
  everyActivity(5, ({ question, hints, answer }, about) => {
    assert.ok(hints.length >= 2, about);
    if (says(question, answer)) return;
    for (const hint of hints.slice(0, -1)) assert.ok(!says(hint, answer), `${about}: the hint "${hint}" says ${answer}`);
  });
});

test('a misconception is never the right answer', () => {
  everyActivity(8, ({ answer, accepted, mistakes, kind }, about) => {
    for (const mistake of mistakes) {
      assert.notEqual(mistake.answer, answer, `${about}: ${mistake.misconception}`);
      assert.ok(!accepted.includes(mistake.answer), about);
      if (kind === 'number') assert.ok(!same(worth(mistake.answer), worth(answer)), `${about}: ${mistake.misconception}`);
    }
  });
});

test('well-known misconceptions are among the mistakes', () => {
  const find = (concept: string, gradeLevel: number, words: RegExp): boolean => {
    for (let seed = 0; seed < 30; seed += 1) {
      const { mistakes } = generate({ subject: 'maths', gradeLevel, concept, difficulty: 0.5 }, seeded(seed));
      if (mistakes.some(({ misconception }) => words.test(misconception))) return true;
    }
    return false;
  };
  assert.ok(find('adding_fractions', 5, /denominators/));
  assert.ok(find('addition', 3, /carry/));
  assert.ok(find('subtraction', 3, /smaller digit/));
  assert.ok(find('negative_numbers', 7, /sign error/));
  assert.ok(find('order_of_operations', 6, /left to right/));
});

test('the levels of facts and words go along with grade and difficulty', () => {
  for (let grade = 1; grade <= 8; grade += 1) {
    const of = (difficulty: number) => suitableLevel({ grade, difficulty });
    assert.ok(of(1) > of(0), `grade ${grade}`);
    assert.ok(of(0) >= suitableLevel({ grade: grade - 1, difficulty: 0 }));
  }
});

/** How much there is to do: how many numbers there are, how long they are, and whether they are round. */
function effort(concept: string, gradeLevel: number, difficulty: number): number {
  let sum = 0;
  for (let seed = 0; seed < 80; seed += 1) {
    const { working, choices } = generate({ subject: 'maths', gradeLevel, concept, difficulty }, seeded(seed));
    const numbers = (working ?? (choices ?? []).join(' ')).match(/\d+/g) ?? [];
    sum += numbers.reduce(
      (total, number) =>
        total + Math.log(Number(number) + 2) + (Number(number) % 10 === 0 ? 0 : 0.5) + (Number(number) % 5 === 0 ? 0 : 0.5),
      0,
    );
  }
  return sum / 80;
}

test('difficulty makes mathematics harder, in every concept and grade', () => {
  for (const { id, subject, grades } of concepts) {
    if (subject !== 'mathematics') continue;
    for (let grade = grades[0]; grade <= grades[1]; grade += 1) {
      const [easy, hard] = [effort(id, grade, 0.05), effort(id, grade, 0.95)];
      assert.ok(hard > easy * 1.03, `${id} in grade ${grade}: ${easy.toFixed(2)} when easy, ${hard.toFixed(2)} when hard`);
    }
  }
});

test('what was asked lately is not asked again', () => {
  const recent: { question: string; concept: string }[] = [];
  for (let round = 0; round < 15; round += 1) {
    const activity = generate(
      { subject: 'mathematics', gradeLevel: 4, concept: 'multiplication', difficulty: 0.5, recent },
      seeded(round % 3),
    );
    assert.ok(!recent.some(({ question }) => question === activity.question), activity.question);
    recent.push({ question: activity.question, concept: activity.concept });
  }
});

test('names of concepts are found as people write them', () => {
  const found = (text: string): string | undefined => conceptNamed(text)?.id;
  assert.equal(found('algebra'), 'equations');
  assert.equal(found('Adding Fractions'), 'adding_fractions');
  assert.equal(found('times tables'), 'multiplication');
  assert.equal(found('homophones'), 'sound_alikes');
  assert.equal(found('multiplicaton'), 'multiplication');
  assert.equal(found('the water cycle'), 'weather_and_water');
  assert.equal(found('quantum chromodynamics'), undefined);
});

test('odd requests get an activity of their grade', () => {
  for (const text of oddTexts) {
    asked(generate, { subject: text, gradeLevel: 3, concept: text, difficulty: 0.4 }, schema);
    asked(generate, { subject: 'science', gradeLevel: 99, concept: text, difficulty: -3, recent: [{ question: text }] }, schema);
  }
});
