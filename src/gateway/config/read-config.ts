/** A whole configuration, section by section. */
import { providerTypes, type GatewayConfig, type MetricConfig, type ModelConfig, type ToolConfig } from './model.ts';
import { includedTemplates } from './included-templates.ts';
import { inspectGrammars, inspectTemplates } from './inspect.ts';
import { schemaAt } from './read-files.ts';
import { readFunctions } from './read-functions.ts';
import { readBudgets, readCache, readPrices, readRateLimits } from './read-limits.ts';
import { Models } from './read-models.ts';
import type { Table } from './table.ts';

/** Upstream's own machinery; what stands in these is not looked at. */
const idleSections = ['clickhouse', 'postgres', 'object_storage', 'evaluations', 'provider_types', 'optimizers', 'autopilot'];

/** They are the studio's; its file lies beside ours, so that a glob takes both. */
const studioSections = ['pictures', 'speech', 'image_models', 'speech_models'];

const reserved = ['comment', 'demonstration'];

export interface Read {
  readonly config: GatewayConfig;
  readonly models: Models;
  readonly embeddingModels: Models;
}

export function readConfigTable(root: Table, files: readonly string[]): Read {
  const models = new Models(root, 'models');
  const embeddingModels = new Models(root, 'embedding_models');
  const metrics = readMetrics(root);
  const tools = readTools(root);
  const functions = readFunctions(root, { models, embeddingModels, metrics, tools });
  inspectGrammars(functions, root.reading);
  const config: GatewayConfig = {
    functions,
    includedTemplates: includedTemplates(inspectTemplates(functions, root.reading), root.reading),
    models: models.all,
    embeddingModels: embeddingModels.all,
    metrics,
    tools,
    rateLimits: readRateLimits(root),
    budgets: readBudgets(root),
    prices: readPrices(root, providersOf([models.all, embeddingModels.all])),
    cache: readCache(root),
    keepContents: readKeepContents(root),
    files,
  };
  root.idle(...idleSections);
  root.leave(...studioSections);
  root.close('a configuration');
  return { config, models, embeddingModels };
}

function providersOf(models: readonly Readonly<Record<string, ModelConfig>>[]): ReadonlySet<string> {
  const named = models.flatMap((some) => Object.values(some).flatMap(({ providers }) => Object.keys(providers)));
  return new Set([...providerTypes, ...named]);
}

function readMetrics(root: Table): Readonly<Record<string, MetricConfig>> {
  return Object.fromEntries(
    root.each('metrics').map(([name, table]) => {
      if (reserved.includes(name))
        table.reading.error(table.key, 'this name is taken: feedback of that kind needs no metric', 'Choose another name.');
      for (const [key, mend] of [
        ['type', 'Use "boolean" or "float".'],
        ['optimize', 'Use "max" or "min".'],
        ['level', 'Use "inference" or "episode".'],
      ] as const)
        if (!table.has(key)) table.error(key, 'it is missing', mend);
      const metric: MetricConfig = {
        name,
        type: table.oneOf('type', ['boolean', 'float']) ?? 'float',
        optimize: table.oneOf('optimize', ['max', 'min']) ?? 'max',
        level: table.oneOf('level', ['inference', 'episode']) ?? 'inference',
      };
      table.string('description');
      table.close('a metric');
      return [name, metric];
    }),
  );
}

function readTools(root: Table): Readonly<Record<string, ToolConfig>> {
  return Object.fromEntries(
    root.each('tools').map(([name, table]) => {
      const description = table.need('description', 'Say what the tool does: models choose by it.');
      if (!table.has('parameters')) table.error('parameters', 'it is missing', 'Write the path of a JSON Schema.');
      const tool: ToolConfig = {
        name: table.string('name') ?? name,
        description,
        parameters: schemaAt(table, 'parameters') ?? { path: '', schema: true },
        strict: table.boolean('strict') ?? false,
      };
      table.close('a tool');
      return [name, tool];
    }),
  );
}

/** Of `[gateway]`, one key is ours; all others are upstream's. */
function readKeepContents(root: Table): boolean {
  const table = root.table('gateway');
  if (table === undefined) return true;
  table.ours('keep_contents');
  const keep = table.boolean('keep_contents') ?? true;
  table.idle(...upstreamGateway);
  table.close('the gateway');
  return keep;
}

const upstreamGateway = [
  'auth',
  'base_path',
  'bind_address',
  'cache',
  'debug',
  'disable_pseudonymous_usage_analytics',
  'export',
  'fetch_and_encode_input_files_before_inference',
  'global_outbound_http_timeout_ms',
  'metrics',
  'observability',
  'relay',
  'template_filesystem_access',
  'unstable_disable_feedback_target_validation',
  'unstable_error_json',
];
