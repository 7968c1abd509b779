/** What everything that reads a part of a configuration shares. */
import type { Origin } from './merge.ts';
import type { ConfigProblem } from './problem.ts';

export type FileContent =
  { readonly is: 'text'; readonly text: string } | { readonly is: 'absent' } | { readonly is: 'unreadable'; readonly why: string };

/** The file system, as far as reading a configuration needs one. */
export type ReadFile = (path: string) => FileContent;

export class Reading {
  /** Whether additions to upstream's format, and what it forgives less, are errors. */
  readonly strict: boolean;
  readonly readFile: ReadFile;
  readonly problems: ConfigProblem[];
  readonly originOf: (key: string) => Origin;

  constructor(options: { strict: boolean; readFile: ReadFile; originOf: (key: string) => Origin; problems: readonly ConfigProblem[] }) {
    this.strict = options.strict;
    this.readFile = options.readFile;
    this.originOf = options.originOf;
    this.problems = [...options.problems];
  }

  error(key: string, message: string, mend: string): void {
    this.#add('error', key, message, mend);
  }

  warn(key: string, message: string, mend: string): void {
    this.#add('warning', key, message, mend);
  }

  /** What is assumed where something is missing: told, and with `strict` refused. */
  assume(key: string, missing: string, assumed: string, mend: string): void {
    if (this.strict) this.error(key, missing, mend);
    else this.warn(key, `${missing}; ${assumed}`, mend);
  }

  #add(level: ConfigProblem['level'], key: string, message: string, mend: string): void {
    const { file, line } = this.originOf(key);
    this.problems.push({ level, file, key, ...(line === undefined ? {} : { line }), message, mend });
  }
}
