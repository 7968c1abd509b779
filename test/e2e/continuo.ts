/** The installed command line, as somebody at a terminal has it: a process, its output, its exit code. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export const launcher: string = join(import.meta.dirname, '../../bin/continuo.mjs');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `--json` promises: the last line of stdout. */
export interface Outcome {
  readonly runId: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: { readonly code: string; readonly message: string; readonly mend?: string } | null;
  readonly steps: Readonly<
    Record<string, { readonly status: string; readonly attempts: number; readonly visits: number; readonly output: unknown }>
  >;
  readonly [extra: string]: unknown;
}

export function outcome({ stdout, stderr }: Ended): Outcome {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  assert.ok(last.startsWith('{'), `the last line of stdout is not an object: ${JSON.stringify(last)}\n${stderr}`);
  // What the fields hold is what the tests are about.
  return JSON.parse(last) as Outcome;
}

/** Somebody's folder, gone after the test, and the processes that were started in it. */
export class Desk {
  readonly dir: string = mkdtempSync(join(tmpdir(), 'continuo-e2e-'));
  readonly #live = new Set<Live>();

  readonly #env: NodeJS.ProcessEnv;

  constructor(t: TestContext, env: NodeJS.ProcessEnv = {}) {
    this.#env = env;
    t.after(async () => {
      await Promise.all([...this.#live].map((one) => one.kill('SIGKILL')));
      rmSync(this.dir, { recursive: true, force: true });
    });
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  write(name: string, content: string | object): string {
    writeFileSync(this.path(name), typeof content === 'string' ? content : JSON.stringify(content));
    return name;
  }

  /** Starts `continuo …`; with `terminal`, on a pseudo-terminal. */
  start(...words: readonly string[]): Live {
    return this.#spawn(process.execPath, [launcher, ...words]);
  }

  onTerminal(...words: readonly string[]): Live {
    const quoted = [process.execPath, launcher, ...words].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    return this.#spawn('script', ['--quiet', '--return', '--command', quoted, '/dev/null']);
  }

  shell(command: string): Promise<Ended> {
    return this.#spawn('sh', ['-c', command]).ended;
  }

  #spawn(file: string, words: readonly string[]): Live {
    const live = new Live(spawn(file, words, { cwd: this.dir, env: { ...environment(), ...this.#env } }));
    this.#live.add(live);
    void live.ended.then(() => this.#live.delete(live));
    return live;
  }

  /** Carries out `continuo …` to its end. */
  async run(...words: readonly string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  async runWith(stdin: string, ...words: readonly string[]): Promise<Ended> {
    const live = this.start(...words);
    live.type(stdin);
    live.endInput();
    return live.ended;
  }
}

/** That of a person without a key for any model, and not of a test that npm started. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_|^NO_COLOR$|^FORCE_COLOR$|^CONTINUO_|_API_KEY$/.test(name));
  return { ...Object.fromEntries(own), TERM: 'xterm', LANG: 'C.UTF-8' };
}

export class Live {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listeners = new Set<() => void>();
  #stdout = '';
  #stderr = '';
  #over = false;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#tell(() => (this.#stdout += text)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#tell(() => (this.#stderr += text)));
    // A process that ends does not read what is still typed.
    child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        this.#tell(() => (this.#over = true));
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get said(): string {
    return this.#stdout + this.#stderr;
  }

  #tell(change: () => void): void {
    change();
    for (const listener of this.#listeners) listener();
  }

  /** Resolves as soon as the output has it; fails when the process ends without. */
  async until(pattern: RegExp): Promise<void> {
    for (;;) {
      if (pattern.test(this.said)) return;
      assert.ok(!this.#over, `it ended before it said ${String(pattern)}:\n${this.said}`);
      await new Promise<void>((resolve) => {
        const listener = (): void => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    if (!this.#over) this.#child.kill(signal);
    return this.ended;
  }
}
