/** Each kind of variant in its own way. */
import type { FunctionConfig, RulesVariant, VariantConfig } from '../config/model.ts';
import { saidLast } from '../rules/said-last.ts';
import { bestOf } from './best-of.ts';
import { chat } from './chat.ts';
import { withExamples } from './examples.ts';
import { mixture } from './mixture.ts';
import type { VariantParts } from './parts.ts';
import type { RunVariant, VariantAnswer, VariantCall } from './variant-call.ts';
import { within } from './within.ts';

/** `part` runs candidates: they are inferences of their own. */
export function runVariant(parts: VariantParts, variant: VariantConfig, call: VariantCall, part: RunVariant): Promise<VariantAnswer> {
  switch (variant.type) {
    case 'chat_completion':
      return chat(parts, variant, call);
    case 'best_of_n':
      return within(parts.clock, variant.timeouts.total, call, (timed) => bestOf(parts, variant, timed, part));
    case 'mixture_of_n':
      return within(parts.clock, variant.timeouts.total, call, (timed) => mixture(parts, variant, timed, part));
    case 'dicl':
      return withExamples(parts, variant, call);
    case 'rules':
      return byRules(parts, variant, call);
  }
}

async function byRules(parts: VariantParts, variant: RulesVariant, { fn, dialogue }: VariantCall): Promise<VariantAnswer> {
  return { output: await parts.rules(fn, variant, saidLast(dialogue)), toolCalls: [], rung: 'none', source: 'rules', tried: [] };
}

/** Why a variant cannot answer as things stand, in words; undefined when it can. */
export function whyUnusable(
  parts: Pick<VariantParts, 'models'>,
  fn: FunctionConfig,
  variant: VariantConfig,
  keys: Readonly<Record<string, string>> | undefined,
): string | undefined {
  switch (variant.type) {
    case 'rules':
      return undefined;
    case 'chat_completion':
    case 'dicl':
      return parts.models.unusable(variant.model, keys);
    case 'best_of_n':
    case 'mixture_of_n': {
      const whys = variant.candidates.map((name) => {
        const candidate = fn.variants[name];
        return candidate === undefined ? `${name} is not there` : whyUnusable(parts, fn, candidate, keys);
      });
      return whys.includes(undefined) ? undefined : whys.join('; ');
    }
  }
}
