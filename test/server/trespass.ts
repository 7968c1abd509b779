/**
 * Tries every route of a server with keys that may not use it, and tells what let somebody in.
 *
 * T1. Keys that do not count (none, nonsense, expired, revoked) get 401, and all but none the same body.
 * T2. A key without the scope gets 403.
 * T3. A key of another project gets 403 or 404, and the same for what is there as for what is not; where it may use a
 *     route for its own projects, nothing that comes back is of the other's, and nothing of the other's has changed.
 */
import type { TestContext } from 'node:test';
import type { Scope } from '../../src/ports/access.ts';
import type { RouteAccess } from '../../src/server/http/app.ts';
import type { DeclaredRoute } from '../../src/server/http/guard.ts';
import { resolved, type OpenApi } from '../../src/server/openapi/document-types.ts';
import { exampleOf } from '../../src/server/openapi/example.ts';
import { served, type Answered, type Asked, type Served, type ServedOptions } from './served.ts';

/** A word that stands in everything of the project that others must not see. */
export const secret = 'cinnabar';
const theirs = `project-${secret}`;

const echo = { id: 'echo', actions: { run: async (input: unknown) => input } };
const plan = {
  id: `plan-${secret}`,
  steps: [
    { id: 'first', agentId: 'echo', action: 'run', input: { text: secret }, dependencies: [] },
    { id: 'second', agentId: 'echo', action: 'run', input: { text: secret }, dependencies: ['first'] },
  ],
};

interface Ground extends Served {
  readonly document: OpenApi;
  /** What the other project has, by the names that routes have for it. */
  readonly things: Readonly<Record<string, string>>;
  readonly keys: { readonly expired: string; readonly revoked: string; readonly foreign: string };
}

/** A server with something in it that is somebody else's. */
export async function ground(
  t: TestContext,
  options: ServedOptions = {},
  declare: (all: Served) => void = () => undefined,
): Promise<Ground> {
  const all = await served(t, { agents: [echo], ...options });
  declare(all);
  const { ask, key, backend } = all;
  const document = (await ask('GET', '/openapi.json')).as<OpenApi>();
  const submitted = (await ask('POST', '/api/v1/plans', { body: { plan, project_id: theirs } })).as<{ readonly plan_id: string }>();
  const started = await ask('POST', '/api/v1/workflows', { body: { plan, project_id: theirs, input: { text: secret } } });
  const { workflow_id: run } = started.as<{ readonly workflow_id: string }>();
  const brought = await ask('POST', `/api/v1/blobs?project_id=${theirs}`, { body: secret, headers: { 'content-type': 'text/plain' } });
  const { blob } = brought.as<{ readonly blob: string }>();
  for (const [name, thing] of Object.entries({ plan: submitted.plan_id, run, blob }))
    if (thing === undefined) throw new Error(`there is no ${name}`);
  await all.orchestrator.handle(run).result();
  const revoked = await key(['admin']);
  await backend.access.keys.revoke(revoked.split('_')[1] ?? '', 1);
  return {
    ...all,
    document,
    things: { run, project: theirs, project_id: theirs, plan_id: submitted.plan_id, blob, workflow_id: run, job_id: run },
    keys: { expired: await key(['admin'], undefined, { expiresAt: 1 }), revoked, foreign: await key(['admin'], ['mine']) },
  };
}

/** What would pass for one of the other's things, and is not there. */
const absent: Readonly<Record<string, string>> = {
  run: '0199d3a2-7c1e-7b9a-8a57-2f6f0c1d9e11',
  project: 'project-of-nobody',
  project_id: 'project-of-nobody',
  plan_id: '1'.repeat(64),
  blob: `sha256-${'0'.repeat(64)}`,
};

export interface Breach {
  readonly route: string;
  readonly what: string;
}

export async function trespass(place: Ground, routes: readonly DeclaredRoute[]): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const before = await standing(place);
  for (const route of routes) {
    const tell = (what: string): void => void breaches.push({ route: `${route.method} ${route.url}`, what });
    if ('open' in route.access) await tryOpen(place, route, tell);
    else {
      await withoutKey(place, route, tell);
      await withoutScope(place, route, route.access, tell);
      await asForeigner(place, route, route.access, tell);
    }
  }
  if ((await standing(place)) !== before) breaches.push({ route: 'any', what: 'the other project is no longer as it was' });
  return breaches;
}

/** What the other project has, as its owner sees it. */
async function standing({ ask }: Ground): Promise<string> {
  const [runs, plans] = [
    await ask('GET', `/api/v1/workflows?project_id=${theirs}`),
    await ask('GET', `/api/v1/plans?project_id=${theirs}`),
  ];
  for (const { status, text } of [runs, plans])
    if (status !== 200 || !text.includes(secret)) throw new Error(`the ground is not laid: ${text}`);
  return `${runs.text}\n${plans.text}`;
}

type Tell = (what: string) => void;
type Method = Parameters<Served['ask']>[0];

const send = (place: Ground, { method }: DeclaredRoute, url: string, asked: Asked): Promise<Answered> =>
  // Routes are declared with these methods alone.
  place.ask(method as Method, url, asked);

async function withoutKey(place: Ground, route: DeclaredRoute, tell: Tell): Promise<void> {
  const url = filled(place, route, place.things);
  const bodies = new Set<string>();
  const { expired, revoked } = place.keys;
  const noKeys = { none: '', nonsense: 'ctn_nonsense', unknown: `ctn_000000000000_${'0'.repeat(48)}`, expired, revoked };
  for (const [name, key] of Object.entries(noKeys)) {
    for (const asked of key === '' ? [{ key }] : [{ key }, { key: '', headers: { 'x-api-key': key } }]) {
      const answer = await send(place, route, url, asked);
      if (answer.status !== 401) tell(`${name} key: ${answer.status}`);
      if (key !== '') bodies.add(sameText(answer));
    }
  }
  if (bodies.size > 1) tell('the answers to keys that do not count tell them apart');
}

/** All scopes but those that would do. */
const without: Readonly<Record<Scope, readonly Scope[]>> = {
  read: [],
  run: ['read', 'approve'],
  approve: ['read', 'run'],
  admin: ['read', 'run', 'approve'],
};

async function withoutScope(place: Ground, route: DeclaredRoute, { scope }: { readonly scope: Scope }, tell: Tell): Promise<void> {
  const key = await place.key(without[scope]);
  for (const asked of [{ key }, { key: '', headers: { 'x-api-key': key } }]) {
    const { status } = await send(place, route, filled(place, route, place.things), asked);
    if (status !== 403) tell(`a key without the scope ${scope}: ${status}`);
  }
}

async function asForeigner(
  place: Ground,
  route: DeclaredRoute,
  access: Exclude<RouteAccess, { readonly open: string }>,
  tell: Tell,
): Promise<void> {
  const { foreign } = place.keys;
  const asked = { url: filled(place, route, place.things), body: bodyFor(place, route, place.things) };
  const missing = { url: filled(place, route, absent), body: bodyFor(place, route, absent) };
  const here = await send(place, route, asked.url, { key: foreign, ...asked.body });
  if (access.of !== 'some' && ![403, 404].includes(here.status)) tell(`a foreign key: ${here.status}`);
  // What was asked with comes back where it is refused: what matters is what comes back where it is not.
  if (here.status < 400 && here.text.includes(secret)) tell(`a foreign key reads what is not its own: ${here.text.slice(0, 200)}`);
  if (JSON.stringify(asked) === JSON.stringify(missing)) return;
  const nowhere = await send(place, route, missing.url, { key: foreign, ...missing.body });
  if (here.status !== nowhere.status || sameText(here, place.things) !== sameText(nowhere, absent))
    tell(
      `what is another’s is told from what is not there: ${here.status} ${here.text.slice(0, 300)} / ${nowhere.status} ${nowhere.text.slice(0, 300)}`,
    );
}

async function tryOpen(place: Ground, route: DeclaredRoute, tell: Tell): Promise<void> {
  const { text } = await send(place, route, filled(place, route, place.things), { key: '' });
  if (text.includes(secret)) tell('an open route tells what is somebody’s');
}

/** Of a run and of a project `id` is what it says; elsewhere it is as good as any. */
function filled({ document }: Ground, { method, url, access }: DeclaredRoute, things: Readonly<Record<string, string>>): string {
  const id = 'of' in access && access.of === 'project' ? things['project'] : things['run'];
  const path = url.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'id' ? id : things[name]) ?? 'any').replace('*', 'any');
  const { parameters = [] } = document.paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] ?? {};
  const query = parameters.flatMap(({ in: place, name }) =>
    place === 'query' && things[name] !== undefined ? [`${name}=${things[name]}`] : [],
  );
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function bodyOf(
  { document }: Ground,
  { method, url }: DeclaredRoute,
): { readonly schema: object; readonly names: readonly string[]; readonly example: unknown } | undefined {
  const operation = document.paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  const schema = operation?.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return undefined;
  return { schema, names: Object.keys(resolved(document, schema).properties ?? {}), example: exampleOf(document, schema) };
}

/** A body that is taken, with the things in it wherever it has a field for one. */
function bodyFor(place: Ground, route: DeclaredRoute, things: Readonly<Record<string, string>>): Pick<Asked, 'body'> {
  const found = bodyOf(place, route);
  if (found === undefined) return {};
  const named = found.names.flatMap((name) => (things[name] === undefined ? [] : [[name, things[name]]]));
  return { body: { ...(found.example as object), ...Object.fromEntries(named) } };
}

/** The answer without what each has of its own: the request's id, and the name that was asked for. */
function sameText({ text }: Answered, things: Readonly<Record<string, string>> = {}): string {
  let same = text.replaceAll(/"request_id":"[^"]*"/g, '');
  for (const thing of Object.values(things)) same = same.replaceAll(thing, '·');
  return same;
}
