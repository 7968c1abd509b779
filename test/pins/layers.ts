/**
 * The import table of the architecture, and what breaks it. Pure: it is given the files, so that the test can also
 * plant a breach and see it found.
 *
 * L1. A folder imports itself and what its row names; a folder without a row is a breach.
 * L2. What is imported for its types alone counts for the table, and not for circles.
 * L3. Tests are exempt, except that those of the core may not import the engine.
 */
import { posix } from 'node:path';
import { codeOf, importsOf } from './source-text.ts';
import type { Import } from './source-text.ts';

/** Path from the root of the repository, with forward slashes, to the file's text. */
export type Files = ReadonlyMap<string, string>;

interface Row {
  /** Folders that may be imported, besides itself. */
  readonly may: readonly string[] | 'everything';
  /** Folders that may be imported with `import type` alone. */
  readonly mayType?: readonly string[];
  /** Single files that may be imported, whatever the rest says. */
  readonly mayFiles?: readonly string[];
  /** Whether packages and `node:` modules may be imported. */
  readonly packages: boolean;
}

const leaf: Row = { may: ['core', 'ports'], packages: true };

export const table: Readonly<Record<string, Row>> = {
  core: { may: [], packages: false },
  ports: { may: ['core'], packages: false },
  engine: { may: ['core', 'ports'], packages: true },
  'backends/*': leaf,
  agents: leaf,
  gateway: leaf,
  'mcp/client': leaf,
  studio: leaf,
  telemetry: leaf,
  // It is handed a gateway and systems that others have opened.
  server: { may: ['engine', 'ports', 'core'], mayType: ['gateway', 'studio'], packages: true },
  'mcp/server': { may: ['engine', 'ports', 'core'], packages: true },
  // The wire contract: what the server and the core declare, never their code.
  client: { may: [], mayType: ['server', 'core'], packages: true },
  // A command talks to a server (client) or opens an orchestrator in its own process (compose, engine). Of the core
  // it needs types to print with, and the catalogue of errors to say how to mend one.
  cli: { may: ['client', 'compose.ts', 'engine'], mayType: ['core', 'studio'], mayFiles: ['src/core/errors.ts'], packages: true },
  testing: { may: ['core', 'ports', 'engine'], packages: true },
  'index.ts': { may: 'everything', packages: true },
  'compose.ts': { may: 'everything', packages: true },
  'compose-distributed.ts': { may: 'everything', packages: true },
  'compose-gateway.ts': { may: 'everything', packages: true },
  'compose-server.ts': { may: 'everything', packages: true },
};

/** A name where it is used; a key of that name in an object or a type (`{ Date: … }`) only mentions it. */
const use = (name: string): RegExp => new RegExp(`(?<![{,;]\\s*(?=${name}\\??:))\\b${name}\\b`, 'g');

const FORBIDDEN_IN_CORE = [
  { token: 'Date', pattern: use('Date'), why: 'the core has no clock' },
  { token: 'Math.random', pattern: /\bMath\s*(?:\?\.|\.)\s*random\b|\bMath\s*\[/g, why: 'the core has no randomness' },
  { token: 'Promise', pattern: use('Promise(?:Like)?'), why: 'the core is synchronous' },
  { token: 'async', pattern: use('async'), why: 'the core is synchronous' },
];

const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** The row that a file of src/ belongs to: its folder, or its own name when it lies in src/ itself. */
export function layerOf(path: string): string {
  const [, first = '', second = '', third] = path.split('/');
  if (first === 'backends') return third === undefined ? 'backends' : `backends/${second}`;
  if (first === 'mcp') return `mcp/${second}`;
  return first;
}

const rowOf = (layer: string): Row | undefined => (layer.startsWith('backends/') ? table['backends/*'] : table[layer]);

const describe = (row: Row): string => {
  if (row.may === 'everything') return 'may import everything';
  const names = [...row.may, ...(row.mayType ?? []).map((name) => `${name} (types)`), ...(row.mayFiles ?? [])];
  return `may import ${['itself', ...names].join(', ')}${row.packages ? '' : '; no packages, no node:'}`;
};

const targetOf = (from: string, specifier: string): string => posix.normalize(posix.join(posix.dirname(from), specifier));

function isAllowed(layer: string, row: Row, path: string, found: Import): boolean {
  if (found.specifier === '') return layer !== 'core' && layer !== 'ports';
  if (!found.specifier.startsWith('.')) return row.packages && !/^continuo(\/|$)/.test(found.specifier);
  const target = targetOf(path, found.specifier);
  if (!target.startsWith('src/') || isTest(target)) return false;
  const to = layerOf(target);
  if (to === layer || row.may === 'everything') return true;
  return row.may.includes(to) || (row.mayFiles ?? []).includes(target) || (found.typeOnly && (row.mayType ?? []).includes(to));
}

function breachesOfFile(path: string, text: string): string[] {
  const layer = layerOf(path);
  const row = rowOf(layer);
  if (isTest(path)) {
    if (layer !== 'core') return [];
    return importsOf(text)
      .filter((found) => found.specifier.startsWith('.') && layerOf(targetOf(path, found.specifier)) === 'engine')
      .map((found) => `${path}:${found.line} imports "${found.specifier}": a test of the core may not import the engine`);
  }
  if (row === undefined) return [`${path}: no row of the import table covers "${layer}"`];
  return importsOf(text)
    .filter((found) => !isAllowed(layer, row, path, found))
    .map((found) => `${path}:${found.line} imports "${found.specifier || '(a computed name)'}": ${layer} ${describe(row)}`);
}

/** What every system may have from beside it. */
const shared: readonly string[] = ['systems/english/', 'systems/testing/'];

/** Systems and examples are written as a user's project would be: the public API, packages, and their own folder. */
function breachesOfUser(path: string, text: string): string[] {
  const home = path.startsWith('systems/') ? path.split('/').slice(0, 2).join('/') : 'examples';
  return importsOf(text)
    .filter(({ specifier }) => {
      if (!specifier.startsWith('.')) return false;
      const target = targetOf(path, specifier);
      if (path.startsWith('systems/') && shared.some((folder) => target.startsWith(folder))) return false;
      return target !== 'src/index.ts' && target !== 'src/testing/index.ts' && !target.startsWith(`${home}/`);
    })
    .map((found) => `${path}:${found.line} imports "${found.specifier}": ${home} may import the public API ("continuo") and itself`);
}

export function importBreaches(files: Files): readonly string[] {
  return [...files].flatMap(([path, text]) => (path.startsWith('src/') ? breachesOfFile(path, text) : breachesOfUser(path, text)));
}

export function coreFiles(files: Files): readonly string[] {
  return [...files.keys()].filter((path) => path.startsWith('src/core/') && !isTest(path));
}

export function tokenBreaches(files: Files): readonly string[] {
  return coreFiles(files).flatMap((path) => {
    const code = codeOf(files.get(path) ?? '');
    return FORBIDDEN_IN_CORE.flatMap(({ token, pattern, why }) =>
      [...code.matchAll(pattern)].map((match) => `${path}:${code.slice(0, match.index).split('\n').length} says \`${token}\`: ${why}`),
    );
  });
}

/** Circles of imports that exist when the code runs, each as the way round it. */
export function circles(files: Files): readonly string[] {
  const graph = new Map<string, readonly string[]>();
  for (const [path, text] of files) {
    if (!path.startsWith('src/') || isTest(path)) continue;
    const targets = importsOf(text).filter((found) => !found.typeOnly && found.specifier.startsWith('.'));
    graph.set(
      path,
      targets.map((found) => targetOf(path, found.specifier)).filter((target) => files.has(target)),
    );
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}
