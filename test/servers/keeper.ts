/**
 * A process that has one server and its folder, and outlives nobody: kept.ts starts it and speaks to it.
 *
 * K1. When whoever asked for the server is gone, however he went, the server ends and its folder goes.
 * K2. After the first start the port stays: clients find a server that comes back where it was.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from './free-port.ts';
import { makeFolder, removeFolder } from './own-folder.ts';
import { recipes, type Kind } from './recipes.ts';

export type Order = 'start' | 'kill' | 'stop';
export type Report = { readonly is: 'done'; readonly port: number } | { readonly is: 'failed'; readonly why: string };

// kept.ts starts this file with them.
const [kind, ...settings] = process.argv.slice(2) as [Kind, ...string[]];
const recipe = recipes[kind];
const folder = makeFolder(kind);
const portsToTry = 5;
const lingersAtMost = 100;

let server: ChildProcess | undefined;
let port: number | undefined;

type Start = { readonly is: 'up'; readonly child: ChildProcess } | { readonly is: 'down'; readonly log: string };

async function open(command: string, flags: readonly string[], user: object): Promise<Start> {
  // In a group of its own: what a terminal sends to the tests is not meant for it.
  const child = spawn(command, flags, { ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let log = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      // Afterwards it is read, so that the server may go on talking, and forgotten.
      if (log.includes(recipe.ready)) return;
      log += chunk.toString();
      if (log.includes(recipe.ready)) resolve({ is: 'up', child });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', () => resolve({ is: 'down', log }));
  });
}

let prepared: ReturnType<typeof recipe.prepare> | undefined;

async function start(): Promise<number> {
  prepared ??= recipe.prepare(folder);
  const { command, flags, user } = prepared;
  for (let lingered = 0, tried = 1; ;) {
    const at = port ?? (await freePort());
    const began = await open(command, [...flags(at), ...settings], user);
    if (began.is === 'up') {
      server = began.child;
      port = at;
      return at;
    }
    const retried = recipe.taken.test(began.log) && (port === undefined ? tried++ < portsToTry : lingered++ < lingersAtMost);
    if (!retried && !(recipe.lingering.test(began.log) && lingered++ < lingersAtMost))
      throw new Error(`${kind} did not start:\n${began.log.trim()}`);
    if (port !== undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const child = server;
  server = undefined;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

async function leave(signal: NodeJS.Signals): Promise<void> {
  await end(signal);
  removeFolder(folder);
}

async function carryOut(order: Order): Promise<Report> {
  try {
    if (order === 'start') await start();
    else if (order === 'kill') await end('SIGKILL');
    else await leave(recipe.ending);
    return { is: 'done', port: port ?? 0 };
  } catch (error) {
    return { is: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

let orders: Promise<void> = Promise.resolve();
let left = false;

process.on('message', (order: Order) => {
  orders = orders.then(async () => {
    const report = await carryOut(order);
    left = order === 'stop' && report.is === 'done';
    if (process.connected) process.send?.(report);
  });
});

// K1. It is the channel's end that counts: signals to the whole group reach the asker, too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => {
  void orders.then(() => (left ? undefined : leave('SIGKILL'))).finally(() => process.exit());
});
