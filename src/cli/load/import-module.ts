/** Imports a file of the user's: agents, workflows. What is wrong with it is said in the file's own terms. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ContinuoError, type ErrorCode } from '../../core/errors.ts';
import { here } from './user-modules.ts';

export interface Module {
  /** As the user wrote it. */
  readonly path: string;
  readonly url: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

export async function importModule(path: string, what: string, code: ErrorCode): Promise<Module> {
  const file = resolve(path);
  if (!existsSync(file)) throw new ContinuoError(code, `${what} ${path} does not exist (${file})`);
  if (statSync(file).isDirectory()) throw new ContinuoError(code, `${what} ${path} is a directory; name the file in it`);
  prepare();
  const url = pathToFileURL(file).href;
  try {
    // The namespace of a module is an object; what it holds stays unknown.
    return { path, url, exports: (await importOrNotice(url)) as Module['exports'] };
  } catch (error) {
    const failure = new ContinuoError(code, `${what} ${path} cannot be loaded: ${whatIsWrong(error)}`);
    failure.cause = error;
    throw failure;
  }
}

/** A module that waits for something that never comes would end the process without a word. */
async function importOrNotice(url: string): Promise<unknown> {
  const { promise: stuck, reject } = Promise.withResolvers<never>();
  const notice = (): void => reject(new Error('its top level awaits something that never comes'));
  process.once('beforeExit', notice);
  try {
    return await Promise.race([import(url), stuck]);
  } finally {
    process.off('beforeExit', notice);
  }
}

function whatIsWrong(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const place = placeOf(error);
  const kind = error.name === 'Error' ? '' : `${error.name}: `;
  return `${kind}${error.message}${place === undefined ? '' : ` (${place})`}`;
}

/** `agents.ts:12`: where the stack points at, or where the syntax is wrong. */
function placeOf(error: Error): string | undefined {
  const isOurs = error.stack?.includes('node:internal/modules/esm/utils') === true;
  const [, file, line] =
    placeIn(error.stack ?? '') ?? (error instanceof SyntaxError && isOurs ? placeIn(checked(lastLoaded)) : undefined) ?? [];
  if (file === undefined || file.includes('/node_modules/') || error.message.includes(`${file}:${line}`)) return undefined;
  return `${decodeURIComponent(file)}:${line}`;
}

/** A line that begins with a place, or a frame of a stack. */
function placeIn(text: string): RegExpExecArray | undefined {
  return /(?:^|file:\/\/|\(|\bat )(\/[^\s:()]+|[A-Za-z]:\\[^\s:()]+):(\d+)/m.exec(text) ?? undefined;
}

/** Of a file that it could not parse, V8 tells the line only to the process that is asked to check it. */
function checked(url: string): string {
  return spawnSync(process.execPath, ['--check', fileURLToPath(url)], { encoding: 'utf8' }).stderr;
}

let lastLoaded = '';
let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:')) lastLoaded = url;
      return next(url, context);
    },
  });
  // An agent in a process of its own is imported there again, by the same rules: the engine hands these words on.
  process.execArgv.push('--import', here);
}
