/**
 * A procedure told in a given time.
 *
 * T1. Every step is told, in its order; only steps that are marked as optional may go, and never below five.
 * T2. Time is filled by choosing more detail, and then by short pauses. What is left of a long film sums up its steps.
 * T3. What must be safe is said before what is nice to know.
 */
import type { RulesContext } from 'continuo';
import { spokenSeconds, wordCount, wordsPerSecond } from './pace.ts';
import type { ContentMode } from './pace.ts';
import { shortName } from './procedure.ts';
import type { Procedure, ProcedureStep } from './procedure.ts';
import { briefly, callsFor, cheers, grownUp, openers, shortCalls, together, watching } from './wording.ts';

export interface Telling {
  readonly mode: ContentMode;
  readonly seconds: number;
  /** What comes first after how a step is done: why, or the summary of materials and result. */
  readonly depth: 'why' | 'how';
}

export interface Told {
  readonly hook: string;
  readonly gather: string;
  readonly steps: readonly { readonly step: ProcedureStep; readonly action: string; readonly narration: string }[];
  readonly result: string;
  readonly call: string;
  /** Silence after what is said, for the eyes and hands to follow. */
  readonly pause: number;
  readonly total: number;
}

/** A scene while it grows: its sentences by the place where they stand. */
type Sentences = ReadonlyMap<number, string>;

/** A sentence that may be said, where it would stand. */
interface Detail {
  readonly scene: number;
  readonly place: number;
  readonly text: string;
  readonly ofStep?: true;
}

/** Where the sentences of a step stand. */
const [ACTION, HOW, WHY, SLIP, CHEER] = [1, 2, 3, 4, 9];

const SHORT_PAUSE = 0.25;
/** Where there is no time for more. */
const NO_PAUSE = 0.1;
/** Long enough to do it along, short enough not to seem stuck. */
const LONG_PAUSE = 2.6;
const FEWEST_STEPS = 5;

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

const joined = (scene: Sentences): string =>
  [...scene]
    .toSorted(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join(' ');

const wordsIn = (scenes: readonly Sentences[]): number => scenes.reduce((sum, scene) => sum + wordCount(joined(scene)), 0);

/** What a step asks for; a child asks a grown-up for what is hot, sharp or heavy. */
const actionOf = (step: ProcedureStep, mode: ContentMode, kids: Procedure['kids'], ctx: RulesContext): string =>
  mode === 'kid' && kids !== 'watch' && step.grownUp === true ? `${ctx.pick(grownUp)} ${lowerFirst(step.do)}` : step.do;

function keptSteps(procedure: Procedure, telling: Telling): readonly ProcedureStep[] {
  const steps = procedure.steps;
  const words = steps.reduce((sum, step) => sum + wordCount(step.do), 0);
  const isTight = words * 1.6 > telling.seconds * wordsPerSecond(telling.mode);
  if (!isTight) return steps;
  return steps.filter((step) => step.optional !== true || steps.length <= FEWEST_STEPS);
}

/** Details by importance: of one round as many as fit, in an order of the round's own. */
function rounds(
  procedure: Procedure,
  steps: readonly ProcedureStep[],
  telling: Telling,
  ctx: RulesContext,
): readonly (readonly Detail[])[] {
  const [gather, result] = [1, steps.length + 2];
  // Shorter ones first, so that many steps get a share and no step gets all of it.
  const ofSteps = (place: number, text: (step: ProcedureStep) => string): readonly Detail[] =>
    ctx
      .shuffle(steps.map((step, index) => ({ scene: index + 2, place, text: text(step), ofStep: true as const })))
      .toSorted((a, b) => Math.ceil(wordCount(a.text) / 4) - Math.ceil(wordCount(b.text) / 4));
  const safety = procedure.safety.map((text, index) => ({ scene: gather, place: 3 + index, text }));
  const whole = [
    { scene: gather, place: 2, text: procedure.gather.more },
    { scene: result, place: 2, text: procedure.result.more },
  ];
  const why = ofSteps(WHY, (step) => step.why);
  const middle = 2 + Math.floor(steps.length / 2);
  const warmth = telling.mode === 'kid' && procedure.kids !== 'watch' ? [[{ scene: middle, place: CHEER, text: ctx.pick(cheers) }]] : [];
  return [
    safety.slice(0, 1),
    ofSteps(HOW, (step) => step.how),
    ...warmth,
    ...(telling.depth === 'why' ? [why, whole] : [whole, why]),
    safety.slice(1),
    ofSteps(SLIP, (step) => step.slip),
    procedure.tips.map((text, index) => ({ scene: result, place: 3 + index, text })),
    [{ scene: gather, place: 1.5, text: spokenList(procedure) }],
    [{ scene: result, place: 0, text: `In short: ${steps.map((step) => lowerFirst(step.do).replace(/\.$/, '')).join('; ')}.` }],
  ];
}

/** Everything that is needed, said aloud. */
function spokenList(procedure: Procedure): string {
  const names = [...new Set(procedure.materials.map(shortName))];
  return names.length < 3 ? '' : `Here is the whole list: ${names.slice(0, -1).join(', ')}, and ${names.at(-1)}.`;
}

/** "Next, fold the corners": at most every second step opens with a word of its own. */
function withOpeners(scenes: readonly Sentences[], steps: number, room: number, ctx: RulesContext): readonly Sentences[] {
  const middles = ctx.shuffle(openers.middle);
  let left = room;
  return scenes.map((scene, index) => {
    const number = index - 1;
    const isStep = number >= 1 && number <= steps;
    const text = scene.get(ACTION);
    if (!isStep || text === undefined || (number % 2 === 0 && number !== steps) || number === steps - 1) return scene;
    const opener = number === 1 ? ctx.pick(openers.first) : number === steps ? ctx.pick(openers.last) : middles[number % middles.length];
    left -= wordCount(opener ?? '');
    return left < 0 || opener === undefined ? scene : new Map(scene).set(ACTION, `${opener} ${lowerFirst(text)}`);
  });
}

/** A reason speaks of how something was done, and hangs in the air without it. */
const isReason = (detail: Detail): boolean => detail.place === WHY || detail.place === SLIP;

function filledUp(start: readonly Sentences[], details: readonly (readonly Detail[])[], budget: number): readonly Sentences[] {
  const scenes = [...start];
  let words = wordsIn(scenes);
  for (const detail of details.flat()) {
    const { scene, place, text } = detail;
    const sentences = scenes[scene];
    const hangs = detail.ofStep === true && isReason(detail) && sentences?.has(HOW) !== true;
    if (sentences === undefined || hangs || text === '' || words + wordCount(text) > budget) continue;
    scenes[scene] = new Map(sentences).set(place, text);
    words += wordCount(text);
  }
  return scenes;
}

/** Where even the bare steps are too long: a shorter call, and the picture alone shows what is needed. */
function trimmed(scenes: readonly Sentences[], budget: number, ctx: RulesContext): readonly Sentences[] {
  if (wordsIn(scenes) <= budget) return scenes;
  const short = [...scenes.slice(0, -1), new Map([[1, ctx.pick(shortCalls)]])];
  if (wordsIn(short) <= budget) return short;
  const gather = scenes[1] ?? new Map<number, string>();
  const warning = gather.get(0);
  return short.with(1, warning === undefined ? new Map([[1, ctx.pick(briefly)]]) : new Map([[0, warning]]));
}

export function tell(procedure: Procedure, telling: Telling, ctx: RulesContext): Told {
  const steps = keptSteps(procedure, telling);
  const actions = steps.map((step) => actionOf(step, telling.mode, procedure.kids, ctx));
  const withAdult = telling.mode === 'kid' && procedure.kids !== 'yes';
  const gather = new Map([[1, procedure.gather.short]]);
  if (withAdult && procedure.kids === 'watch') gather.set(0, ctx.pick(watching));
  else if (withAdult && telling.seconds > 40) gather.set(0, ctx.pick(together));
  const call = ctx.pick(callsFor(procedure.category, telling.mode, procedure.kids));
  const whole: readonly Sentences[] = [
    new Map([[1, ctx.pick(procedure.hooks)]]),
    gather,
    ...actions.map((action) => new Map([[ACTION, action]])),
    new Map([[1, procedure.result.short]]),
    new Map([[1, call]]),
  ];
  const bare = trimmed(whole, (telling.seconds - whole.length * NO_PAUSE) * wordsPerSecond(telling.mode), ctx);
  const budget = Math.floor((telling.seconds - bare.length * SHORT_PAUSE) * wordsPerSecond(telling.mode));
  const full = filledUp(bare, rounds(procedure, steps, telling, ctx), budget);
  const scenes = withOpeners(full, steps.length, budget - wordsIn(full), ctx).map(joined);
  const spoken = scenes.reduce((sum, scene) => sum + spokenSeconds(scene, telling.mode), 0);
  const pause = Math.min(LONG_PAUSE, Math.max(NO_PAUSE, (telling.seconds - spoken) / scenes.length));
  return {
    hook: scenes[0] ?? '',
    gather: scenes[1] ?? '',
    steps: steps.map((step, index) => ({ step, action: actions[index] ?? step.do, narration: scenes[index + 2] ?? step.do })),
    result: scenes.at(-2) ?? '',
    call: scenes.at(-1) ?? '',
    pause,
    total: spoken + pause * scenes.length,
  };
}
