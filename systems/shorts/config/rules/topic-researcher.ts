import { rules } from 'continuo';
import { capital, sentencesOf, share, subjectOf, termsOf } from './terms.ts';
import type { Research } from './video-script.ts';

interface Finding {
  readonly source: string;
  readonly title: string;
  readonly url?: string;
  readonly text?: string;
  readonly score?: number;
  readonly published?: string;
}

interface ResearchInput {
  readonly topic: string;
  readonly depth: 'quick' | 'deep';
  readonly findings?: readonly Finding[];
}

/** How many of each are given. */
const amounts = { quick: { trends: 3, insights: 5, angles: 3 }, deep: { trends: 6, insights: 10, angles: 5 } } as const;

/** Sentences that a viewer could not read aloud, or that sell something. */
const unusable = /https?:|\bsubscribe\b|\bclick\b|\bsign up\b|\bbuy now\b|\bcookie|[{}<>|]/i;

/** Attention among the findings of the same source: a view is not a vote. */
function attentionOf(findings: readonly Finding[]): (finding: Finding) => number {
  const most = new Map<string, number>();
  for (const { source, score = 0 } of findings) most.set(source, Math.max(most.get(source) ?? 0, score));
  return ({ source, score = 0 }) => score / Math.max(1, most.get(source) ?? 1);
}

/** What was found more than once counts once, and what got more attention comes first. */
function ranked(findings: readonly Finding[], topic: string): readonly Finding[] {
  const seen = new Set<string>();
  const attention = attentionOf(findings);
  return findings
    .filter((finding) => finding.title.trim() !== '' && share(`${finding.title} ${finding.text ?? ''}`, topic) > 0)
    .filter((finding) => {
      const key = termsOf(finding.title).join(' ');
      return seen.has(key) ? false : seen.add(key) !== undefined;
    })
    .toSorted((a, b) => attention(b) - attention(a));
}

const addressOf = (finding: Finding): string => finding.url ?? finding.source;

function trendsOf(findings: readonly Finding[], topic: string, most: number): Research['trends'] {
  const own = new Set(termsOf(topic));
  const byTerm = new Map<string, Finding[]>();
  for (const finding of findings)
    for (const term of termsOf(finding.title)) if (!own.has(term)) byTerm.set(term, [...(byTerm.get(term) ?? []), finding]);
  const shared = [...byTerm].filter(([, of]) => of.length > 1).toSorted((a, b) => b[1].length - a[1].length);
  const used = new Set<Finding>();
  const trends: Research['trends'][number][] = [];
  for (const [term, of] of shared) {
    if (trends.length === most || of.every((finding) => used.has(finding))) continue;
    for (const finding of of) used.add(finding);
    const places = [...new Set(of.map((finding) => finding.source))];
    trends.push({
      name: term,
      evidence: `${of.length} of ${findings.length} findings name it (${places.join(', ')}), such as "${of[0]?.title}".`,
      sources: [...new Set(of.map(addressOf))].slice(0, 5),
    });
  }
  return trends;
}

/** The sentence of a finding that says most about the topic; a number makes it better. */
function insightOf(finding: Finding, topic: string): string {
  const sentences = sentencesOf(finding.text ?? '').filter((sentence) => {
    const words = sentence.split(' ').length;
    return words >= 5 && words <= 28 && !unusable.test(sentence);
  });
  const value = (sentence: string): number => share(sentence, `${topic} ${finding.title}`) + (/\d/.test(sentence) ? 1 : 0);
  const [best] = sentences.toSorted((a, b) => value(b) - value(a));
  const said = (best ?? finding.title).replace(/[.\s]+$/, '');
  return `${said}, according to ${finding.source}.`;
}

const anglesOf = (findings: readonly Finding[], trends: Research['trends'], subject: string): readonly string[] => {
  const question = findings.find((finding) => finding.title.trim().endsWith('?'));
  const [first, second] = trends;
  const [top] = findings;
  return [
    ...(top === undefined
      ? []
      : [`What everybody is talking about: "${top.title.replace(/[.\s]+$/, '')}", and what it means for the viewer.`]),
    ...(question === undefined ? [] : [`Answer the question that people ask: ${question.title.trim()}`]),
    ...(first === undefined || second === undefined
      ? []
      : [`${capital(first.name)} against ${second.name}: the two sides of ${subject} in one minute.`]),
    ...(first === undefined ? [] : [`Why ${first.name} keeps coming up when people speak of ${subject}.`]),
    `One thing about ${subject} that can be tried today.`,
    `What most people get wrong about ${subject}, and how to check it.`,
  ];
};

const withoutFindings = (topic: string, why: string): Research => {
  const subject = subjectOf(topic);
  return {
    topic,
    trends: [],
    key_insights: [],
    suggested_angles: [
      `Three questions to ask before believing anything about ${subject}.`,
      `How to test ${subject} for oneself, in one small step.`,
      `How to decide whether ${subject} is worth anybody's time.`,
    ],
    note: `${why} There are no facts about "${subject}" in here. Hand in findings, or set a key for a search, to have it researched.`,
  };
};

export default rules<ResearchInput, Research>(({ topic, depth, findings = [] }) => {
  if (findings.length === 0) return withoutFindings(topic, 'Nothing was looked up.');
  const fitting = ranked(findings, topic);
  if (fitting.length === 0) return withoutFindings(topic, `None of the ${findings.length} findings is about the topic.`);
  const most = amounts[depth];
  const trends = trendsOf(fitting, topic, most.trends);
  return {
    topic,
    trends,
    key_insights: fitting.slice(0, most.insights).map((finding) => insightOf(finding, topic)),
    suggested_angles: anglesOf(fitting, trends, subjectOf(topic)).slice(0, most.angles),
    note: null,
  };
});
