/** WAV files: read whatever programs write, written as 16 bit. */
import { ContinuoError } from '../../core/errors.ts';

/** Sound in memory: one array per channel, all of one length, from −1 to 1. */
export interface Sound {
  readonly rate: number;
  readonly channels: readonly Float32Array[];
}

export interface WavOptions {
  /** Seed of the noise that hides the steps of 16 bits (triangular, of one step); none when absent. */
  readonly dither?: number;
}

interface Format {
  readonly code: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

type ReadSample = (view: DataView, at: number) => number;

const headLength = 44;
const formatPcm = 1;
const formatFloat = 3;
const formatExtensible = 0xfffe;

/** Reads PCM of 8 to 32 bits and floats. A file whose length was never filled in (written to a pipe) is read to its end. */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || nameAt(view, 0) !== 'RIFF' || nameAt(view, 8) !== 'WAVE') throw unreadable('it is no WAV file');
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = nameAt(view, at);
    const said = view.getUint32(at + 4, true);
    const length = Math.min(said, bytes.length - at - 8);
    if (name === 'fmt ' && length >= 16) format = readFormat(view, at + 8, length);
    if (name === 'data') {
      if (format === undefined) throw unreadable('its format is not said before its samples');
      // Whoever writes to a pipe cannot go back, and leaves nothing or everything as the length.
      return readSamples(view, at + 8, said === 0 ? bytes.length - at - 8 : length, format);
    }
    at += 8 + said + (said % 2);
  }
  throw unreadable('it has no samples');
}

export function writeWav(channels: readonly Float32Array[], rate: number, { dither }: WavOptions = {}): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const bytes = new Uint8Array(headLength + frames * channels.length * 2);
  writeHead(new DataView(bytes.buffer), channels.length, rate, bytes.length);
  const samples = new Int16Array(bytes.buffer, headLength);
  const noise = dither === undefined ? (): number => 0 : triangularNoise(dither);
  for (let frame = 0, at = 0; frame < frames; frame++) {
    for (const channel of channels) {
      const value = Math.round((channel[frame] ?? 0) * 32767 + noise());
      samples[at++] = value > 32767 ? 32767 : value < -32768 ? -32768 : value;
    }
  }
  return bytes;
}

function readFormat(view: DataView, at: number, length: number): Format {
  const code = view.getUint16(at, true);
  return {
    // An extensible format says what it is where its identifier begins.
    code: code === formatExtensible && length >= 26 ? view.getUint16(at + 24, true) : code,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
}

function readSamples(view: DataView, at: number, length: number, { code, channels, rate, bits }: Format): Sound {
  const read = readers[`${code}/${bits}`];
  if (read === undefined) throw unreadable(`samples of format ${code} with ${bits} bits are not known`);
  if (channels === 0 || rate === 0) throw unreadable(`it says that it has ${channels} channels of ${rate} samples a second`);
  const size = bits / 8;
  const frames = Math.floor(length / (size * channels));
  const sound = Array.from({ length: channels }, () => new Float32Array(frames));
  sound.forEach((channel, index) => {
    for (let frame = 0; frame < frames; frame++) channel[frame] = read(view, at + (frame * channels + index) * size);
  });
  return { rate, channels: sound };
}

const readers: Readonly<Record<string, ReadSample>> = {
  [`${formatPcm}/8`]: (view, at) => (view.getUint8(at) - 128) / 128,
  [`${formatPcm}/16`]: (view, at) => view.getInt16(at, true) / 32768,
  [`${formatPcm}/24`]: (view, at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 8388608,
  [`${formatPcm}/32`]: (view, at) => view.getInt32(at, true) / 2147483648,
  [`${formatFloat}/32`]: (view, at) => finite(view.getFloat32(at, true)),
  [`${formatFloat}/64`]: (view, at) => finite(view.getFloat64(at, true)),
};

/** One sample that is not a number would silence every filter after it. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

function writeHead(view: DataView, channels: number, rate: number, length: number): void {
  const name = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index++) view.setUint8(at + index, text.charCodeAt(index));
  };
  name(0, 'RIFF');
  view.setUint32(4, length - 8, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, formatPcm, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  name(36, 'data');
  view.setUint32(40, length - headLength, true);
}

/** Two even noises together, in steps of 16 bits, from −1 to 1: the error no longer depends on the sound. */
function triangularNoise(seed: number): () => number {
  let state = seed >>> 0;
  const even = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return () => even() - even();
}

const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

const unreadable = (why: string): ContinuoError => new ContinuoError('MEDIA_UNREADABLE', `a sound cannot be read: ${why}`);
