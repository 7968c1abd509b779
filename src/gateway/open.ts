/** A gateway from its configuration and what it keeps things in. */
import type { Json } from '../core/data/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, Meters } from '../ports/ledger.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { Cache } from './cache.ts';
import type { GatewayConfig, ProviderConfig, SchemaFile, SourceFile } from './config/model.ts';
import { promptingsOf } from './config/promptings.ts';
import { Assigner } from './experiments/assigner.ts';
import { Gateway } from './gateway.ts';
import type { InferOptions } from './inference.ts';
import { Models } from './models/models.ts';
import type { Guard } from './models/model-call.ts';
import { costByPointers, costOf } from './money/cost.ts';
import { guardOf } from './money/guard.ts';
import { PriceTable, unpriced } from './money/price-table.ts';
import { worstOf } from './money/worst.ts';
import { askAgain } from './output/ask-again.ts';
import { mend } from './output/mend.ts';
import { Schemas } from './output/schemas.ts';
import { Recorder } from './recorder.ts';
import { RulesRunner } from './rules/rules-runner.ts';
import { Templates } from './templates/templates.ts';
import { ExampleShelf } from './variants/example-shelf.ts';
import type { Mended } from './variants/parts.ts';

export interface GatewaySurroundings {
  readonly config: GatewayConfig;
  readonly ledger: Ledger;
  readonly meters: Meters;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly random?: () => number;
  readonly newId?: () => string;
  /** Instead of the process's own. */
  readonly fetch?: typeof globalThis.fetch;
  /** Hears what is worth knowing and stops nothing: a model without a price, a ledger that stumbles. */
  readonly warn?: (message: string) => void;
  /** Is told of what was asked; with its words only where `traceContents` says so. */
  readonly telemetry?: Telemetry;
  readonly traceContents?: boolean;
  /** Called when everything is written down. */
  readonly release?: () => Promise<void>;
}

export function gatewayOn(around: GatewaySurroundings): Gateway {
  const { config, ledger, meters, clock, env, random = Math.random, warn = () => undefined } = around;
  const schemas = new Schemas();
  const problems = (schema: SchemaFile, value: Json) => schemas.validator(schema.schema).validate(value) ?? [];
  const recorder = new Recorder(ledger, clock);
  const rules = new RulesRunner({ schemas });
  const templates = new Templates(templatesOf(config));
  const told = (error: unknown): undefined => {
    warn(String(error));
  };
  const assigner = new Assigner({ ledger, metrics: config.metrics, clock, random, told });
  return new Gateway({
    config,
    ledger,
    clock,
    random,
    recorder,
    cache: new Cache({ recorder, clock, told }),
    models: new Models({
      models: config.models,
      embeddingModels: config.embeddingModels,
      ...pricing(config, once(warn)),
      clock,
      env,
      random,
      ...(around.fetch === undefined ? {} : { fetch: around.fetch }),
    }),
    providers: (model) => providersOf(config, model),
    render: (template, variables, whom) => templates.render(template.path, variables, whom),
    judge: problems,
    checkSchema: ({ schema, judged = schema }) => schemas.check(schema) ?? schemas.check(judged),
    mend: (text, schema): Mended => mend(text, schema === undefined ? undefined : schemas.validator(schema.judged ?? schema.schema)),
    askAgain,
    rules: (fn, variant, input) => rules.answer(fn, variant, input),
    tools: config.tools,
    metrics: config.metrics,
    examples: new ExampleShelf({ ledger, clock, told }),
    vectors: new Map(),
    order: (fn, episode, usable) => assigner.order(fn, episode, usable),
    guard: guarding(config, meters, clock, told),
    ...(around.newId === undefined ? {} : { newId: around.newId }),
    ...(around.telemetry === undefined ? {} : { telemetry: around.telemetry }),
    ...(around.traceContents === undefined ? {} : { traceContents: around.traceContents }),
    release: async () => {
      templates.close();
      await around.release?.();
    },
  });
}

function guarding(
  { budgets, rateLimits }: GatewayConfig,
  meters: Meters,
  clock: Clock,
  told: (error: unknown) => undefined,
): (tags: Readonly<Record<string, string>>, options: InferOptions) => Guard | undefined {
  const isFree = budgets.length === 0 && rateLimits.length === 0;
  return (tags, { purse, signal }) =>
    isFree && purse === undefined
      ? undefined
      : guardOf({
          meters,
          clock,
          budgets,
          rateLimits,
          tags,
          told,
          ...(purse === undefined ? {} : { purse }),
          ...(signal === undefined ? {} : { signal }),
        });
}

function pricing(
  { prices }: GatewayConfig,
  warn: (message: string) => void,
): Pick<ConstructorParameters<typeof Models>[0], 'cost' | 'worst'> {
  const table = new PriceTable(prices);
  return {
    cost: (provider: ProviderConfig, usage, raw) => {
      if (provider.cost.length > 0) return costByPointers(provider.cost, raw);
      const price = table.priceOf(provider);
      if (price === undefined) warn(unpriced(provider));
      return price === undefined ? 0 : costOf(usage, price);
    },
    worst: (provider, promptTokens, maxTokens) => worstOf(table, provider, promptTokens, maxTokens),
  };
}

/** Each thing is said once. */
function once(warn: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    warn(message);
  };
}

function providersOf({ models }: GatewayConfig, name: string): readonly ProviderConfig[] {
  const { routing = [], providers = {} } = models[name] ?? {};
  return routing.flatMap((provider) => providers[provider] ?? []);
}

function templatesOf({ functions, includedTemplates }: GatewayConfig): readonly SourceFile[] {
  const found = new Map(includedTemplates.map((template) => [template.path, template]));
  for (const { variants } of Object.values(functions))
    for (const variant of Object.values(variants))
      for (const { templates } of Object.values(promptingsOf(variant)))
        for (const template of Object.values(templates)) found.set(template.path, template);
  return [...found.values()];
}
