import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenApi, Operation } from '../../src/server/openapi/document-types.ts';
import type { DeclaredRoute } from '../../src/server/http/guard.ts';
import { catalogue } from '../../src/core/errors.ts';
import { exampleOf } from '../../src/server/openapi/example.ts';
import { openApiForm } from './openapi-form.ts';
import { served } from './served.ts';

const documentOf = async (
  t: TestContext,
): Promise<{ readonly document: OpenApi; readonly routes: readonly DeclaredRoute[]; readonly page: string }> => {
  const { ask, routes } = await served(t);
  return {
    document: (await ask('GET', '/openapi.json', { key: '' })).as<OpenApi>(),
    routes,
    page: (await ask('GET', '/docs', { key: '' })).text,
  };
};

const operationsOf = ({ paths }: OpenApi): readonly (readonly [name: string, path: string, operation: Operation])[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, path, operation] as const),
  );

test('the page says the address under which it was asked for, and repeats no markup', async (t) => {
  const { app } = await served(t);
  const pageFor = async (host: string): Promise<string> => (await app.inject({ url: '/docs', headers: { host } })).body;
  assert.match(await pageFor('films.example.org:8443'), /CONTINUO_URL=http:\/\/films\.example\.org:8443\n/);
  assert.match(await pageFor('<b>x</b>'), /CONTINUO_URL=http:\/\/localhost:8787\n/);
});

test('whoever opens the address of the server in a browser is led to its page', async (t) => {
  const { ask } = await served(t);
  const { status, headers } = await ask('GET', '/', { key: '' });
  assert.deepEqual([status, headers['location']], [302, '/docs']);
});

suite('the OpenAPI document', () => {
  test('has the form that OpenAPI 3.1 asks for', async (t) => {
    const told = await documentOf(t);
    const { error } = openApiForm.safeParse(told.document);
    assert.deepEqual(error?.issues.map(({ path, message }) => `${path.join('/')}: ${message}`) ?? [], []);
  });

  test('holds every route that is declared, and no other', async (t) => {
    const told = await documentOf(t);
    const declared = told.routes
      .filter(({ method, told: isTold }) => method !== 'HEAD' && isTold)
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{*}')}`);
    assert.deepEqual(
      operationsOf(told.document)
        .map(([name]) => name)
        .toSorted(),
      declared.toSorted(),
    );
  });

  test('a body that may be left out is not called required', async (t) => {
    const { document } = await documentOf(t);
    const required = (path: string, method: string): boolean | undefined => document.paths[path]?.[method]?.requestBody?.required;
    assert.equal(required('/api/v1/workflows/{id}', 'delete'), false);
    assert.equal(required('/api/v1/workflows/{id}/answer', 'post'), true);
  });

  test('every schema in it is one of JSON Schema 2020-12, and what it names is there', async (t) => {
    const told = await documentOf(t);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'doc', components: told.document.components });
    const at = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === '$ref' ? `doc${String(inner)}` : inner));
    for (const [name, schema] of Object.entries(told.document.components?.schemas ?? {}))
      assert.doesNotThrow(() => ajv.compile(at(schema) as object), name);
    for (const [name, , { parameters = [], requestBody, responses }] of operationsOf(told.document)) {
      const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)].flatMap((content) =>
        Object.values(content ?? {}),
      );
      for (const { schema } of [...parameters, ...contents])
        if (schema !== undefined) assert.doesNotThrow(() => ajv.compile(at(schema) as object), name);
    }
  });

  test('every parameter of a path is told, and every name is given once', async (t) => {
    const told = await documentOf(t);
    const names = operationsOf(told.document).map(([, , { operationId }]) => operationId);
    assert.equal(new Set(names).size, names.length);
    for (const [name, path, { parameters = [] }] of operationsOf(told.document)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter);
      const toldOf = parameters.filter((one) => one.in === 'path').map((one) => one.name);
      assert.deepEqual(toldOf.toSorted(), inPath.toSorted(), name);
    }
  });

  test('every route says who may use it, and that what goes wrong is a problem document', async (t) => {
    const told = await documentOf(t);
    for (const [name, path, { description = '', security = [], responses }] of operationsOf(told.document)) {
      assert.match(description, security.length === 0 ? /Open: / : /Needs a key with scope `\w+`/, name);
      // Clients of OpenAI read errors in its form.
      const form = path.startsWith('/openai/') ? 'application/json' : 'application/problem+json';
      assert.deepEqual(Object.keys(responses['default']?.content ?? {}), [form], name);
    }
  });

  test('what is taken is bounded, and takes no field that is not told', async (t) => {
    const told = await documentOf(t);
    const loose = operationsOf(told.document).flatMap(([name, , { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      const named = schema?.$ref === undefined ? schema : told.document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
      const all = named?.anyOf ?? named?.oneOf ?? [named];
      return all.some((one) => one?.type === 'object' && one.additionalProperties !== false) ? [name] : [];
    });
    assert.deepEqual(loose, []);
  });

  test('a body that may be left out is not said to be required', async (t) => {
    const { document } = await documentOf(t);
    const required = (name: string): unknown =>
      operationsOf(document).find(([, , { operationId }]) => operationId === name)?.[2].requestBody?.required;
    assert.deepEqual(['cancelWorkflow', 'retryWorkflow', 'forkWorkflow', 'startWorkflow', 'answerQuestion'].map(required), [
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  test('the page shows every route with how to ask it, brings nothing from elsewhere, and runs nothing', async (t) => {
    const told = await documentOf(t);
    for (const [, path, { summary = '' }] of operationsOf(told.document)) {
      assert.ok(told.page.includes(path.replaceAll('&', '&#38;')), path);
      assert.ok(told.page.includes(summary.replaceAll("'", '&#39;')), summary);
    }
    assert.equal(told.page.match(/<h4>Ask<\/h4><pre>(?:curl |const socket = new WebSocket)/g)?.length, operationsOf(told.document).length);
    assert.match(told.page, /<pre>curl -N &#34;\$CONTINUO_URL\/api\/v1\/projects\/\$PROJECT\/stream/);
    assert.doesNotMatch(told.page, /<script|<img|<link|src=|@import|url\(|\son\w+=/);
    assert.doesNotMatch(told.page, /href="(?!#|\/openapi\.json)/);
  });

  test('each body that is shown has the form that its route takes', async (t) => {
    const { ask } = await served(t);
    const document = (await ask('GET', '/openapi.json', { key: '' })).as<OpenApi>();
    const started = await ask('POST', '/api/v1/workflows', { body: bodyOf(document, 'startWorkflow') });
    assert.equal(started.status, 202, started.text);
    const { workflow_id: run } = started.as<{ readonly workflow_id: string }>();
    for (const [name, path, { operationId = '' }] of operationsOf(document)) {
      const body = bodyOf(document, operationId);
      // Nothing is fetched from elsewhere for a test.
      if (body === undefined || operationId === 'fetchBlob') continue;
      const [method] = name.split(' ');
      const url = path
        .replace('/projects/{id}', '/projects/default')
        .replace('{id}', run)
        .replaceAll(/\{\w+\}/g, 'any');
      // Operations with bodies are of these methods alone.
      const { status, text } = await ask(method as 'POST' | 'PUT' | 'DELETE', url, { body });
      // It may ask for what is not here; no field of it may be wrong.
      assert.ok(status !== 400 && status !== 415 && !text.includes('PLAN_UNREADABLE'), `${name} ${JSON.stringify(body)}: ${text}`);
    }
  });
});

const bodyOf = (document: OpenApi, wanted: string): object | undefined => {
  const operation = operationsOf(document).find(([, , { operationId }]) => operationId === wanted)?.[2];
  const schema = operation?.requestBody?.content['application/json']?.schema;
  // Bodies of requests are objects.
  return schema === undefined ? undefined : (exampleOf(document, schema) as object);
};

suite('what errors mean', () => {
  test('every code is explained, without a key', async (t) => {
    const { ask } = await served(t);
    for (const code of Object.keys(catalogue)) {
      const { status, as } = await ask('GET', `/errors/${code}`, { key: '' });
      assert.deepEqual([status, as().code], [200, code]);
    }
    for (const none of ['NOTHING', 'toString', '__proto__', 'x'.repeat(100)])
      assert.ok((await ask('GET', `/errors/${none}`, { key: '' })).status >= 400);
  });
});
