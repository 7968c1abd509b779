/** A function as one call wants it: with tools and a schema of its own, or made for a model that is asked as it is. */
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { FunctionConfig, GatewayConfig, SchemaFile } from './config/model.ts';
import type { InferOptions, Target } from './inference.ts';
import { functionNamed, modelNamed } from './named.ts';
import { foreignSchema } from './output/foreign-schema.ts';

export interface AskedFunction {
  readonly fn: FunctionConfig;
  /** The variant that alone is asked; absent where the experiment says which. */
  readonly variant: string | undefined;
}

type Wanted = Pick<InferOptions, 'variant' | 'tools' | 'toolChoice' | 'outputSchema'>;

/** Says what is wrong with a JSON Schema; undefined where nothing is. */
export type CheckSchema = (schema: SchemaFile) => string | undefined;

export function askedFunction(config: GatewayConfig, target: Target, wanted: Wanted, check: CheckSchema): AskedFunction {
  const output = wanted.outputSchema === undefined ? undefined : schemaOf(wanted.outputSchema, check);
  const { fn, variant } = typeof target === 'string' ? named(config, target, wanted) : ofModel(config, target.model, wanted);
  if (output !== undefined && fn.type === 'chat' && typeof target === 'string')
    throw refused(fn.name, 'answers text, so that it takes no output_schema; ask a json function, or a model');
  const asked: FunctionConfig = output === undefined ? fn : { ...fn, type: 'json', output };
  checkTools(asked, wanted);
  return { fn: asked, variant };
}

/** The name under which the ledger has models that were asked as they are. */
const asItIs = 'tensorzero::default';

function named(config: GatewayConfig, name: string, { variant }: Wanted): AskedFunction {
  return { fn: functionNamed(config, name), variant };
}

function ofModel(config: GatewayConfig, name: string, { variant }: Wanted): AskedFunction {
  const model = modelNamed(config, name);
  if (variant !== undefined) throw refused(asItIs, 'a model that is asked as it is has no variants; leave variant_name out');
  const { timeouts } = model;
  return {
    variant: name,
    fn: {
      name: asItIs,
      type: 'chat',
      schemas: {},
      tools: [],
      experiment: { type: 'static', candidates: { [name]: 1 }, fallbacks: [] },
      variants: {
        [name]: {
          type: 'chat_completion',
          name,
          model: name,
          templates: {},
          sampling: {},
          retries: { max: 0, maxDelay: 0 },
          timeouts,
        },
      },
    },
  };
}

function schemaOf(schema: Json, check: CheckSchema): SchemaFile {
  const foreign = foreignSchema(schema);
  const file = foreign.is === 'good' ? { path: 'output_schema', schema, judged: foreign.judged } : undefined;
  const problem = foreign.is === 'bad' ? foreign.problem : file && check(file);
  if (file !== undefined && problem === undefined) return file;
  throw new ContinuoError('INPUT_INVALID', `output_schema: ${problem ?? 'it cannot be read'}`);
}

function checkTools({ name, type, tools: own }: FunctionConfig, { tools = [], toolChoice }: Wanted): void {
  if (type === 'json' && (tools.length > 0 || toolChoice !== undefined)) throw refused(name, 'answers JSON, and then calls no tools');
  const names = [...own, ...tools.map((tool) => tool.name)];
  const twice = tools.find((tool, place) => tools.findIndex((other) => other.name === tool.name) < place);
  if (twice !== undefined) throw refused(name, `two tools are called ${JSON.stringify(twice.name)}`);
  if (toolChoice === undefined || toolChoice === 'none' || toolChoice === 'auto') return;
  if (names.length === 0) throw refused(name, 'a tool must be called, and there is none');
  if (typeof toolChoice === 'object' && !names.includes(toolChoice.specific))
    throw refused(name, `the tool ${JSON.stringify(toolChoice.specific)} must be called, and there are ${names.join(', ')}`);
}

function refused(fn: string, why: string): ContinuoError {
  return new ContinuoError('INPUT_INVALID', `function ${fn} ${why}`);
}
