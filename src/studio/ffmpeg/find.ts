/**
 * Finds ffmpeg and ffprobe: those that the environment names, then the system's, then those that npm installed.
 * One counts only once it has answered: new enough, with the encoders that a film needs.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { ContinuoError } from '../../core/errors.ts';
import { inPath } from '../in-path.ts';

export interface Tools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const oldest = [4, 1] as const;
/** Milliseconds in which a program has to say who it is: one that hangs is as good as none. */
const patience = 60_000;
const found = new Map<string, Promise<Tools>>();

/** The same environment is asked once. */
export function findTools(env: Environment = process.env): Promise<Tools> {
  const key = JSON.stringify([env['CONTINUO_FFMPEG'], env['CONTINUO_FFPROBE'], env['PATH']]);
  const known = found.get(key);
  if (known !== undefined) return known;
  const asked = search(env);
  found.set(key, asked);
  // A machine that is mended while we run is asked again.
  asked.catch(() => found.delete(key));
  return asked;
}

async function search(env: Environment): Promise<Tools> {
  const refused: string[] = [];
  for (const { ffmpeg, ffprobe, from, binding } of candidates(env)) {
    const complaint = (await unfit(ffmpeg, true)) ?? (await unfit(ffprobe, false));
    if (complaint === undefined) return { ffmpeg, ffprobe, version: await versionOf(ffmpeg) };
    refused.push(`${from}: ${complaint}`);
    // Whoever names a program wants that one.
    if (binding) break;
  }
  throw new ContinuoError('FFMPEG_MISSING', `no usable ffmpeg: ${refused.length === 0 ? 'none is installed' : refused.join('; ')}`);
}

/** Differs where another ffmpeg may encode: found without running any. Of those of the packages, npm writes when they came. */
export function encoderFingerprint(env: Environment = process.env): string {
  const traits = [...candidates(env)].map(({ ffmpeg, packaged }) => {
    const { size, mtimeMs } = statSync(ffmpeg, { throwIfNoEntry: false }) ?? { size: ffmpeg, mtimeMs: 0 };
    return packaged ? [size] : [size, mtimeMs];
  });
  return createHash('sha256').update(JSON.stringify(traits)).digest('hex').slice(0, 8);
}

interface Candidate {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly from: string;
  readonly binding: boolean;
  readonly packaged: boolean;
}

function* candidates(env: Environment): Generator<Candidate> {
  const [namedFfmpeg, namedFfprobe] = [named('CONTINUO_FFMPEG', env), named('CONTINUO_FFPROBE', env)];
  const system = { ffmpeg: inPath('ffmpeg', env), ffprobe: namedFfprobe ?? inPath('ffprobe', env) };
  const packaged = {
    ffmpeg: fromPackage('@ffmpeg-installer', 'ffmpeg'),
    ffprobe: namedFfprobe ?? fromPackage('@ffprobe-installer', 'ffprobe'),
  };
  if (namedFfmpeg !== undefined) {
    const ffprobe = system.ffprobe ?? packaged.ffprobe ?? 'ffprobe';
    yield { ffmpeg: namedFfmpeg, ffprobe, from: 'CONTINUO_FFMPEG', binding: true, packaged: false };
    return;
  }
  if (system.ffmpeg !== undefined && system.ffprobe !== undefined)
    yield { ffmpeg: system.ffmpeg, ffprobe: system.ffprobe, from: system.ffmpeg, binding: false, packaged: false };
  if (packaged.ffmpeg !== undefined && packaged.ffprobe !== undefined)
    yield { ffmpeg: packaged.ffmpeg, ffprobe: packaged.ffprobe, from: 'the one of the npm packages', binding: false, packaged: true };
}

/** One that is set to nothing is not set. */
const named = (variable: string, env: Environment): string | undefined => (env[variable] === '' ? undefined : env[variable]);

function fromPackage(scope: string, name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  try {
    const path = require.resolve(`${scope}/${process.platform}-${process.arch}/${file}`);
    makeExecutable(path);
    return path;
  } catch {
    return undefined;
  }
}

/** The packages do this in a script of theirs, which npm may have been told not to run. */
function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}

async function unfit(program: string, encodes: boolean): Promise<string | undefined> {
  try {
    const version = await versionOf(program);
    // A build from the middle of development has no number; what it can do is asked below.
    const [major = oldest[0], minor = oldest[1]] = (/^\D?(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) return `version ${version} is older than ${oldest.join('.')}`;
    if (!encodes) return undefined;
    const { stdout } = await run(program, ['-hide_banner', '-encoders'], { maxBuffer: 1 << 24, timeout: patience });
    const lacks = ['libx264', 'aac'].filter((name) => !new RegExp(`\\s${name}\\s`).test(stdout));
    return lacks.length === 0 ? undefined : `it has no encoder ${lacks.join(' and no encoder ')}`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return `${program} does not exist`;
    if (code === 'EACCES') return `${program} may not be executed`;
    return `${program} does not run${error instanceof Error ? ` (${error.message.split('\n')[0]})` : ''}`;
  }
}

async function versionOf(program: string): Promise<string> {
  const { stdout } = await run(program, ['-hide_banner', '-version'], { timeout: patience });
  const version = /version (\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error('it does not say its version');
  return version;
}
