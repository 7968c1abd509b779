/** From the words of a command line to a request; what is wrong is said before anything is opened. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';
import type { FilmRequest, FilmRequestInput, RequestProblem } from '../../studio/film/request.ts';
import { parseJson } from '../load/json-text.ts';
import type { StoreOptions } from '../store.ts';
import type { MadeBefore } from './made-before.ts';

export interface MakeOptions extends StoreOptions {
  readonly aspect?: string;
  readonly duration?: string;
  readonly mode?: string;
  readonly voice?: string;
  readonly rate?: string;
  readonly template?: string;
  readonly quality?: string;
  readonly music?: string;
  readonly assets?: string;
  readonly out?: string;
  readonly script?: string;
  readonly edit?: true;
  readonly take?: string;
  readonly pictures?: string;
  readonly watch?: true;
  readonly json?: true;
  readonly yes?: true;
  readonly gateway?: readonly string[];
}

/** `before`: the film that the script belongs to. What the command line leaves open is as it was there. */
export function requestOf(
  system: FilmSystem,
  topic: string | undefined,
  options: MakeOptions,
  before?: Pick<MadeBefore, 'request'>,
): FilmRequest {
  const script = options.script === undefined ? null : scriptIn(system, options.script);
  const about = topic ?? before?.request.topic ?? script?.title;
  if (about === undefined)
    throw new ContinuoError('USAGE', 'say what the film is about, in quotes: make "how to make paper airplanes that fly far"');
  const { aspect, mode, template, quality, voice, music } = options;
  // What these words may be, the schema of a request says.
  const words = { aspect, mode, template, quality } as Pick<FilmRequestInput, 'aspect' | 'mode' | 'template' | 'quality'>;
  const said = {
    ...words,
    voice,
    duration: secondsOf(options.duration),
    rate: numberOf('--rate', options.rate),
    take: numberOf('--take', options.take),
    music: music === undefined || music === 'auto' || music === 'none' ? music : fileAt('--music', music),
    assets: options.assets === undefined ? undefined : folderAt('--assets', options.assets),
  };
  const asked: FilmRequestInput = { ...before?.request, ...definedIn(said), topic: about, script, edit: options.edit ?? false };
  const read = system.readRequest(asked);
  if ('problems' in read) throw new ContinuoError('USAGE', read.problems.map((one) => inWords(one, options)).join('\n'));
  return read.request;
}

function definedIn(said: Partial<FilmRequestInput>): Partial<FilmRequestInput> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function inWords({ field, what }: RequestProblem, options: MakeOptions): string {
  if (field === 'topic') return what;
  const given = Object.entries(options).find(([name]) => name === field)?.[1];
  return typeof given === 'string' ? `--${field} ${what}, and not ${JSON.stringify(given)}` : `${field} ${what}`;
}

/** `90`, `90s` and `1m30s`. */
function secondsOf(text: string | undefined): number | undefined {
  const parts = text === undefined ? undefined : /^(?:(\d+(?:\.\d+)?)\s*m(?:in)?)?\s*(?:(\d+(?:\.\d+)?)\s*s?)?$/.exec(text.trim());
  if (text === undefined) return undefined;
  if (parts === null || parts === undefined || text.trim() === '')
    throw new ContinuoError('USAGE', `--duration ${JSON.stringify(text)} is no length: write seconds, such as 60, or 1m30s`);
  return Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0);
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new ContinuoError('USAGE', `${option} ${JSON.stringify(text)} is no number`);
  return number;
}

function fileAt(option: string, path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return resolve(path);
  throw new ContinuoError('MEDIA_UNREADABLE', `${option} ${path}: ${found === undefined ? 'there is no such file' : 'this is a folder'}`);
}

function folderAt(option: string, path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return resolve(path);
  const why = found === undefined ? 'there is no such folder' : 'this is a file: put your pictures into a folder, and name that';
  throw new ContinuoError('MEDIA_UNREADABLE', `${option} ${path}: ${why}`);
}

function scriptIn(system: FilmSystem, path: string): { readonly title: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ContinuoError('SCRIPT_INVALID', `${path} cannot be read: ${whyUnread(error)}`);
  }
  return system.readScript(parseJson(text, path, 'SCRIPT_INVALID'));
}

function whyUnread(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' ? 'it may not be read' : error instanceof Error ? error.message : String(error);
}
