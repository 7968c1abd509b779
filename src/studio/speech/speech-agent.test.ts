import { strict as assert } from 'node:assert';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openMemory } from '../../backends/memory/index.ts';
import type { AgentContext } from '../../ports/agent.ts';
import { speechSchema, type Speech } from '../film/speech.ts';
import { readWav, writeWav } from '../sound/wav.ts';
import { openStudioWorkers } from '../workers/studio-workers.ts';
import { activeLevel } from './mastering/level.ts';
import { speechAgent, speechInputSchema, type SpeechInput } from './speech-agent.ts';

const workers = openStudioWorkers({ workers: 1 });
const { blobs } = openMemory();
const programs = mkdtempSync(join(tmpdir(), 'speech-programs-'));
after(async () => {
  rmSync(programs, { recursive: true });
  await workers.close();
});

const get = (ref: { readonly blob: string } | string): Promise<Uint8Array> => blobs.get(typeof ref === 'string' ? ref : ref.blob);

function contextFor(signal: AbortSignal = new AbortController().signal): AgentContext {
  const context: Pick<AgentContext, 'signal' | 'progress' | 'blobs'> = {
    signal,
    progress: () => undefined,
    blobs: {
      put: async (bytes, type = '') => {
        const { id, bytes: length } = await blobs.put(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, type, 0);
        return { blob: id, bytes: length, type };
      },
      get,
      text: async (ref) => new TextDecoder().decode(await get(ref)),
      path: async () => undefined,
    },
  };
  // The agent uses nothing else of its context.
  return context as AgentContext;
}

async function speech(input: Partial<SpeechInput>, env: Record<string, string> = {}, signal?: AbortSignal): Promise<Speech> {
  const action = speechAgent({ workers, env }).actions['run'];
  // What the action gives is checked against its schema here, as the engine would.
  return speechSchema.parse(await action?.run({ text: '', voice: null, rate: 1, ...input }, contextFor(signal)));
}

async function soundOf({ audio }: Speech): Promise<Float32Array> {
  assert.ok(audio !== null);
  const { rate, channels } = readWav(await get(audio));
  assert.equal(rate, 48_000);
  assert.equal(channels.length, 1);
  return channels[0] ?? new Float32Array(0);
}

function mustBeInOrder({ words, seconds }: Speech): void {
  let last = 0;
  for (const { text, start, end } of words) {
    assert.ok(start >= last - 1e-9 && end > start, `“${text}” from ${start} until ${end}, after ${last}`);
    last = end;
  }
  assert.ok(last <= seconds + 1e-9, `the last word ends at ${last} of ${seconds}`);
}

test('a text is spoken: every word as it is written, in order, in a sound of the level of all others', async () => {
  const text = 'Cut 2½ cm off 👍, then “glue” it!';
  const spoken = await speech({ text });
  assert.deepEqual(
    spoken.words.map((word) => word.text),
    text.split(' '),
  );
  mustBeInOrder(spoken);
  assert.equal(spoken.note, null);
  assert.equal(spoken.provenance.by, 'offline');
  const sound = await soundOf(spoken);
  assert.ok(Math.abs(sound.length / 48_000 - spoken.seconds) < 1e-6);
  assert.ok(Math.abs((activeLevel(sound, 48_000) ?? 0) + 20) < 0.5);
  const loudFrom = sound.findIndex((sample) => Math.abs(sample) > 0.01) / 48_000;
  assert.ok(loudFrom < 0.1, `it begins with ${loudFrom} s of silence`);
});

test('the same text has the same bytes; another voice and another rate have others', async () => {
  const text = 'Fold it.';
  const usual = await speech({ text });
  assert.deepEqual(await speech({ text, voice: 'slt' }), usual);
  assert.notEqual((await speech({ text, voice: 'martin' })).audio?.blob, usual.audio?.blob);
  const [slow, fast] = [await speech({ text, rate: 0.5 }), await speech({ text, rate: 2 })];
  assert.ok(slow.seconds > usual.seconds * 1.6 && fast.seconds < usual.seconds * 0.7, `${slow.seconds}, ${usual.seconds}, ${fast.seconds}`);
});

test('what the voice cannot say is shown in the time of reading, and a sentence says why', async () => {
  const german = await speech({ text: 'Falte das Papier in der Mitte und öffne es dann.' });
  assert.equal(german.audio, null);
  assert.match(german.note ?? '', /German.*espeak-ng:de/);
  assert.ok(Math.abs(german.seconds - 10 / 2.6) < 0.01);
  mustBeInOrder(german);
  const chinese = await speech({ text: '把纸对折，然后打开。再折一次！' });
  assert.match(chinese.note ?? '', /Chinese.*espeak-ng:cmn/);
  assert.equal(chinese.words.map(({ text }) => text).join(''), '把纸对折，然后打开。再折一次！');
  assert.ok(chinese.words.length >= 3 && chinese.words.every(({ text }) => Array.from(text).length <= 6));
  mustBeInOrder(chinese);
  for (const text of ['اطوِ الورقة من المنتصف', 'Сложите бумагу пополам']) assert.equal((await speech({ text })).audio, null);
});

test('a word of another script within an English text is shown, and not spoken', async () => {
  const mixed = await speech({ text: 'Origami means 折り紙 in Japan.' });
  assert.ok(mixed.audio !== null);
  assert.match(mixed.note ?? '', /折り紙/);
  mustBeInOrder(mixed);
});

test('texts without a word to say are silent, and take no longer than they need', async () => {
  assert.deepEqual(await speech({ text: '' }).then(({ audio, seconds, words }) => ({ audio, seconds, words })), {
    audio: null,
    seconds: 0,
    words: [],
  });
  assert.equal((await speech({ text: ' \n ' })).seconds, 0);
  const emoji = await speech({ text: '🎉 🎉' });
  assert.equal(emoji.audio, null);
  assert.equal(emoji.words.length, 2);
  mustBeInOrder(emoji);
});

test('odd texts are spoken as well as they can be', async () => {
  for (const text of ['a'.repeat(300), '<phoneme ph="x"> & </speak>', '1234567890123456789012345 ...!!! ??', `don't ${'👍 '.repeat(40)}`]) {
    const spoken = await speech({ text, rate: 2 });
    assert.equal(spoken.words.length, text.trim().split(/\s+/).length);
    mustBeInOrder(spoken);
  }
});

test('a text that is too long, or a rate that nobody understands, is refused', () => {
  assert.equal(speechInputSchema.safeParse({ text: 'a'.repeat(5001), voice: null, rate: 1 }).success, false);
  assert.equal(speechInputSchema.safeParse({ text: 'a', voice: null, rate: 3 }).success, false);
});

test('an unknown voice is refused with a list of those that can be had', async () => {
  const refused = { code: 'VOICE_UNKNOWN', message: /clara[\s\S]*martin/ };
  for (const voice of ['nobody', 'espeak-ng:de', 'piper:/no/model.onnx', ''])
    await assert.rejects(speech({ text: 'Hello.', voice }), refused);
});

test('nobody who has gone is spoken to', async () => {
  await assert.rejects(speech({ text: 'Fold it.' }, {}, AbortSignal.abort(new Error('gone'))), /gone/);
});

/** A program in a PATH of its own; the shell alone runs it. */
function programThat(name: string, body: string): Record<string, string> {
  const folder = mkdtempSync(join(programs, `${name}-`));
  mkdirSync(folder, { recursive: true });
  const tone = Float32Array.from({ length: 22_050 }, (_, index) => (index > 8000 && index < 12_000 ? 0 : Math.sin(index / 10) * 0.3));
  writeFileSync(join(folder, 'tone.wav'), writeWav([tone], 22_050));
  writeFileSync(join(folder, 'de_DE-voice-low.onnx'), '');
  writeFileSync(join(folder, name), `#!/bin/sh\nHERE=${folder}\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
  return { PATH: folder };
}

const espeak = `
while [ $# -gt 0 ]; do case "$1" in -w) OUT="$2";; -f) IN="$2";; -v) VOICE="$2";; -s) SPEED="$2";; -b) ;; *) echo "what is $1" >&2; exit 2;; esac; shift 2; done
[ "$VOICE" = de ] && [ "$SPEED" = 165 ] && [ -s "$IN" ] && /bin/cp "$HERE/tone.wav" "$OUT"`;
const piper = `
while [ $# -gt 0 ]; do case "$1" in --model) MODEL="$2";; --output_file) OUT="$2";; --length_scale) SCALE="$2";; *) exit 2;; esac; shift 2; done
read -r LINE; [ -n "$LINE" ] && [ -f "$MODEL" ] && [ "$SCALE" = 0.500 ] && /bin/cp "$HERE/tone.wav" "$OUT"`;

test('espeak-ng and piper speak where they are installed; their words are placed around the pauses that are heard', async () => {
  const text = 'Falte das Papier, und öffne es.';
  const byEspeak = await speech({ text, voice: 'espeak-ng:de' }, programThat('espeak-ng', espeak));
  assert.equal(byEspeak.provenance.by, 'system');
  mustBeInOrder(byEspeak);
  await soundOf(byEspeak);
  const [comma, next] = [byEspeak.words[2], byEspeak.words[3]];
  assert.ok((next?.start ?? 0) - (comma?.end ?? 0) > 0.1, 'the pause lies behind the comma');
  const env = programThat('piper', piper);
  const byPiper = await speech({ text, voice: `piper:${env['PATH'] ?? ''}/de_DE-voice-low.onnx`, rate: 2 }, env);
  assert.equal(byPiper.words.length, 6);
  mustBeInOrder(byPiper);
});

test('a voice of a program may be called as other programs call languages, or anything', async () => {
  const body = 'while [ "$1" != -w ]; do shift; done; /bin/cp "$HERE/tone.wav" "$2"';
  const env = programThat('espeak-ng', body);
  assert.ok((await speech({ text: 'Fold the paper.', voice: 'espeak-ng:en_US' }, env)).audio !== null);
  assert.match((await speech({ text: 'Fold the paper.', voice: 'espeak-ng:1234567890' }, env)).note ?? '', /speaks 1234567890 alone/);
});

test('a program that fails, is silent, or leaves rubbish is named, with its last words', async () => {
  const faults = [
    ['echo "no such voice" >&2; exit 1', /ended with 1: no such voice/],
    ['exit 0', /no sound that can be read/],
    ['echo rubbish > "$8"', /no sound that can be read/],
  ] as const;
  for (const [body, message] of faults) {
    const env = programThat('espeak-ng', body);
    await assert.rejects(speech({ text: 'Hello there.', voice: 'espeak-ng' }, env), { code: 'MEDIA_MODEL_FAILED', message });
  }
});
