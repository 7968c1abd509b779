/** What a learner's side of conversations shows. */
import { rules } from 'continuo';
import { counted, daysIn } from '../../../english/nouns.ts';
import { listed, shortened, tidy, wordsOf } from '../../../english/text.ts';
import { conceptNamed } from './activities/choosing.ts';
import { average, rounded } from './analysis/measuring.ts';
import { heard, type Said } from './tutoring/listening.ts';

export interface Conversations {
  readonly learner: string;
  readonly days: number;
  readonly turns: readonly { readonly role: 'learner' | 'tutor'; readonly text: string }[];
}

type Mood = 'frustrated' | 'confident' | 'curious' | 'tired' | 'worried';

export interface ConversationAnalysis {
  readonly summary: string;
  readonly engagement: number | null;
  readonly questionsAsked: number;
  readonly topics: readonly string[];
  readonly moods: readonly { readonly mood: Mood; readonly times: number; readonly example: string }[];
  readonly recommendations: readonly string[];
  readonly needsAdult: boolean;
}

const moodOf: Partial<Readonly<Record<Said, Mood>>> = {
  frustration: 'frustrated',
  confidence: 'confident',
  question: 'curious',
  tired: 'tired',
  distress: 'worried',
};

function topicsOf(texts: readonly string[]): readonly string[] {
  const named = texts.flatMap((text) => {
    const concept = wordsOf(text).length < 3 ? undefined : conceptNamed(text);
    return concept === undefined ? [] : [concept.label];
  });
  return [...Map.groupBy(named, (label) => label)]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([label]) => label)
    .slice(0, 5);
}

function recommendationsFor(moods: ConversationAnalysis['moods'], needsAdult: boolean, long: number): readonly string[] {
  const times = (mood: Mood): number => moods.find((entry) => entry.mood === mood)?.times ?? 0;
  return [
    needsAdult ? 'Something was said that a grown-up should know about today. Please read the conversation.' : '',
    times('frustrated') >= 2 ? 'Make the steps smaller when frustration shows, and name what has been achieved already.' : '',
    times('tired') >= 2 ? 'Shorter sessions, or a pause in the middle.' : '',
    times('curious') >= 3 ? 'Leave room for the learner’s own questions: there are many, and they carry the lesson.' : '',
    times('confident') > times('frustrated') + 1 ? 'Let the learner explain to others; there is confidence to build on.' : '',
    long < 3 ? 'Ask questions that cannot be answered with one word.' : '',
  ].filter((text) => text !== '');
}

export default rules<Conversations, ConversationAnalysis>(({ learner, days, turns }) => {
  const name = shortened(learner, 60) || 'The learner';
  const texts = turns
    .filter(({ role }) => role === 'learner')
    .map(({ text }) => tidy(text))
    .filter((text) => text !== '');
  if (texts.length === 0) {
    return {
      summary: `${name} has said nothing to the tutor in the last ${daysIn(days)}.`,
      engagement: null,
      questionsAsked: 0,
      topics: [],
      moods: [],
      recommendations: ['Invite a conversation with an open question about something that the learner likes.'],
      needsAdult: false,
    };
  }
  const heardAs = texts.map((text) => ({ text, said: heard(text) }));
  const groups = Map.groupBy(
    heardAs.flatMap(({ text, said }) => {
      const mood = moodOf[said];
      return mood === undefined ? [] : [{ mood, text }];
    }),
    ({ mood }) => mood,
  );
  const moods = [...groups]
    .map(([mood, entries]) => ({ mood, times: entries.length, example: shortened(entries[0]?.text ?? '', 120) }))
    .sort((one, other) => other.times - one.times);
  const questionsAsked = heardAs.filter(({ said }) => said === 'question').length;
  const long = average(texts.map((text) => wordsOf(text).length));
  const given = heardAs.filter(({ said }) => said !== 'silence' && said !== 'unsure' && said !== 'tired').length / texts.length;
  const engagement = rounded(0.5 * given + 0.3 * Math.min(1, long / 8) + 0.2 * Math.min(1, (questionsAsked / texts.length) * 3));
  const needsAdult = heardAs.some(({ said }) => said === 'distress');
  const topics = topicsOf(turns.map(({ text }) => text));
  const parts = [
    `In the last ${daysIn(days)} ${name} spoke ${counted(texts.length, 'time')} with the tutor and asked ${counted(questionsAsked, 'question')}.`,
    topics.length > 0 ? `It was mostly about ${listed(topics.slice(0, 3))}.` : '',
    moods[0] === undefined || moods[0].times < 2 ? '' : `The mood that showed most often was ${moods[0].mood}.`,
  ];
  return {
    summary: parts.filter((part) => part !== '').join(' '),
    engagement,
    questionsAsked,
    topics,
    moods,
    recommendations: recommendationsFor(moods, needsAdult, long),
    needsAdult,
  };
});
