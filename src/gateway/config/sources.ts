/** The files of a configuration, found and parsed. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { keyLines } from './key-lines.ts';
import type { ConfigProblem } from './problem.ts';

/** A parsed file, or an object that a program gave in its place. */
export interface Source {
  /** As it is named in problems. */
  readonly name: string;
  /** Paths that it mentions are relative to this. */
  readonly dir: string;
  readonly table: object;
  readonly lines: ReadonlyMap<string, number>;
}

export interface Found {
  readonly sources: readonly Source[];
  /** Absolute. */
  readonly files: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** Every file of every glob, each once, in the order of the globs and of the alphabet within one. */
export function findSources(globs: readonly string[], cwd: string): Found {
  const problems: ConfigProblem[] = [];
  const files = new Set<string>();
  const nothing = { level: 'error', key: '' } as const;
  if (globs.length === 0)
    problems.push({
      ...nothing,
      file: cwd,
      message: 'there is no configuration here',
      mend: 'Write config/tensorzero.toml, or say where it is.',
    });
  for (const glob of globs) {
    const found = filesOf(glob, cwd);
    for (const file of found) files.add(file);
    if (found.length === 0)
      problems.push({
        ...nothing,
        file: glob,
        message: `no file matches, looking from ${cwd}`,
        mend: 'Correct the path, or write the file.',
      });
  }
  const sources = [...files].flatMap((file) => {
    const read = parseFile(file, shown(file, cwd));
    if ('message' in read) problems.push(read);
    return 'table' in read ? [read] : [];
  });
  return { sources, files: [...files], problems };
}

function filesOf(glob: string, cwd: string): readonly string[] {
  // A path may have characters in it that mean something in a glob.
  const found = existsSync(resolve(cwd, glob)) ? [glob] : globSync(glob, { cwd });
  return found
    .map((path) => resolve(cwd, path))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function parseFile(file: string, name: string): Source | ConfigProblem {
  const problem = { level: 'error', file: name, key: '' } as const;
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    return { ...problem, message: `it cannot be read: ${codeOf(error)}`, mend: 'Check its permissions.' };
  }
  try {
    return { name, dir: dirname(file), table: parse(text), lines: keyLines(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // What follows the first line repeats the text of the file, in which there may be a secret.
    const [first = ''] = error.message.split('\n');
    const what = first.replace('Invalid TOML document: ', '');
    return { ...problem, line: error.line, message: `this is not TOML, at column ${error.column}: ${what}`, mend: 'Correct that line.' };
  }
}

/** As short as it is clear. */
function shown(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith('..') ? file : path;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
