/**
 * Reads the configuration of the studio.
 *
 * C1. Every problem is told at once, with its file, its key, and how to mend it.
 * C2. No value that may be a key is repeated.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { quote, suggest } from '../../core/plan/problem.ts';
import { ContinuoError } from '../../core/errors.ts';
import { problemsIn } from './config-problems.ts';
import {
  imageModelSchema,
  picturesSchema,
  speechModelSchema,
  speechSchema,
  type ImageModelConfig,
  type SpeechModelConfig,
  type StudioConfig,
} from './studio-config.ts';

export interface StudioConfigProblem {
  readonly file: string;
  /** `image_models.openai_image.price`; empty for the file as a whole. */
  readonly key: string;
  readonly message: string;
  readonly mend: string;
}

type Table = Readonly<Record<string, unknown>>;

/** Nothing is asked outside, and nothing could be. */
export const noStudioConfig: StudioConfig = {
  pictures: { use: 'offline', models: [], style: undefined },
  speech: { use: 'offline', models: [] },
  imageModels: {},
  speechModels: {},
};

const sections = ['pictures', 'speech', 'image_models', 'speech_models'] as const;

/** The files that the globs match, together; throws STUDIO_CONFIG_INVALID. */
export function readStudioConfig(globs: readonly string[], cwd: string = process.cwd()): StudioConfig {
  const problems: StudioConfigProblem[] = [];
  const merged = merge(filesOf(globs, cwd, problems), problems);
  const read = readSections(merged, problems);
  if (problems.length > 0) throw invalid(problems);
  return read;
}

function invalid(problems: readonly StudioConfigProblem[]): ContinuoError {
  const lines = problems.map(({ file, key, message, mend }) => `  ${file}: ${key === '' ? '' : `${key}: `}${message}. ${mend}`);
  return new ContinuoError(
    'STUDIO_CONFIG_INVALID',
    `the studio’s configuration cannot be used:\n${lines.join('\n')}`,
    problems.map((one) => ({ ...one })),
  );
}

interface File {
  readonly name: string;
  readonly table: Table;
}

function filesOf(globs: readonly string[], cwd: string, problems: StudioConfigProblem[]): readonly File[] {
  const paths = new Set<string>();
  for (const glob of globs) {
    // A path may have characters in it that mean something in a glob.
    const found = existsSync(resolve(cwd, glob)) ? [glob] : globSync(glob, { cwd }).sort();
    for (const path of found) paths.add(resolve(cwd, path));
    if (found.length === 0)
      problems.push({ file: glob, key: '', message: `no file matches, looking from ${cwd}`, mend: 'Correct the path, or write the file.' });
  }
  return [...paths].flatMap((path) => {
    const short = relative(cwd, path);
    const name = short.startsWith('..') ? path : short;
    try {
      return [{ name, table: parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) }];
    } catch (error) {
      problems.push({ file: name, key: '', ...whyUnread(error) });
      return [];
    }
  });
}

function whyUnread(error: unknown): { readonly message: string; readonly mend: string } {
  if (error instanceof TomlError) {
    // What follows the first line repeats the text of the file, in which there may be a secret.
    const what = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
    return { message: `this is not TOML, at line ${error.line}, column ${error.column}: ${what}`, mend: 'Correct that line.' };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return { message: `it cannot be read: ${code}`, mend: 'Check that it is a file, and its permissions.' };
}

/** A table of the configuration, and the file that it stands in. */
interface Placed {
  readonly file: string;
  readonly table: unknown;
}

type Merged = ReadonlyMap<string, Placed>;

/** By the key of each table: `pictures`, `image_models.openai_image`. */
function merge(files: readonly File[], problems: StudioConfigProblem[]): Merged {
  const merged = new Map<string, Placed>();
  const add = (key: string, file: string, table: unknown): void => {
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { file, table });
    else problems.push({ file, key, message: `it stands in ${known.file} already`, mend: 'Keep one of the two.' });
  };
  for (const { name, table } of files)
    for (const [section, inner] of Object.entries(table)) {
      if (section === 'pictures' || section === 'speech') add(section, name, inner);
      else if (section !== 'image_models' && section !== 'speech_models')
        problems.push({ file: name, key: section, message: `there is no section ${quote(section)}`, mend: suggest(section, sections) });
      else if (isTable(inner)) for (const [model, of] of Object.entries(inner)) add(`${section}.${model}`, name, of);
      else
        problems.push({
          file: name,
          key: section,
          message: 'it is no table',
          mend: `Write a table for each model: [${section}.some_name].`,
        });
    }
  return merged;
}

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

function readSections(merged: Merged, problems: StudioConfigProblem[]): StudioConfig {
  const read = <T>(key: string, schema: z.ZodType<T>): T | undefined => {
    const { file, table } = merged.get(key) ?? { file: '', table: {} };
    const parsed = schema.safeParse(table);
    if (parsed.success) return parsed.data;
    for (const { path, ...problem } of problemsIn(parsed.error, table, schema))
      problems.push({ file, key: [key, ...path].join('.'), ...problem });
    return undefined;
  };
  const imageModels: Record<string, ImageModelConfig> = {};
  const speechModels: Record<string, SpeechModelConfig> = {};
  const names = { image_models: namesIn(merged, 'image_models'), speech_models: namesIn(merged, 'speech_models') };
  for (const name of names.image_models) {
    const model = read(`image_models.${name}`, imageModelSchema);
    if (model !== undefined) imageModels[name] = model;
  }
  for (const name of names.speech_models) {
    const model = read(`speech_models.${name}`, speechModelSchema);
    if (model !== undefined) speechModels[name] = model;
  }
  const pictures = read('pictures', picturesSchema) ?? noStudioConfig.pictures;
  const speech = read('speech', speechSchema) ?? noStudioConfig.speech;
  const config: StudioConfig = { pictures, speech, imageModels, speechModels };
  const fileOf = (key: string): string => [...merged].find(([table]) => key.startsWith(`${table}.`))?.[1].file ?? '';
  check(config, names, (key, message, mend) => problems.push({ file: fileOf(key), key, message, mend }));
  return config;
}

function namesIn(merged: Merged, section: ModelSection): readonly string[] {
  return [...merged.keys()].filter((key) => key.startsWith(`${section}.`)).map((key) => key.slice(section.length + 1));
}

type ModelSection = 'image_models' | 'speech_models';

type Report = (key: string, message: string, mend: string) => void;

/** What one table alone does not tell. A model that could not be read is there all the same. */
function check(config: StudioConfig, named: Readonly<Record<ModelSection, readonly string[]>>, report: Report): void {
  const uses = { pictures: 'image_models', speech: 'speech_models' } as const;
  for (const section of ['pictures', 'speech'] as const) {
    const table = uses[section];
    const { use, models } = config[section];
    for (const [at, model] of models.entries())
      if (!named[table].includes(model))
        report(`${section}.models[${at}]`, `there is no [${table}.${model}]`, suggest(model, named[table], 'Define it, or remove it.'));
    if (use === 'auto' && models.length === 0)
      report(`${section}.models`, 'use = "auto" has no model to choose from', 'Name one, or write use = "offline".');
  }
  for (const [section, models] of Object.entries({ image_models: config.imageModels, speech_models: config.speechModels }))
    for (const [name, { provider, apiBase }] of Object.entries(models))
      if (provider === 'openai_compatible' && apiBase === undefined)
        report(
          `${section}.${name}.api_base`,
          'it is missing, and a provider of this kind may be anywhere',
          'Write its address: api_base = "http://localhost:8000/v1".',
        );
  for (const [name, { voice, voices }] of Object.entries(config.speechModels))
    if (voices.length > 0 && !voices.includes(voice))
      report(`speech_models.${name}.voice`, `${quote(voice)} is not among its voices`, suggest(voice, voices));
}
