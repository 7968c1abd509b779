#!/usr/bin/env node
// The launcher. It is plain JavaScript that any Node from 18 on can run, and it hands over to a Node that is new
// enough for the CLI: this very process where it can, else the Node that npm installed beside the package.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const PINNED_VERSION = '26.10.0';
const CANNOT_START = 2;

const launcher = realpathSync(fileURLToPath(import.meta.url));
const packageRoot = dirname(dirname(launcher));
const sourceEntry = new URL('../src/cli/main.ts', import.meta.url);
const builtEntry = new URL('../dist/src/cli/main.js', import.meta.url);

const major = (version) => Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);

function refuse(...lines) {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(CANNOT_START);
}

function* ancestors(folder) {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (dirname(at) === at) return;
  }
}

/** Where the npm package `node` puts its executable, from our own node_modules up to one we were hoisted into. */
function* installedNodes() {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  for (const folder of ancestors(packageRoot)) {
    const modules = basename(folder) === 'node_modules' ? folder : join(folder, 'node_modules');
    yield join(modules, 'node', 'bin', executable);
    yield join(modules, 'node', 'node_modules', platform, 'bin', executable);
    yield join(modules, platform, 'bin', executable);
  }
}

/** A binary counts only once it has answered: one that was made for another platform exists and cannot run. */
function isNewEnough(path) {
  if (!existsSync(path)) return false;
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  return answer.status === 0 && major(answer.stdout) >= NEEDED_MAJOR;
}

function mendingCommand() {
  if (existsSync(sourceEntry)) return `cd "${packageRoot}" && npm ci`;
  const inside = `${sep}node_modules${sep}`;
  const project = packageRoot.includes(inside) ? packageRoot.slice(0, packageRoot.indexOf(inside)) : undefined;
  const isProject = project !== undefined && existsSync(join(project, 'package.json')) && basename(dirname(project)) !== '_npx';
  return isProject
    ? `cd "${project}" && npm pkg set allowScripts.node=true --json && npm install --save-dev node@${PINNED_VERSION}`
    : `cd "${packageRoot}" && npm install --no-save --save-prod --omit=dev node@${PINNED_VERSION}`;
}

/** A terminal sends Ctrl-C to the whole foreground group: the child has it already, and a second one means "at once". */
const hasTerminal = () => Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);

function runWith(node) {
  const child = spawn(node, [...process.execArgv, launcher, ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !hasTerminal()) child.kill(signal);
  };
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of forwarded) process.on(signal, forward);
  child.on('error', (error) => refuse(`continuo: cannot start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of forwarded) process.off(name, forward);
    if (signal === null) process.exit(code ?? 1);
    process.exitCode = 128 + (constants.signals[signal] ?? 0);
    process.kill(process.pid, signal);
  });
}

/** In a checkout, an example's `import … from 'continuo'` means the source: there may be no build, or an old one. */
function resolveToSource() {
  const ours = /^continuo(\/|$)/;
  nodeModule.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, ours.test(specifier) ? { ...context, conditions: [...context.conditions, '@continuo/source'] } : context),
  });
}

async function runHere() {
  if (existsSync(sourceEntry)) {
    resolveToSource();
    await import(sourceEntry.href);
  } else if (existsSync(builtEntry)) {
    await import(builtEntry.href);
  } else {
    refuse('continuo: this copy has no command line: dist/ is missing.', `Run: cd "${packageRoot}" && npm ci && npm run build`);
  }
}

if (major(process.version) >= NEEDED_MAJOR) {
  await runHere();
} else {
  let node;
  for (const candidate of installedNodes()) {
    if (isNewEnough(candidate)) {
      node = candidate;
      break;
    }
  }
  if (node === undefined) {
    refuse(
      `continuo: Node ${NEEDED_MAJOR} or newer is needed; this is ${process.version}, and none is installed beside the package.`,
      `Run: ${mendingCommand()}`,
    );
  } else {
    runWith(node);
  }
}
