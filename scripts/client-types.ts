/** The operations of an OpenAPI document as TypeScript: types for those who call, and where each is. Pure. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
  readonly description?: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses?: Readonly<Record<string, Content>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const methods = new Set(['get', 'put', 'post', 'delete', 'patch']);

export function clientTypes(document: Document): string {
  const schemas = Object.entries(document.components?.schemas ?? {}).toSorted(byName);
  const operations = Object.entries(document.paths)
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })))
    .filter(({ method, operation }) => methods.has(method) && operation.operationId !== undefined)
    .map((one) => [one.operation.operationId ?? '', one] as const)
    .toSorted(byName);
  return [
    '/** Made of the server’s OpenAPI document by `npm run client`: what can be called, and what comes back. */',
    ...schemas.map(([name, schema]) => `${comment(schema.description, '')}export type ${nameOf(name)} = ${typeOf(schema)};`),
    `export interface Operations {\n${operations.map(([name, one]) => operationType(name, one.operation)).join('\n')}\n}`,
    `/** Where each operation is. */\nexport const operations: { readonly [name in keyof Operations]: readonly [method: string, path: string] } = {\n${operations
      .map(([name, { method, path }]) => `  ${name}: ['${method.toUpperCase()}', '${path}'],`)
      .join('\n')}\n};`,
  ].join('\n\n');
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : one > other ? 1 : 0);

function operationType(name: string, { summary, parameters = [], requestBody, responses = {} }: Operation): string {
  const place = (where: string): string => {
    const its = parameters.filter((one) => one.in === where);
    if (its.length === 0) return '';
    const optional = its.every(({ required }) => required !== true) ? '?' : '';
    const fields = its.map((one) => `readonly ${keyOf(one.name)}${one.required === true ? '' : '?'}: ${typeOf(one.schema ?? {})}`);
    return `readonly ${where === 'path' ? 'params' : where === 'header' ? 'headers' : where}${optional}: { ${fields.join('; ')} }; `;
  };
  const body =
    requestBody === undefined
      ? ''
      : `readonly body${requestBody.required === true ? '' : '?'}: ${bodyType(requestBody, 'Blob | ArrayBuffer | Uint8Array')}; `;
  const answer = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  return `${comment(summary, '  ')}  readonly ${name}: { readonly asked: { ${place('path')}${place('query')}${body}}; readonly answer: ${answer?.content === undefined ? 'undefined' : bodyType(answer, 'Blob')} };`;
}

function bodyType({ content = {} }: Content, bytes: string): string {
  const json = content['application/json'];
  if (json !== undefined) return typeOf(json.schema ?? {});
  return Object.keys(content).length === 0 ? 'undefined' : bytes;
}

export function typeOf(schema: Schema): string {
  const { $ref, enum: words, anyOf, oneOf, allOf } = schema;
  if ($ref !== undefined) return nameOf($ref.slice($ref.lastIndexOf('/') + 1));
  if ('const' in schema) return JSON.stringify(schema.const);
  if (words !== undefined) return words.map((word) => JSON.stringify(word)).join(' | ');
  const several = anyOf ?? oneOf;
  if (several !== undefined) return several.length === 0 ? 'never' : [...new Set(several.map(typeOf))].join(' | ');
  if (allOf !== undefined) return allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  const types = schema.type === undefined ? [] : [schema.type].flat();
  return types.length === 0 ? 'unknown' : types.map((type) => plain(type, schema)).join(' | ');
}

function plain(type: string, schema: Schema): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      if (schema.prefixItems !== undefined) return `readonly [${schema.prefixItems.map(typeOf).join(', ')}]`;
      return `readonly (${typeOf(schema.items ?? {})})[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `readonly ${keyOf(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  if (additionalProperties === false) return 'Readonly<Record<string, never>>';
  const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown';
  return `Readonly<Record<string, ${values}>>`;
}

const nameOf = (id: string): string => id.replaceAll(/[^A-Za-z0-9_]/g, '_');

const keyOf = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));

const comment = (text: string | undefined, indent: string): string =>
  text === undefined || text === '' ? '' : `${indent}/** ${text.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n`;
