import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { readWav, writeWav } from './wav.ts';

const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, index) => Math.sin(index / 3) * 0.7);

/** A WAV of one channel at 8000 a second, as any program might write it. */
function wav(code: number, bits: number, body: Uint8Array, { said = body.length, before = [] as readonly number[] } = {}): Uint8Array {
  const head = Buffer.alloc(36);
  head.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(code, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE((8000 * bits) / 8, 28);
  head.writeUInt16LE(bits / 8, 32);
  head.writeUInt16LE(bits, 34);
  const data = Buffer.alloc(8);
  data.write('data');
  data.writeUInt32LE(said, 4);
  return Buffer.concat([head, Buffer.from(before), data, body]);
}

test('what is written is read again, within one step of 16 bits', () => {
  const sound = readWav(writeWav([wave(200), wave(200).map((sample) => -sample)], 48_000));
  assert.equal(sound.rate, 48_000);
  assert.equal(sound.channels.length, 2);
  sound.channels[0]?.forEach((sample, index) => assert.ok(Math.abs(sample - (wave(200)[index] ?? 0)) < 1 / 16_000));
  assert.ok(Math.abs((sound.channels[1]?.[5] ?? 0) + (wave(200)[5] ?? 0)) < 1 / 16_000);
});

test('what is too loud is held at the limit, and does not turn over', () => {
  const [channel = []] = readWav(writeWav([Float32Array.of(2, -2)], 8000)).channels;
  assert.deepEqual(
    [...channel].map((sample) => Math.round(sample * 100)),
    [100, -100],
  );
});

test('noise against rounding is the same for the same seed, and keeps a tone that is smaller than a step', () => {
  const quiet = wave(4000).map((sample) => (sample * 0.5) / 32767);
  const written = writeWav([quiet], 8000, { dither: 7 });
  assert.deepEqual(written, writeWav([quiet], 8000, { dither: 7 }));
  assert.notDeepEqual(written, writeWav([quiet], 8000, { dither: 8 }));
  const likeness = (bytes: Uint8Array): number =>
    readWav(bytes).channels[0]?.reduce((sum, sample, index) => sum + sample * (quiet[index] ?? 0), 0) ?? 0;
  assert.ok(likeness(written) > 0);
  assert.equal(likeness(writeWav([quiet], 8000)), 0);
});

test('8, 16, 24 and 32 bits and floats are read', () => {
  const bytes = (fill: (buffer: Buffer) => void, length: number): Buffer => {
    const buffer = Buffer.alloc(length);
    fill(buffer);
    return buffer;
  };
  const half = {
    '1/8': bytes((buffer) => buffer.writeUInt8(192), 1),
    '1/16': bytes((buffer) => buffer.writeInt16LE(16_384), 2),
    '1/24': bytes((buffer) => buffer.writeIntLE(4_194_304, 0, 3), 3),
    '1/32': bytes((buffer) => buffer.writeInt32LE(1_073_741_824), 4),
    '3/32': bytes((buffer) => buffer.writeFloatLE(0.5), 4),
    '3/64': bytes((buffer) => buffer.writeDoubleLE(0.5), 8),
  };
  for (const [format, body] of Object.entries(half)) {
    const [code = 0, bits = 0] = format.split('/').map(Number);
    assert.deepEqual([...(readWav(wav(code, bits, body)).channels[0] ?? [])], [0.5], format);
  }
  assert.deepEqual([...(readWav(wav(3, 32, Buffer.from('0000c07f', 'hex'))).channels[0] ?? [])], [0], 'not a number');
});

test('a file from a pipe, whose length was never filled in, is read to its end; other chunks are passed over', () => {
  const body = Buffer.from(Int16Array.of(1, 2, 3).buffer);
  for (const said of [0, 0xffffffff]) assert.equal(readWav(wav(1, 16, body, { said })).channels[0]?.length, 3);
  const list = [...Buffer.from('LIST\x03\0\0\0abc\0', 'latin1')];
  assert.equal(readWav(wav(1, 16, body, { before: list })).channels[0]?.length, 3);
});

test('what is no WAV is said to be none', () => {
  const broken = [
    Buffer.alloc(0),
    Buffer.from('MP3 or something else'),
    wav(85, 16, Buffer.alloc(4)),
    wav(1, 16, Buffer.alloc(4)).subarray(0, 30),
  ];
  for (const bytes of broken) assert.throws(() => readWav(bytes), { code: 'MEDIA_UNREADABLE' });
});
