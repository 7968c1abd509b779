/** `[models.M.providers.P]`. */
import { defined } from '../../core/plan/fields.ts';
import { quote, suggest } from '../../core/plan/problem.ts';
import { needsApiBase } from '../models/base-url.ts';
import { defaultKey } from './keys.ts';
import type { CostPointer, ProviderConfig } from './model.ts';
import { insteadOf, knownTypes, spellingOf, type Spelling } from './provider-spellings.ts';
import { readExtra } from './read-extra.ts';
import { readKey } from './read-key.ts';
import { readTimeouts } from './read-timeouts.ts';
import type { Table } from './table.ts';

/** What upstream's types know, and is not sent from here. */
const idle = [
  'api_type',
  'batch_cost',
  'beta_structured_outputs',
  'discard_unknown_chunks',
  'include_encrypted_reasoning',
  'prompt_mode',
  'provider_tools',
  'reasoning_format',
];

/** Undefined where its type is not known: nothing more can be said of it. */
export function readProvider(name: string, table: Table): ProviderConfig | undefined {
  const spelling = readType(table);
  if (spelling === undefined) return undefined;
  const { type } = spelling;
  const modelName = table.need('model_name', 'Write the provider’s own name of the model.');
  const apiBase = readAddress(table) ?? spelling.apiBase;
  if (apiBase === undefined && needsApiBase(type))
    table.error(
      'api_base',
      `it is missing, and a provider of type ${quote(table.raw('type'))} may be anywhere`,
      'Write its address: api_base = "http://localhost:8000/v1".',
    );
  const provider: ProviderConfig = {
    name,
    type,
    modelName,
    ...(apiBase === undefined ? {} : { apiBase }),
    key: readKey(table) ?? defaultKey(type, spelling.keys),
    timeouts: readTimeouts(table),
    ...readExtra(table),
    cost: table.has('cost') ? table.tables('cost').map(readCost) : [],
  };
  table.idle(...idle);
  table.close('a provider', { api_key: 'Keys are not written here: api_key_location = "env::NAME" says where one is.' });
  return provider;
}

function readType(table: Table): Spelling | undefined {
  const { strict } = table.reading;
  const type = table.need('type', `Use one of ${knownTypes(strict).map(quote).join(', ')}.`);
  if (type === '') return undefined;
  const spelling = spellingOf(type, strict);
  if (spelling !== undefined) return spelling;
  const instead = insteadOf(type);
  if (instead !== undefined) table.error('type', `providers of type ${quote(type)} cannot be asked from here`, instead);
  else
    table.error(
      'type',
      `there is no provider type ${quote(type)}${spellingOf(type, false) === undefined ? '' : ' upstream'}`,
      `${suggest(type, knownTypes(strict))} Anything that speaks OpenAI’s API: "openai_compatible" with an api_base.`,
    );
  return undefined;
}

function readAddress(table: Table): string | undefined {
  const text = table.string('api_base');
  if (text === undefined || text === '') return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    table.error('api_base', 'it is not an address', 'Write it with its protocol: "https://host/v1".');
  else if (new URL(text).password !== '')
    table.error('api_base', 'there is a password in it', 'Write the address alone; api_key_location says where the key is.');
  return text;
}

function readCost(entry: Table): CostPointer {
  const whole = entry.string('pointer_nonstreaming');
  const streamed = entry.string('pointer_streaming');
  const pointer = entry.string('pointer') ?? whole ?? '';
  if ((entry.has('pointer') && (whole ?? streamed) !== undefined) || (whole === undefined) !== (streamed === undefined))
    entry.error(
      'pointer',
      'it has to be one pointer, or one of each kind',
      'Write `pointer` alone, or `pointer_nonstreaming` with `pointer_streaming`.',
    );
  else if (whole !== undefined && whole !== streamed)
    entry.warn(
      'pointer_streaming',
      'it has no effect here: the other pointer is used for streams too',
      'Make them the same, if the provider allows it.',
    );
  if (!pointer.startsWith('/'))
    entry.error('pointer', 'it is not a JSON Pointer', 'Write where the amount is, as in "/usage/prompt_tokens".');
  const million = entry.number('cost_per_million');
  const unit = entry.number('cost_per_unit');
  if ((million === undefined) === (unit === undefined))
    entry.error('cost_per_million', 'it has to be one price', 'Write either `cost_per_million` or `cost_per_unit`.');
  const required = entry.boolean('required') ?? false;
  entry.close('a cost');
  return { pointer, perUnit: unit ?? (million ?? 0) / 1_000_000, required };
}

/** A provider of which the type and the model are all that is known. */
export function plainProvider(name: string, { type, apiBase, keys }: Spelling, modelName: string): ProviderConfig {
  return defined<ProviderConfig>({
    name,
    type,
    modelName,
    apiBase,
    key: defaultKey(type, keys),
    timeouts: {},
    extraBody: undefined,
    extraHeaders: undefined,
    cost: [],
  });
}
