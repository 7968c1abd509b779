/**
 * What a provider asks for a model.
 *
 * P1. A price of the configuration goes before the list.
 * P2. A model has the price of its own name, or of the name that its own is a dated edition of; never that of another
 *     model whose name begins alike.
 */
import type { Price, PriceRule, ProviderConfig, ProviderType } from '../config/model.ts';
import { priceList, type ListedPrice, type PriceList } from './price-list.ts';

/** Servers of one's own: what they cost is nobody's price. */
const ownServers: ReadonlySet<ProviderType> = new Set(['ollama', 'vllm', 'sglang']);
const nothing: Price = { input: 0, output: 0 };

type Named = Pick<ProviderConfig, 'name' | 'type' | 'modelName'>;

export class PriceTable {
  readonly #rules: readonly PriceRule[];
  readonly #listed = new Map<string, ListedPrice[]>();

  constructor(rules: readonly PriceRule[], list: PriceList = priceList) {
    this.#rules = rules;
    for (const row of list.models) this.#listed.set(row.provider, [...(this.#listed.get(row.provider) ?? []), row]);
  }

  priceOf(provider: Named): Price | undefined {
    const own = this.#rules.filter((rule) => rule.provider === provider.name || rule.provider === provider.type);
    const rule = bestMatch(own, provider.modelName);
    if (rule !== undefined) return rule.price;
    return this.#row(provider) ?? (ownServers.has(provider.type) ? nothing : undefined);
  }

  /** The most tokens that the model answers with, where that is known. */
  maxOutputOf(provider: Named): number | undefined {
    return this.#row(provider)?.maxOutput;
  }

  #row(provider: Named): ListedPrice | undefined {
    return bestMatch(this.#listed.get(provider.type) ?? [], provider.modelName);
  }
}

/** To be said once for each model: its calls pass every budget. */
export function unpriced(provider: Named): string {
  return `no price is known for ${provider.type} model ${JSON.stringify(provider.modelName)} (provider ${provider.name}): its cost counts as 0; add [[prices]] for it`;
}

/** P2 */
function bestMatch<T extends { readonly model: string }>(rows: readonly T[], name: string): T | undefined {
  let best: T | undefined;
  for (const row of rows) if (isEdition(name, row.model) && (best === undefined || row.model.length > best.model.length)) best = row;
  return best;
}

/** `-20250929`, `-2024-08-06`, `-2508`, `-001`, `@20250929`, `-latest`. */
const edition = /^(?:[-@](?:\d{8}|\d{4}-\d{2}-\d{2}|\d{3,4})|-latest)$/;

function isEdition(name: string, of: string): boolean {
  return name === of || (name.startsWith(of) && edition.test(name.slice(of.length)));
}
