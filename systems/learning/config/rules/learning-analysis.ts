/** What answers of some days tell: counted, and then put into words. */
import { rules } from 'continuo';
import { counted, daysIn } from '../../../english/nouns.ts';
import { listed, sentence, shortened, tidy } from '../../../english/text.ts';
import { average, byConcept, measured, type ConceptRecord, type Interaction, type Measures } from './analysis/measuring.ts';
import { labelOf, topicOf } from './tutoring/topics.ts';

export interface LearningHistory {
  readonly learner: string;
  readonly days: number;
  readonly gradeLevel?: number;
  readonly interactions: readonly Interaction[];
  readonly mastery?: readonly { readonly concept: string; readonly mastery: number }[];
}

export interface LearningAnalysis {
  readonly summary: string;
  readonly strengths: readonly string[];
  readonly struggles: readonly { readonly concept: string; readonly what: string; readonly tryThis: string }[];
  readonly patterns: readonly string[];
  readonly recommendations: readonly string[];
  readonly measures: Measures;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const score = ({ correct, answers }: ConceptRecord): string => `${correct} of ${answers} right`;

function patternsOf(interactions: readonly Interaction[], measures: Measures): readonly string[] {
  const patterns: string[] = [];
  const times = (correct: boolean): readonly number[] =>
    interactions.flatMap((answer) => (answer.correct === correct && answer.seconds !== undefined ? [answer.seconds] : []));
  const [quick, slow] = [average(times(false)), average(times(true))];
  if (times(false).length >= 3 && times(true).length >= 3 && quick < slow * 0.6)
    patterns.push('Wrong answers come much faster than right ones: a second look would help.');
  if (measures.trend >= 0.15) patterns.push('The second half went clearly better than the first.');
  if (measures.trend <= -0.15)
    patterns.push('The second half went worse than the first: sessions may be too long, or the tasks have become too hard.');
  const hinted = interactions.filter(({ hintsUsed }) => (hintsUsed ?? 0) > 0);
  if (hinted.length >= 3)
    patterns.push(`With a hint ${percent(average(hinted.map(({ correct }) => (correct ? 1 : 0))))} of the answers were right.`);
  const hard = interactions.filter(({ difficulty }) => difficulty >= 0.6);
  if (hard.length >= 4) patterns.push(`Of the hard tasks ${percent(average(hard.map(({ correct }) => (correct ? 1 : 0))))} were right.`);
  return patterns;
}

function advice(measures: Measures, struggles: readonly ConceptRecord[], strengths: readonly ConceptRecord[]): readonly string[] {
  const advices: string[] = [];
  const [first] = struggles;
  if (first !== undefined)
    advices.push(`Take ${labelOf(first.concept)} first, in short sessions of easier tasks, until four of five are right.`);
  if (measures.accuracy > 0.9 && measures.answers >= 8)
    advices.push('Raise the difficulty: nearly everything is right, so there is little left to learn at this level.');
  if (measures.accuracy < 0.5 && measures.answers >= 8)
    advices.push('Lower the difficulty for a while, so that most answers can be right again.');
  if (measures.hintsPerAnswer > 1) advices.push('Wait a little before the second hint: thinking time works better than more hints.');
  if (strengths.length > 0) advices.push(`Come back to ${labelOf(strengths[0]?.concept ?? '')} in a week, so that it stays.`);
  return advices.length > 0 ? advices : ['Go on as before, with a short session on most days.'];
}

export default rules<LearningHistory, LearningAnalysis>(({ learner, days, interactions, mastery = [] }) => {
  const name = shortened(learner, 60) || 'The learner';
  const measures = measured(interactions);
  if (measures.answers === 0) {
    return {
      summary: `${name} has answered nothing in the last ${daysIn(days)}, so there is nothing to analyse yet.`,
      strengths: mastery
        .filter((entry) => entry.mastery >= 0.8)
        .map(({ concept, mastery: level }) => sentence(`${labelOf(concept)}: mastered to ${percent(level)} by the learner model`)),
      struggles: [],
      patterns: [],
      recommendations: ['Begin with a short session of easy tasks, to find out where to go on.'],
      measures,
    };
  }
  const records = byConcept(interactions);
  const strong = records
    .filter(({ answers, accuracy }) => answers >= 2 && accuracy >= 0.8)
    .sort((one, other) => other.accuracy - one.accuracy || other.answers - one.answers);
  const weak = records
    .filter(({ answers, accuracy }) => answers >= 2 && accuracy < 0.6)
    .sort((one, other) => one.accuracy - other.accuracy || other.answers - one.answers);
  const course =
    measures.trend >= 0.1 ? 'and it is getting better' : measures.trend <= -0.1 ? 'with a dip towards the end' : 'steadily throughout';
  const parts = [
    `In the last ${daysIn(days)} ${name} gave ${counted(measures.answers, 'answer')}, ${percent(measures.accuracy)} of them right, ${course}.`,
    strong.length > 0
      ? sentence(`${listed(strong.slice(0, 2).map(({ concept }) => labelOf(concept)))} ${strong.length > 1 ? 'go' : 'goes'} well`)
      : '',
    weak.length > 0
      ? sentence(`${listed(weak.slice(0, 2).map(({ concept }) => labelOf(concept)))} ${weak.length > 1 ? 'need' : 'needs'} practice`)
      : '',
    measures.answers < 8 ? 'With so few answers this is a first impression only.' : '',
  ];
  return {
    summary: parts.filter((part) => part !== '').join(' '),
    strengths: strong.slice(0, 4).map((record) => sentence(`${labelOf(record.concept)}: ${score(record)}`)),
    struggles: weak.slice(0, 4).map((record) => ({
      concept: shortened(record.concept, 60),
      what: sentence(
        `${labelOf(record.concept)}: ${score(record)}${record.misconception === undefined ? '' : `. What shows most often: ${tidy(record.misconception)}`}`,
      ),
      tryThis: `${topicOf(record.concept).picture} ${topicOf(record.concept).ask}`,
    })),
    patterns: patternsOf(interactions, measures),
    recommendations: advice(measures, weak, strong),
    measures,
  };
});
