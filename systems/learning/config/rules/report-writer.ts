/** One report out of three analyses. What is missing is said, and not made up. */
import { rules } from 'continuo';
import { counted, daysIn } from '../../../english/nouns.ts';
import { sentence, shortened } from '../../../english/text.ts';
import type { ConversationAnalysis } from './conversation-analysis.ts';
import type { LearningAnalysis } from './learning-analysis.ts';
import type { SpeechFeedback } from './speech-feedback.ts';
import { labelOf } from './tutoring/topics.ts';

export interface ReportSources {
  readonly learner: string;
  readonly gradeLevel?: number;
  readonly days: number;
  readonly learning?: LearningAnalysis | null;
  readonly speech?: SpeechFeedback | null;
  readonly conversation?: ConversationAnalysis | null;
}

export interface Report {
  readonly title: string;
  readonly overview: string;
  readonly sections: readonly { readonly heading: string; readonly text: string }[];
  readonly strengths: readonly string[];
  readonly nextSteps: readonly string[];
  readonly forFamily: string;
  readonly missing: readonly string[];
}

const joined = (parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => sentence(part ?? ''))
    .filter((part) => part !== '')
    .join(' ');

function sectionsOf({ learning, speech, conversation }: ReportSources): Report['sections'] {
  return [
    learning === null || learning === undefined
      ? []
      : [
          {
            heading: 'Learning',
            text: joined([learning.summary, ...learning.patterns, ...learning.struggles.slice(0, 2).map(({ what }) => what)]),
          },
        ],
    speech === null || speech === undefined
      ? []
      : [{ heading: 'Speaking and reading aloud', text: joined([speech.summary, ...speech.advice.slice(1, 3).map(({ what }) => what)]) }],
    conversation === null || conversation === undefined
      ? []
      : [{ heading: 'Conversations with the tutor', text: joined([conversation.summary]) }],
  ]
    .flat()
    .filter(({ text }) => text !== '');
}

function stepsFrom({ learning, speech, conversation }: ReportSources): readonly string[] {
  const steps = [
    conversation?.needsAdult === true ? conversation.recommendations[0] : undefined,
    learning?.recommendations[0],
    speech?.advice[0] === undefined ? undefined : `${speech.advice[0].what} ${speech.advice[0].exercise}`,
    conversation?.needsAdult === true ? conversation.recommendations[1] : conversation?.recommendations[0],
    ...(learning?.recommendations.slice(1) ?? []),
    'Keep the sessions short and regular: ten minutes on most days do more than an hour on Sunday.',
    'At the end of each session, say in one sentence what was learned.',
    'Celebrate one thing that has become easier.',
  ];
  return [...new Set(steps.map((step) => sentence(step ?? '')).filter((step) => step !== ''))].slice(0, 5);
}

function toFamily(name: string, { learning, conversation }: ReportSources): string {
  const accuracy = learning?.measures.accuracy ?? 0;
  const answers = learning?.measures.answers ?? 0;
  const struggle = learning?.struggles[0];
  return [
    answers === 0
      ? `${name} is just beginning.`
      : `${name} has worked on ${counted(answers, 'task')}, and about ${Math.round(accuracy * 10)} of 10 were right.`,
    struggle === undefined
      ? 'There is nothing to worry about at the moment.'
      : `${sentence(`${labelOf(struggle.concept)} ${labelOf(struggle.concept).endsWith('s') ? 'are' : 'is'} still hard, which is quite normal`)} A few minutes together at the kitchen table help more than a long lesson.`,
    conversation?.needsAdult === true
      ? 'Please talk with your child today about how things are going.'
      : 'Ask what was interesting, rather than how many were right.',
  ].join(' ');
}

export default rules<ReportSources, Report>((sources) => {
  const name = shortened(sources.learner, 60) || 'The learner';
  const { learning, speech, conversation, days } = sources;
  const sections = sectionsOf(sources);
  const missing = [
    learning === null || learning === undefined ? 'Learning: there was no analysis of answers.' : '',
    speech === null || speech === undefined
      ? 'Speaking: there was no recording to analyse.'
      : speech.score === null
        ? 'Speaking: the recording could not be measured.'
        : '',
    conversation === null || conversation === undefined ? 'Conversations: there was no analysis of them.' : '',
  ].filter((text) => text !== '');
  const strengths = [...(learning?.strengths ?? []), ...(speech?.strengths ?? [])].map(sentence).slice(0, 5);
  return {
    title: `Report for ${name}: the last ${daysIn(days)}`,
    overview: joined([
      sections.length === 0
        ? `There is nothing to report on ${name} yet`
        : `This report looks at ${counted(sections.length, 'side')} of how ${name} has been learning`,
      learning?.summary,
      speech === null || speech === undefined ? undefined : speech.strengths[0],
      missing.length > 0 && sections.length > 0 ? 'Not everything could be looked at; what is missing is listed at the end' : undefined,
    ]),
    sections,
    strengths,
    nextSteps: stepsFrom(sources),
    forFamily: toFamily(name, sources),
    missing,
  };
});
