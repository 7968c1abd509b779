/** `[models]` and `[embedding_models]`, and the models that are named without being written there. */
import { defined } from '../../core/plan/fields.ts';
import { quote, suggest } from '../../core/plan/problem.ts';
import { needsApiBase } from '../models/base-url.ts';
import { defaultModels } from './default-models.ts';
import { keyIn } from './key-path.ts';
import type { ModelConfig, ProviderConfig } from './model.ts';
import { insteadOf, knownTypes, spellingOf, typeNamed } from './provider-spellings.ts';
import { plainProvider, readProvider } from './read-provider.ts';
import { readTimeouts } from './read-timeouts.ts';
import type { Table } from './table.ts';

export class Models {
  readonly #section: string;
  readonly #models = new Map<string, ModelConfig>();
  /** Those that were written; the others come when they are named. */
  readonly #written: readonly string[];
  /** Where each of the others was named first. */
  readonly #places = new Map<string, string>();

  constructor(root: Table, section: 'models' | 'embedding_models') {
    this.#section = section;
    const tables = root.each(section);
    this.#written = tables.map(([name]) => name);
    for (const [name, table] of tables) this.#models.set(name, readModel(name, table));
  }

  get all(): Readonly<Record<string, ModelConfig>> {
    return Object.fromEntries(this.#models);
  }

  get first(): string | undefined {
    return this.#written[0];
  }

  /** The key at which there is something to be said of a model. */
  placeOf(name: string): string {
    return this.#places.get(name) ?? keyIn(this.#section, name);
  }

  /** The name of a model in `key` of the table; what does not exist is reported. */
  named(table: Table, key: string): string | undefined {
    const name = table.string(key);
    if (name !== undefined && name !== '' && !this.#models.has(name)) this.#byShorthand(name, table, key);
    return name;
  }

  /** The model that a provider has by default, as if it had been named. */
  defaultOf(provider: string, place: string): string | undefined {
    const type = typeNamed(provider);
    const modelName = type === undefined ? undefined : defaultModels[type];
    if (type === undefined || modelName === undefined) return undefined;
    const name = `${type}::${modelName}`;
    this.#add(name, plainProvider(type, { type }, modelName), place);
    return name;
  }

  #byShorthand(name: string, table: Table, key: string): void {
    const [, type, modelName = ''] = /^(\w+)::(.+)$/s.exec(name) ?? [];
    if (type === undefined) {
      const near = suggest(
        name,
        this.#models.keys(),
        `Define [${keyIn(this.#section, name)}], give the file that does as well, or write "provider::model".`,
      );
      table.error(key, `there is no model ${quote(name)}`, near);
      return;
    }
    const spelling = spellingOf(type, table.reading.strict);
    if (spelling === undefined)
      table.error(
        key,
        `${quote(name)} names a provider type that there is not`,
        insteadOf(type) ?? suggest(type, knownTypes(table.reading.strict)),
      );
    else if (spelling.apiBase === undefined && needsApiBase(spelling.type))
      table.error(key, `${quote(name)} does not say where the provider is`, `Define a model with an api_base under [${this.#section}].`);
    else this.#add(name, plainProvider(type, spelling, modelName), table.at(key));
  }

  #add(name: string, provider: ProviderConfig, place: string): void {
    if (this.#models.has(name)) return;
    this.#models.set(name, { name, routing: [provider.name], providers: { [provider.name]: provider }, timeouts: {} });
    this.#places.set(name, place);
  }
}

function readModel(name: string, table: Table): ModelConfig {
  const routing = readRouting(table);
  const written = table.each('providers');
  const read = written.flatMap(([provider, inner]) => readProvider(provider, inner) ?? []);
  const providers: Readonly<Record<string, ProviderConfig>> = Object.fromEntries(
    (written.length === 0 ? synthesised(table, routing) : read).map((one) => [one.name, one]),
  );
  const known = written.map(([provider]) => provider);
  for (const provider of written.length === 0 ? [] : routing)
    if (!known.includes(provider))
      table.error('routing', `there is no provider ${quote(provider)} in this model`, suggest(provider, known));
  for (const provider of known)
    if (!routing.includes(provider))
      table.warn(
        'providers',
        `the provider ${quote(provider)} is never asked: it is not in the routing`,
        'Add it to `routing`, or remove it.',
      );
  table.ours('hedge_after_ms');
  table.idle('skip_relay', 'namespace');
  const total = table.number('timeout_ms', { min: 1 });
  const model = defined<ModelConfig>({
    name,
    routing,
    providers,
    timeouts: { ...(total === undefined ? {} : { total }), ...readTimeouts(table) },
    hedgeAfter: table.number('hedge_after_ms', { min: 0 }),
  });
  table.close('a model');
  return model;
}

function readRouting(table: Table): readonly string[] {
  const mend = 'Name the providers in the order in which they are asked: routing = ["openai"].';
  if (!table.has('routing')) table.error('routing', 'it is missing', mend);
  const routing = table.strings('routing');
  if (routing?.length === 0) table.error('routing', 'it is empty', mend);
  const twice = routing?.find((one, index) => routing.indexOf(one) < index);
  if (twice !== undefined) table.error('routing', `${quote(twice)} is in it twice`, 'Keep one: a provider is asked once.');
  return routing ?? [];
}

/** Providers out of nothing but their names, as upstream would not have them. */
function synthesised(table: Table, routing: readonly string[]): readonly ProviderConfig[] {
  if (routing.length === 0) return [];
  const missing = 'there are no providers';
  if (table.reading.strict) {
    table.error('providers', missing, `Write [${table.key}.providers.${routing[0] ?? ''}] with its type and model_name, and so on.`);
    return [];
  }
  const lacking: string[] = [];
  const made = routing.flatMap((name) => {
    const type = typeNamed(name);
    const modelName = type === undefined ? undefined : defaultModels[type];
    if (type === undefined || modelName === undefined) lacking.push(name);
    return type === undefined || modelName === undefined ? [] : [plainProvider(name, { type }, modelName)];
  });
  if (lacking.length > 0) {
    const type = typeNamed(lacking[0] ?? '') ?? 'openai_compatible';
    table.error(
      'routing',
      `there are no providers, and these names do not say which model to ask: ${lacking.map(quote).join(', ')}`,
      `For each of them write a table: [${table.key}.providers.${lacking[0] ?? ''}] with type = "${type}" and model_name = "…".`,
    );
  } else {
    const models = made.map(({ type, modelName }) => `${type}::${modelName}`).join(', ');
    table.reading.assume(
      table.at('providers'),
      missing,
      `taken from the names in \`routing\`: ${models}`,
      `Write [${table.key}.providers.…] tables to choose others.`,
    );
  }
  return made;
}
