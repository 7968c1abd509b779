import { rules } from 'continuo';
import { generalProcedure } from './general.ts';
import { topics } from './knowledge.ts';
import { matchTopic } from './match-topic.ts';
import { tell } from './narration.ts';
import type { Told } from './narration.ts';
import { HOOK_SECONDS, spokenSeconds, tenth } from './pace.ts';
import { shortName } from './procedure.ts';
import type { Procedure, Topic } from './procedure.ts';
import type { Script, ScriptInput, ScriptStep } from './script.ts';
import { audienceFor, titlesFor } from './wording.ts';
import { wordsOf } from './words.ts';

const tooMuch = /\b(?:too (?:long|fast|dense|rushed|much|wordy)|shorter|slower|simpler|fewer words|less text)\b/i;
const tooLittle = /\b(?:too (?:short|slow|thin|shallow)|longer|more detail|deeper|more explanation)\b/i;

/** How much is said for the length of the film: what was said about the last one is heard, within what its length allows. */
const fullness = (feedback: string): number => (tooMuch.test(feedback) ? 0.9 : tooLittle.test(feedback) ? 1.08 : 1);

const connecting = new Set('a an the and or from on in of to with that out your'.split(' '));

const keywordsOf = (procedure: Procedure, topic: Topic | undefined, mode: ScriptInput['content_mode']): readonly string[] => {
  const words = wordsOf(procedure.phrase).filter((word) => !connecting.has(word) && word.length > 2);
  const general = mode === 'kid' ? ['how to', 'for kids'] : ['how to', 'diy'];
  return [...new Set([...(topic?.names.slice(0, 2) ?? []), ...words, ...general])].slice(0, 8);
};

const noteOf = (input: ScriptInput): string =>
  `This is a general plan: nothing is known here about "${input.topic.trim().slice(0, 80)}", and nothing was looked up. ` +
  'With a key for a model, such as OPENAI_API_KEY, the script is written for this topic.';

const stepsOf = (told: Told, input: ScriptInput, generic: boolean): readonly ScriptStep[] =>
  told.steps.map(({ step, action, narration }, index) => ({
    number: index + 1,
    action,
    narration,
    picture: step.picture,
    why: generic ? null : step.why,
    seconds: tenth(spokenSeconds(narration, input.content_mode) + told.pause),
  }));

const pictureOfMaterials = (procedure: Procedure): string =>
  `${[...new Set(procedure.materials.map(shortName))].slice(0, 5).join(', ')}, laid out side by side`;

/** The procedure as it suits who watches: with hooks that are over in time, and without "ask a grown-up" for grown-ups. */
const suited = (procedure: Procedure, mode: ScriptInput['content_mode']): Procedure => {
  const [first, ...others] = procedure.hooks.filter((hook) => spokenSeconds(hook, mode) <= HOOK_SECONDS);
  const safety = mode === 'kid' ? procedure.safety : procedure.safety.filter((line) => !/\bgrown-ups?\b/.test(line));
  return { ...procedure, safety, ...(first === undefined ? {} : { hooks: [first, ...others] as const }) };
};

export default rules<ScriptInput, Script>((input, ctx) => {
  const topic = matchTopic(input.topic, topics);
  const general = topic === undefined ? generalProcedure(input.topic) : undefined;
  const procedure = suited(topic ?? general?.procedure ?? generalProcedure('').procedure, input.content_mode);
  const told = tell(
    procedure,
    {
      mode: input.content_mode,
      seconds: input.target_duration * fullness(input.feedback ?? ''),
      depth: input.quality_mode === 'high' ? 'why' : 'how',
    },
    ctx,
  );
  return {
    title: general?.title ?? ctx.pick(titlesFor(procedure.phrase, input.content_mode, procedure.kids)),
    hook: told.hook,
    audience: audienceFor(input.content_mode, procedure.kids),
    materials: procedure.materials,
    safety: procedure.safety,
    gather: { narration: told.gather, picture: pictureOfMaterials(procedure) },
    steps: stepsOf(told, input, topic === undefined),
    result: { narration: told.result, picture: procedure.result.picture },
    cta: { narration: told.call },
    total_seconds: tenth(told.total),
    keywords: keywordsOf(procedure, topic, input.content_mode),
    generic: topic === undefined,
    note: topic === undefined ? noteOf(input) : null,
    sources: [],
  };
});
