import { rules } from 'continuo';
import { HOOK_SECONDS, spokenSeconds } from './pace.ts';
import { scriptFindings } from './script-checks.ts';
import type { Asked } from './script-checks.ts';
import type { Script } from './script.ts';
import { found, verdict } from './verdict.ts';
import type { Finding, Verdict, Where } from './verdict.ts';

interface QualityInput extends Asked {
  readonly script: Script;
  readonly checks?: readonly { readonly name: string; readonly where: Where; readonly passed: boolean; readonly detail: string }[];
}

const measured = ({ checks = [] }: QualityInput): readonly Finding[] =>
  checks
    .filter((check) => !check.passed)
    .map((check) => found(check.where, fixFor(check.name), check.where === 'film' ? 1.5 : 0.8, `${check.name}: ${check.detail}`));

/** Which part a check is about, by its name. */
function fixFor(name: string): Finding['fix'] {
  if (/caption|subtitle/i.test(name)) return 'captions';
  if (/audio|loud|voice|silence|music/i.test(name)) return 'audio';
  if (/picture|image|frame|visual/i.test(name)) return 'picture';
  return /time|timing|duration|length|pace/i.test(name) ? 'timing' : 'narration';
}

function strengthsOf({ script, content_mode, target_duration }: QualityInput): readonly string[] {
  const reasons = script.steps.filter((step) => step.why !== null && step.why !== '').length;
  const strengths: (readonly [boolean, string])[] = [
    [!script.generic, 'The steps are about exactly this topic.'],
    [script.steps.length >= 5 && script.steps.length <= 8, `${script.steps.length} steps with one action each can be followed.`],
    [spokenSeconds(script.hook, content_mode) <= HOOK_SECONDS, 'The hook is over within three seconds.'],
    [Math.abs(script.total_seconds / target_duration - 1) <= 0.1, 'It is as long as it should be.'],
    [reasons >= script.steps.length / 2, 'It says why, and not only how.'],
    [script.safety.length > 0, 'It says what can hurt somebody.'],
    [script.materials.some((material) => material.amount !== null), 'Materials come with amounts.'],
    [script.sources.length > 0, 'It names its sources.'],
  ];
  return strengths.filter(([holds]) => holds).map(([, text]) => text);
}

export default rules<QualityInput, Verdict>((input) =>
  verdict([...scriptFindings(input.script, input), ...measured(input)], strengthsOf(input)),
);
