/**
 * From files to a configuration.
 *
 * L1. All problems are told at once; with an error among them there is no configuration.
 * L2. Nothing is called, and no key is read: of the environment it is only asked which variables are set.
 */
import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Environment } from '../models/keys.ts';
import { merge } from './merge.ts';
import { warnOfMissingKeys } from './missing-keys.ts';
import type { GatewayConfig } from './model.ts';
import { configError, type ConfigProblem } from './problem.ts';
import { readConfigTable } from './read-config.ts';
import { Reading, type FileContent } from './reading.ts';
import { findSources, type Found } from './sources.ts';
import { Table } from './table.ts';

export interface LoadOptions {
  /** Where relative globs begin; the process's own directory when absent. */
  readonly cwd?: string;
  /** Accept what upstream accepts, and nothing else. */
  readonly strict?: boolean;
  /** With it, what has no key is warned of. */
  readonly env?: Environment;
}

export interface ConfigReading {
  readonly config: GatewayConfig | undefined;
  readonly problems: readonly ConfigProblem[];
}

/** The configuration in the files that the globs match, together. */
export function loadConfig(globs: string | readonly string[], options: LoadOptions = {}): ConfigReading {
  const cwd = resolve(options.cwd ?? '.');
  return read(findSources(typeof globs === 'string' ? [globs] : globs, cwd), options);
}

/** A configuration that was parsed before, or written in a program; what it mentions is looked for in `dir`. */
export function readConfig(table: object, options: LoadOptions & { readonly dir: string; readonly name?: string }): ConfigReading {
  const { name = 'configuration', dir } = options;
  const cwd = resolve(options.cwd ?? '.');
  return read(
    { sources: [{ name, dir: isAbsolute(dir) ? dir : resolve(cwd, dir), table, lines: new Map() }], files: [], problems: [] },
    options,
  );
}

/** For whoever cannot go on without: throws GATEWAY_CONFIG_INVALID with every problem. */
export function must({ config, problems }: ConfigReading): GatewayConfig {
  if (config === undefined) throw configError(problems);
  return config;
}

function read({ sources, files, problems }: Found, options: LoadOptions): ConfigReading {
  const merged = merge(sources);
  const reading = new Reading({
    strict: options.strict ?? false,
    readFile,
    originOf: merged.originOf,
    problems: [...problems, ...merged.problems],
  });
  const whole = readConfigTable(new Table(merged.table, '', reading), files);
  const isWhole = reading.problems.every(({ level }) => level === 'warning');
  if (isWhole && options.env !== undefined) warnOfMissingKeys(whole, options.env, reading);
  return { config: isWhole ? whole.config : undefined, problems: inOrder(reading.problems) };
}

/** As one reads the files. */
function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return problems.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0));
}

function readFile(path: string): FileContent {
  try {
    return { is: 'text', text: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? { is: 'absent' } : { is: 'unreadable', why: code };
  }
}
