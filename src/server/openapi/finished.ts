/** The document without what nobody needs: schemas that no route names, groups without routes, answers without words, bodies that may be left out. */
import { STATUS_CODES } from 'node:http';
import type { Answer, OpenApi, Operation } from './document-types.ts';

export function finished(document: OpenApi): OpenApi {
  const paths = mapped(document.paths, (methods) => mapped(methods, withWords));
  const used = new Set(Object.values(paths).flatMap((methods) => Object.values(methods).flatMap(({ tags = [] }) => tags)));
  const known = document.tags ?? [];
  const named = new Set(known.map(({ name }) => name));
  return {
    ...document,
    tags: [...known.filter(({ name }) => used.has(name)), ...[...used].filter((name) => !named.has(name)).map((name) => ({ name }))],
    paths,
    components: { ...document.components, schemas: reachable(paths, document.components?.schemas ?? {}) },
  };
}

const withWords = (operation: Operation): Operation => ({
  ...operation,
  ...(mayBeLeftOut(operation) ? { requestBody: { ...operation.requestBody, required: false } } : {}),
  responses: mapped(operation.responses, worded),
});

/** Where null is a body, none is one, too. */
function mayBeLeftOut(operation: Operation): operation is Operation & Required<Pick<Operation, 'requestBody'>> {
  return Object.values(operation.requestBody?.content ?? {}).some(
    ({ schema }) => schema?.anyOf?.some(({ type }) => type === 'null') === true,
  );
}

const worded = (answer: Answer, status: string): Answer =>
  answer.description === 'Default Response' ? { ...answer, description: STATUS_CODES[status] ?? 'The answer.' } : answer;

type Schemas = NonNullable<NonNullable<OpenApi['components']>['schemas']>;

function reachable(paths: OpenApi['paths'], schemas: Schemas): Schemas {
  const found = new Set<string>();
  const follow = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"/]+)"/g)) {
      if (found.has(name) || schemas[name] === undefined) continue;
      found.add(name);
      follow(JSON.stringify(schemas[name]));
    }
  };
  follow(JSON.stringify(paths));
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)));
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => U): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
