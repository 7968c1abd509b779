/** What can be measured in a script before anything is rendered. */
import { sharedWords, subjectWords } from './likeness.ts';
import { HOOK_SECONDS, spokenSeconds, tenth, wordCount, wordsPerSecond } from './pace.ts';
import type { ContentMode } from './pace.ts';
import type { Script, ScriptStep } from './script.ts';
import { found } from './verdict.ts';
import type { Finding } from './verdict.ts';
import { wordsOf } from './words.ts';

export interface Asked {
  readonly topic: string;
  readonly content_mode: ContentMode;
  readonly target_duration: number;
}

type Check = (script: Script, asked: Asked) => readonly Finding[];

const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence !== '');

const spokenTexts = (script: Script): readonly string[] => [
  script.hook,
  script.gather.narration,
  ...script.steps.map((step) => step.narration),
  script.result.narration,
  script.cta.narration,
];

const aboutTopic: Check = (script, asked) => {
  const wanted = subjectWords(asked.topic);
  const told = [script.title, ...spokenTexts(script), ...script.steps.map((step) => step.picture), ...script.keywords].join(' ');
  if (wanted.size > 0 && sharedWords(asked.topic, told) === 0)
    return [found('film', 'narration', 5, `Nothing in it is about "${asked.topic.slice(0, 60)}": write it for that topic.`)];
  if (!script.generic) return [];
  return [
    found(
      'film',
      'narration',
      3.2,
      'It is a general plan and teaches nothing that is special to the topic: look the topic up, and write its real steps.',
    ),
  ];
};

const hook: Check = (script, asked) => {
  const seconds = spokenSeconds(script.hook, asked.content_mode);
  if (wordCount(script.hook) === 0)
    return [found(0, 'narration', 1.5, 'There is no hook: begin with one sentence that makes people stay.')];
  if (seconds <= HOOK_SECONDS + 0.5) return [];
  return [found(0, 'narration', seconds > 6 ? 1.5 : 0.8, `The hook takes ${tenth(seconds)} s: cut it to three.`)];
};

const length: Check = (script, asked) => {
  const off = script.total_seconds / asked.target_duration - 1;
  if (Math.abs(off) <= 0.15) return [];
  const way = off > 0 ? 'longer' : 'shorter';
  const mend = off > 0 ? 'leave detail out' : 'add reasons and common mistakes';
  const percent = Math.round(Math.abs(off) * 100);
  return [
    found(
      'film',
      'timing',
      Math.abs(off) > 0.35 ? 3 : 1.5,
      `It is ${percent} % ${way} than the ${asked.target_duration} s that were asked for: ${mend}.`,
    ),
  ];
};

const speech: Check = (script, asked) => {
  const spoken = spokenTexts(script).reduce((sum, text) => sum + spokenSeconds(text, asked.content_mode), 0);
  if (spoken <= script.total_seconds * 1.1) return [];
  return [
    found(
      'film',
      'timing',
      2,
      `The words take ${tenth(spoken)} s, and the film says it lasts ${tenth(script.total_seconds)} s: shorten the text or count again.`,
    ),
  ];
};

const steps: Check = (script) => {
  const findings: Finding[] = [];
  const count = script.steps.length;
  if (count < 5 || count > 8) findings.push(found('film', 'narration', 1.5, `There are ${count} steps: five to eight can be followed.`));
  if (script.steps.some((step, index) => step.number !== index + 1))
    findings.push(found('film', 'narration', 1, 'The steps are not numbered from 1 without gaps: put them in order.'));
  return findings;
};

function stepFindings(step: ScriptStep, asked: Asked): readonly Finding[] {
  const findings: Finding[] = [];
  const words = wordCount(step.narration);
  const add = (fix: Finding['fix'], cost: number, what: string): unknown => findings.push(found(step.number, fix, cost, what));
  if (words === 0) add('narration', 2, 'Nothing is said in this step: say its action.');
  else if (words / step.seconds > wordsPerSecond(asked.content_mode) * 1.25)
    add('timing', 0.8, `${words} words in ${tenth(step.seconds)} s is too fast to follow: give it more time or fewer words.`);
  if (step.seconds > 30) add('timing', 0.5, `One picture for ${tenth(step.seconds)} s drags: split the step or shorten it.`);
  const longest = Math.max(0, ...sentencesOf(step.narration).map(wordCount));
  if (longest > (asked.content_mode === 'kid' ? 24 : 30))
    add('narration', 0.5, `A sentence of ${longest} words is hard to hear: make two of it.`);
  if (wordCount(step.picture) < 3) add('picture', 1, 'The picture is not described: say what is seen.');
  else if (sharedWords(step.picture, `${step.action} ${step.narration}`) === 0 && sharedWords(step.picture, asked.topic) === 0)
    add('picture', 0.6, 'The picture shows nothing that is said here: show the object and the action of this step.');
  return findings;
}

const pictures: Check = (script) => {
  const seen = new Map<string, number>();
  const findings: Finding[] = [];
  for (const step of script.steps) {
    const first = seen.get(step.picture);
    if (first === undefined) seen.set(step.picture, step.number);
    else findings.push(found(step.number, 'picture', 0.8, `It is the same picture as in step ${first}: show what has changed.`));
  }
  return findings;
};

const repetition: Check = (script) => {
  const said = spokenTexts(script)
    .flatMap(sentencesOf)
    .filter((sentence) => wordCount(sentence) > 3);
  const twice = said.find((sentence, index) => said.indexOf(sentence) !== index);
  return twice === undefined ? [] : [found('film', 'narration', 0.8, `"${twice.slice(0, 60)}" is said twice: keep it once.`)];
};

const endings: Check = (script) => {
  const findings: Finding[] = [];
  if (wordCount(script.result.narration) === 0)
    findings.push(found('film', 'narration', 0.8, 'The result is missing: show what one has in the end.'));
  if (wordCount(script.cta.narration) === 0)
    findings.push(found('film', 'narration', 0.4, 'It ends without a last word: say what to do next.'));
  return findings;
};

const hazards =
  /\b(?:knife|knives|blade|scissors|drill|saw|boil\w*|hot|oven|stove|iron|bleach|acid|battery|electric\w*|ladder|jack|solder\w*|flame|candle|needle)\b/i;

const safety: Check = (script, asked) => {
  const what = hazards.exec(script.steps.map((step) => `${step.action} ${step.narration}`).join(' '))?.[0];
  if (what === undefined || script.safety.length > 0) return [];
  return [
    found(
      'film',
      'narration',
      asked.content_mode === 'kid' ? 3 : 1.8,
      `It works with "${what.toLowerCase()}" and warns of nothing: say how nobody gets hurt.`,
    ),
  ];
};

const remnants: Check = (script) => {
  const texts = [script.title, ...spokenTexts(script), ...script.steps.flatMap((step) => [step.action, step.picture])];
  const broken = texts.find((text) => /\{\{|\}\}|\bundefined\b|\bnull\b|\[object|lorem ipsum|\bTODO\b/i.test(text));
  return broken === undefined ? [] : [found('film', 'narration', 4, `"${broken.slice(0, 60)}" is not a finished sentence: write it out.`)];
};

const materials: Check = (script) => {
  const used = wordsOf(script.steps.map((step) => step.narration).join(' '));
  if (script.materials.length > 0 || used.length === 0) return [];
  return [found('film', 'narration', 1, 'It does not say what is needed: list the materials with amounts.')];
};

const checks: readonly Check[] = [aboutTopic, hook, length, speech, steps, pictures, repetition, endings, safety, remnants, materials];

export function scriptFindings(script: Script, asked: Asked): readonly Finding[] {
  return [...checks.flatMap((check) => check(script, asked)), ...script.steps.flatMap((step) => stepFindings(step, asked))];
}
