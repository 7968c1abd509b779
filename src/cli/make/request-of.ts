/** From the words of a command line to a request; what is wrong is said before anything is opened. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import type { FilmRequest, FilmRequestInput } from '../../studio/film/request.ts';
import { parseJson } from '../load/json-text.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';

export interface MakeOptions {
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
  readonly dir?: string;
}

export function requestOf(system: FilmSystem, topic: string | undefined, options: MakeOptions): FilmRequest {
  const script = options.script === undefined ? null : scriptIn(system, options.script);
  const asked = topic ?? script?.title;
  if (asked === undefined)
    throw new ContinuoError('USAGE', 'say what the film is about, in quotes: make "how to make paper airplanes that fly far"');
  const { aspect, mode, template, quality, voice, music } = options;
  // What these words may be, the schema of a request says.
  const words = { aspect, mode, template, quality } as Pick<FilmRequestInput, 'aspect' | 'mode' | 'template' | 'quality'>;
  const read = system.readRequest({
    topic: asked,
    ...words,
    voice,
    duration: secondsOf(options.duration),
    rate: numberOf('--rate', options.rate),
    take: numberOf('--take', options.take),
    music: music === undefined || music === 'auto' || music === 'none' ? music : fileAt('--music', music),
    assets: options.assets === undefined ? undefined : folderAt('--assets', options.assets),
    script,
    edit: options.edit ?? false,
  });
  if ('problems' in read) throw new ContinuoError('USAGE', read.problems.join('\n'));
  return read.request;
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
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new ContinuoError('MEDIA_UNREADABLE', `${option} ${path}: there is no such file`);
  return resolve(path);
}

function folderAt(option: string, path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ContinuoError('MEDIA_UNREADABLE', `${option} ${path}: there is no such folder`);
  return resolve(path);
}

function scriptIn(system: FilmSystem, path: string): { readonly title: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ContinuoError('SCRIPT_INVALID', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return system.readScript(parseJson(text, path, 'SCRIPT_INVALID'));
}
