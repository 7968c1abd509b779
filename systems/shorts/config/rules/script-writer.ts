import { rules, type RulesContext } from 'continuo';
import { questions, type Thought } from './questions.ts';
import { capital, subjectOf, termsOf } from './terms.ts';
import { secondsFor, timed, wordCount, wordsWithin, type Research, type Scene, type VideoScript } from './video-script.ts';

interface ScriptInput {
  readonly topic: string;
  /** Seconds. */
  readonly length: number;
  readonly research?: Research;
  readonly tone?: string;
}

/** A hook that takes longer is not a hook. */
const HOOK_SECONDS = 3.3;
const LONGEST_INSIGHT = 30;
/** Below this number of words, the shortest insights are told and the end is brief. */
const ROOM_TO_CONCLUDE = 60;

const hooksFor = (subject: string, hasFacts: boolean): readonly string[] =>
  hasFacts
    ? [`${capital(subject)}: what's really going on?`, `Everyone talks about ${subject}. Here's why.`, 'This is what people found out.']
    : [`Think twice about ${subject}.`, `${capital(subject)}? Ask these questions first.`, 'Ask these questions first.'];

const firstShort = (hooks: readonly string[], ctx: RulesContext): string =>
  ctx.shuffle(hooks.slice(0, -1)).find((hook) => secondsFor(hook) <= HOOK_SECONDS) ?? hooks.at(-1) ?? 'Listen to this.';

const searchTerms = (picture: string, subject: string): readonly string[] => {
  const terms = [termsOf(picture).slice(0, 3).join(' '), termsOf(subject).slice(0, 3).join(' ')].filter((term) => term !== '');
  return terms.length === 0 ? ['person thinking'] : [...new Set(terms)];
};

const sceneOf = (thought: Thought, subject: string): Scene => ({
  text: thought.text,
  duration: 0.5,
  visual_prompt: thought.picture,
  search_terms: searchTerms(thought.picture, subject),
});

/** "…, according to Hacker News." becomes "According to Hacker News, …" now and then, so that not all sentences run alike. */
function spoken(insight: string, index: number): string {
  const found = /^(.*), according to ([^,]+)\.$/.exec(insight);
  if (found === null) return insight;
  const [, said = insight, source = ''] = found;
  const plain = capital(said.trim());
  return [`${plain}. That's from ${source}.`, `${source} reports: ${plain}.`, `${plain}, says ${source}.`][index % 3] ?? insight;
}

function thoughtsFrom(research: Research, subject: string, words: number): readonly Thought[] {
  const insights = research.key_insights
    .filter((insight) => wordCount(insight) <= LONGEST_INSIGHT)
    .map((insight, index) => ({
      text: spoken(insight, index),
      picture: `${insight.replace(/, according to [^,]+\.$/, '')}, shown as one simple scene with a single subject`,
    }));
  const [trend] = research.trends;
  const many =
    trend === undefined
      ? []
      : [{ text: `One word keeps coming up: ${trend.name}.`, picture: `many speech bubbles around one symbol of ${trend.name}` }];
  const picture = 'a person looking closely at a screen with a magnifying glass';
  if (words < ROOM_TO_CONCLUDE)
    return [...insights.toSorted((a, b) => wordCount(a.text) - wordCount(b.text)), { text: 'Check one of these yourself.', picture }];
  const meaning = { text: `So what does it mean for you? Look at ${subject} once more, and check one of these claims yourself.`, picture };
  return [...insights.slice(0, 1), ...many, ...insights.slice(1), meaning];
}

/** As many thoughts as the time holds, and always the last one: it says what the others are for. */
function chosen(thoughts: readonly Thought[], words: number): readonly Thought[] {
  const last = thoughts.at(-1);
  if (last === undefined) return [];
  let left = words - wordCount(last.text);
  const kept: Thought[] = [];
  for (const [index, thought] of thoughts.slice(0, -1).entries()) {
    const size = wordCount(thought.text);
    if (size > left && kept.length >= 2) continue;
    if (size > left && index > 3) continue;
    kept.push(thought);
    left -= size;
  }
  return [...kept, last];
}

export default rules<ScriptInput, VideoScript>((input, ctx) => {
  const subject = subjectOf(input.topic);
  const { research } = input;
  const hasFacts = research !== undefined && research.key_insights.length >= 2;
  const hook = firstShort(hooksFor(subject, hasFacts), ctx);
  const cta = ctx.pick(
    hasFacts
      ? [
          "Which one surprised you? Tell somebody who'd argue.",
          'Save this, and check one claim tonight.',
          'Send it to the person who brought it up.',
        ]
      : ['Ask the first question today.', 'Save these, and use them tonight.', 'Try the small test, and tell us what you find.'],
  );
  const scenes = Math.max(4, Math.min(10, Math.round(input.length / 7)));
  const words = wordsWithin(input.length, scenes + 2) - wordCount(hook) - wordCount(cta);
  const thoughts = hasFacts ? thoughtsFrom(research, subject, words) : questions(subject, words, ctx);
  const script: VideoScript = {
    title: capital(hasFacts ? `${subject}: what people are finding` : `${subject}: ask these questions first`).slice(0, 90),
    hook,
    scenes: chosen(thoughts, words).map((thought) => sceneOf(thought, subject)),
    cta,
    total_duration: 1,
    open_notes: hasFacts ? [] : [`Nothing was looked up about "${subject}": this film asks questions and states no facts.`],
  };
  const told = timed(script, input.length);
  if (told.total_duration >= input.length * 0.85) return told;
  const short = `${input.length} s were asked for, and there is matter for ${Math.round(told.total_duration)} s: with more research it gets longer.`;
  return { ...told, open_notes: [...told.open_notes, short] };
});
