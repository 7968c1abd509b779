/** The voices that can be had: those that come along, and programs of this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import { inPath } from '../in-path.ts';
import type { FliteVoice } from './flite/speak.ts';
import type { Tone } from './mastering/master.ts';

/** As somebody chooses it. */
export interface Voice {
  readonly id: string;
  readonly description: string;
}

/** A voice as the task speaks with it. `language` is a code of two or three letters; null where any text may be tried. */
export type VoiceToUse =
  | { readonly engine: 'flite'; readonly id: string; readonly language: 'en'; readonly tone: Tone; readonly flite: FliteVoice }
  | {
      readonly engine: 'espeak-ng' | 'piper';
      readonly id: string;
      readonly language: string | null;
      readonly tone: Tone;
      readonly program: string;
      /** A voice of espeak-ng, or a model of piper. */
      readonly model: string;
    };

export type Environment = Readonly<Record<string, string | undefined>>;

interface Included extends Voice {
  readonly tone: Tone;
  readonly flite: FliteVoice;
}

const included: readonly [Included, ...Included[]] = [
  {
    id: 'clara',
    description: 'a woman, clear and friendly, American English (comes along)',
    tone: { body: 1.5, presence: 2, highs: -1.5 },
    flite: { name: 'slt', stretch: 1.08, features: { int_f0_target_mean: 178, int_f0_target_stddev: 48 } },
  },
  {
    id: 'martin',
    description: 'a man, calm and deep, American English (comes along)',
    tone: { body: 3, presence: -3, highs: -6 },
    flite: { name: 'rms', stretch: 1.02, features: {} },
  },
  {
    id: 'angus',
    description: 'a man, brisk, Scottish English (comes along)',
    tone: { body: 1, presence: 3, highs: 3 },
    flite: { name: 'awb', stretch: 1.08, features: {} },
  },
  {
    id: 'robot',
    description: 'an old machine, English (comes along)',
    tone: { body: 0, presence: 2, highs: 3 },
    flite: { name: 'kal', stretch: 1, features: {} },
  },
];

/** For a voice that nobody has measured. */
const plainTone: Tone = { body: 0, presence: 1.5, highs: 0 };

export function voices(env: Environment = process.env): readonly Voice[] {
  const programs: Voice[] = [];
  if (inPath('espeak-ng', env) !== undefined)
    programs.push({ id: 'espeak-ng:LANGUAGE', description: 'espeak-ng of this machine, such as espeak-ng:en-gb or espeak-ng:de' });
  if (inPath('piper', env) !== undefined)
    programs.push({
      id: 'piper:MODEL',
      description: 'piper of this machine, with the path of a model, such as piper:/voices/en_US-amy-medium.onnx',
    });
  return [...included.map(({ id, description }) => ({ id, description })), ...programs];
}

/** The voice of that name; without a name the usual one. Knows flite's own names, too. */
export function voiceToUse(name: string | null, env: Environment = process.env): VoiceToUse {
  const wanted = (name ?? included[0].id).trim();
  const found = included.find(({ id, flite }) => [id, flite.name, `flite:${flite.name}`].includes(wanted.toLowerCase()));
  if (found !== undefined) return { engine: 'flite', id: found.id, language: 'en', tone: found.tone, flite: found.flite };
  const [, engine = '', model = ''] = /^(espeak-ng|piper)(?::(.*))?$/s.exec(wanted) ?? [];
  if (engine === 'espeak-ng') return espeak(wanted, model === '' ? 'en' : model, env);
  if (engine === 'piper') return piper(wanted, model, env);
  throw unknown(wanted, 'nobody here has that name', env);
}

function espeak(wanted: string, model: string, env: Environment): VoiceToUse {
  const program = inPath('espeak-ng', env);
  if (program === undefined) throw unknown(wanted, 'espeak-ng is not installed', env);
  if (!/^[\w+-]+$/.test(model)) throw unknown(wanted, `“${model}” is no voice of espeak-ng`, env);
  return { engine: 'espeak-ng', id: wanted, language: model.split(/[-+_]/)[0]?.toLowerCase() ?? null, tone: plainTone, program, model };
}

function piper(wanted: string, model: string, env: Environment): VoiceToUse {
  const program = inPath('piper', env);
  if (program === undefined) throw unknown(wanted, 'piper is not installed', env);
  if (model === '') throw unknown(wanted, 'the path of a model is missing behind “piper:”', env);
  if (!existsSync(model)) throw unknown(wanted, `there is no file ${model}`, env);
  return { engine: 'piper', id: wanted, language: languageOfModel(model), tone: plainTone, program, model };
}

/** Models are named by their language; what is not has it in its settings. */
function languageOfModel(model: string): string | null {
  const named = /^([a-z]{2,3})[_-]/.exec(basename(model))?.[1];
  if (named !== undefined) return named;
  try {
    return /"(?:code|voice)"\s*:\s*"([a-z]{2,3})/.exec(readFileSync(`${model}.json`, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

function unknown(wanted: string, why: string, env: Environment): ContinuoError {
  const list = voices(env).map(({ id, description }) => `${id}: ${description}`);
  const known = voices(env).map(({ id }) => id);
  return new ContinuoError('VOICE_UNKNOWN', `the voice “${wanted}” cannot be had: ${why}; there are:\n  ${list.join('\n  ')}`, {
    voices: known,
  });
}
