/** The documentation for a browser: each route with what it takes, what it answers and how to ask it. */
import { escaped } from '../health/words.ts';
import { curlOf } from './curl.ts';
import { resolved, type Content, type JsonSchema, type OpenApi, type Operation, type Tag } from './document-types.ts';
import { exampleOf } from './example.ts';
import { style } from './page-look.ts';
import { typeWords } from './type-words.ts';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** Where the server is, as far as the page that is made once for all knows. */
const usualPlace = 'http://localhost:8787';

const first = `export CONTINUO_URL=${usualPlace}
export CONTINUO_KEY=ctn_…          # the server prints one when it starts for the first time
curl "$CONTINUO_URL/health"`;

/** The page with the address under which it was asked for, where that can stand in it as it is. */
export function pageAt(made: string, protocol: string, host: string): string {
  return /^[\w.:[\]-]{1,255}$/.test(host) ? made.replace(usualPlace, `${protocol}://${host}`) : made;
}

export function page(document: OpenApi): string {
  const { title, version, description = '' } = document.info;
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Route => ({ method, path, operation })),
  );
  const groups = (document.tags ?? []).map((tag) => ({ tag, routes: routes.filter(({ operation }) => operation.tags?.[0] === tag.name) }));
  const shown = groups.filter((group) => group.routes.length > 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} API</title>
<style>${style}</style>
</head>
<body>
<div class="frame">
<header>
<h1>${escaped(title)} <small>API ${escaped(version)}</small></h1>
${paragraphs(description)}
<p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a>.</p>
<pre>${escaped(first)}</pre>
</header>
<nav aria-label="Routes">
${shown.map(({ tag, routes: own }) => `<h2>${escaped(tag.name)}</h2>\n<ul>${own.map(entry).join('')}</ul>`).join('\n')}
</nav>
<main>
${shown.map(({ tag, routes: own }) => section(document, tag, own)).join('\n')}
</main>
</div>
</body>
</html>
`;
}

const anchorOf = ({ method, path }: Route): string => escaped(`${method}-${path.replaceAll(/[^\w]+/g, '-')}`);

const entry = (route: Route): string =>
  `<li><a href="#${anchorOf(route)}">${badge(route.method)}<span>${escaped(route.operation.summary ?? route.path)}</span></a></li>`;

const badge = (method: string): string => `<span class="method ${escaped(method)}">${escaped(method)}</span>`;

function section(document: OpenApi, { name, description }: Tag, routes: readonly Route[]): string {
  const about = description === undefined ? '' : `<p class="dim">${inline(description)}</p>`;
  return `<section><h2>${escaped(name)}</h2>${about}\n${routes.map((route) => article(document, route)).join('\n')}</section>`;
}

function article(document: OpenApi, route: Route): string {
  const { method, path, operation } = route;
  const parts = [
    `<h3>${escaped(operation.summary ?? path)}</h3>`,
    `<div class="route">${badge(method)}<span>${escaped(path)}</span></div>`,
    paragraphs(operation.description ?? ''),
    parameters(document, operation),
    fields(document, 'Body', operation.requestBody?.content),
    `<h4>Ask</h4><pre>${escaped(curlOf(document, method, path, operation))}</pre>`,
    ...Object.entries(operation.responses).map(([status, { content }]) => (status === 'default' ? '' : answer(document, status, content))),
  ];
  return `<article id="${anchorOf(route)}">${parts.filter((part) => part !== '').join('\n')}</article>`;
}

function parameters(document: OpenApi, { parameters: all = [] }: Operation): string {
  const rows = all.map(({ name, in: place, required, description = '', schema = {} }) => [
    `<code>${escaped(name)}</code>`,
    `${place}${required === true ? '' : ', optional'}`,
    `${escaped(typeWords(document, schema))}${description === '' ? '' : `. ${inline(description)}`}`,
  ]);
  return table('Parameters', rows);
}

function fields(document: OpenApi, title: string, content: Content | undefined): string {
  const given = content?.['application/json']?.schema;
  if (given === undefined) return '';
  const { properties = {}, required = [] } = resolved(document, given);
  const rows = Object.entries(properties).map(([name, schema]: readonly [string, JsonSchema]) => [
    `<code>${escaped(name)}</code>`,
    required.includes(name) ? 'required' : 'optional',
    `${escaped(typeWords(document, schema))}${schema.description === undefined ? '' : `. ${inline(schema.description)}`}`,
  ]);
  return table(title, rows);
}

function answer(document: OpenApi, status: string, content: Content | undefined): string {
  const [type, { schema } = {}] = Object.entries(content ?? {})[0] ?? [];
  if (schema === undefined) return `<h4>Answer ${escaped(status)}${type === undefined ? '' : `: ${escaped(type)}`}</h4>`;
  const example =
    type === 'application/json' ? `<pre>${escaped(JSON.stringify(exampleOf(document, schema), null, 2))}</pre>` : escaped(type ?? '');
  return `<h4>Answer ${escaped(status)}</h4>${example}<details><summary>Fields</summary>${fields(document, '', content) || `<p>${escaped(typeWords(document, schema))}</p>`}</details>`;
}

function table(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = title === '' ? '' : `<h4>${title}</h4>`;
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  return `${head}<div class="wide"><table><tbody>${body}</tbody></table></div>`;
}

const paragraphs = (text: string): string =>
  text
    .split('\n\n')
    .filter((part) => part !== '')
    .map((part) => `<p>${inline(part)}</p>`)
    .join('\n');

/** Text with `code` in it, as descriptions are written. */
const inline = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
