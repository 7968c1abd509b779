/** `continuo make` as somebody types it: one small film, and what is made of it afterwards. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { shortScript } from '../../systems/diy-video/fixtures/short-script.ts';
import { Desk, launcher, outcome, type Ended } from './continuo.ts';
import { explain, options } from './desk.ts';

/** As short as a film may be: nine scenes of a word or two. */
const script = shortScript();
const scenes = script.steps.length + 4;

const small = ['--aspect', '1:1', '--quality', 'draft', '--duration', '20'];
const folder = 'films/paper-plane';
const files = ['captions.srt', 'captions.vtt', 'film.mp4', 'report.json', 'script.json', 'thumbnail.jpg'];
const filesIn = (at: Desk): readonly string[] => readdirSync(at.path(folder)).sort();

function rewrite(at: Desk, file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(at.path(file), 'utf8');
  assert.match(text, new RegExp(from));
  writeFileSync(at.path(file), text.replaceAll(from, to));
}

/** How many of each step's items were made again, and how many not, as `--json` tells it. */
function reused(ended: Ended): Readonly<Record<string, readonly [reused: number, made: number]>> {
  // What `--json` promises of a film.
  const reuse = outcome(ended)['reuse'] as readonly { readonly step: string; readonly reused: number; readonly made: number }[];
  return Object.fromEntries(reuse.map((one) => [one.step, [one.reused, one.made]]));
}

/** The scenes that the journal says were rendered, in the order in which they were. */
async function rendered(at: Desk, run: string): Promise<readonly string[]> {
  const { stdout } = await at.run('history', run);
  return [...stdout.matchAll(/task\.completed\s+(segments\[\d+\])/g)].map(([, scene = '']) => scene);
}

test('a film is made, changed, broken off and gone on with', async (t) => {
  const at = new Desk(t);
  at.write('short.json', script);
  const first = ['make', 'paper plane', '--script', 'short.json', ...small];

  await t.test('one command ends with a film, and says what will be and what was', async () => {
    const ended = await at.run(...first, '--json');
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(ended.stdout.trimEnd().split('\n').length, 1, 'nothing but the object is on stdout');
    assert.match(ended.stderr, /paper plane.*20 s · 1:1 · draft.*about \d+ s.*nothing to pay.*✔ script.*✔ scenes {5}9 of 9.*✔ review/s);
    const { status, output, files: told } = outcome(ended);
    assert.equal(status, 'succeeded');
    assert.deepEqual(filesIn(at), files);
    assert.equal((told as { readonly film: string }).film, `${folder}/film.mp4`);
    const { score, writtenBy, cost } = output as { readonly score: number; readonly writtenBy: string; readonly cost: number };
    assert.ok(score >= 1 && score <= 10);
    assert.deepEqual([writtenBy, cost], ['person', 0]);
    // Ready to be streamed: the index stands before the pictures.
    const film = readFileSync(at.path(`${folder}/film.mp4`));
    assert.ok(film.indexOf('moov') > 0 && film.indexOf('moov') < film.indexOf('mdat'));
  });

  await t.test('one changed scene is made again, and nothing else; its script is enough to name the film', async () => {
    rewrite(at, `${folder}/script.json`, 'Turn it', 'Flip it over');
    const ended = await at.run('make', '--script', `${folder}/script.json`);
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /1080×1080/, 'as it was asked for the first time');
    assert.match(ended.stdout, /reused +\d of 9 pictures, 8 of 9 voices, 8 of 9\s+scenes/);
    assert.match(ended.stdout, /score +\d+\.\d of 10 · \w+/);
    assert.match(ended.stdout, /make --script films\/paper-plane\/script\.json/);
    const again = await at.run('make', '--script', `${folder}/script.json`, '--json');
    assert.deepEqual(reused(again)['segments'], [scenes, 0]);
    assert.deepEqual(reused(again)['film'], [1, 0]);
  });

  await t.test('what somebody wrote where the film lies is put aside, and not written over', async () => {
    rewrite(at, `${folder}/script.json`, 'Press it', 'Press it hard');
    const ended = await at.run(...first);
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /had been changed by hand: it is now\s+films\/paper-plane\/script-edited\.json/);
    assert.match(readFileSync(at.path(`${folder}/script-edited.json`), 'utf8'), /Press it hard/);
    assert.doesNotMatch(readFileSync(at.path(`${folder}/script.json`), 'utf8'), /Press it hard/);
  });

  await t.test('Ctrl-C, then SIGKILL, then the same command: no scene is made twice', async () => {
    rewrite(at, 'short.json', ' it.', ' that.');
    const out = [...first, '--out', 'other/plane.mp4'];
    const begun = at.start(...out);
    await begun.until(/scenes .*%.* [1-9] of 9/);
    const left = await begun.kill('SIGINT');
    assert.equal(left.code, 130, explain(left));
    assert.match(left.stdout, /paused; nothing that is done is lost/);
    assert.equal(left.stderr, '');
    assert.ok(!existsSync(at.path('.continuo/engine.json')), 'it let go of the directory');
    const [{ run = '' } = {}] = JSON.parse((await at.run('runs', '--json')).stdout).runs as readonly { readonly run?: string }[];
    const before = await rendered(at, run);
    assert.ok(before.length > 0 && before.length < scenes);
    const second = at.start(...out);
    await second.until(/scenes .*%.* [6-9] of 9|✔ scenes/);
    assert.equal((await second.kill('SIGKILL')).signal, 'SIGKILL');
    assert.deepEqual(readdirSync(at.path('other')), [], 'no half of a film');
    const ended = await at.run(...out);
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /going on where it was/);
    assert.deepEqual(
      (await rendered(at, run)).toSorted(),
      Array.from({ length: scenes }, (_, scene) => `segments[${scene}]`),
    );
    assert.ok(existsSync(at.path('other/plane.mp4')) && existsSync(at.path('other/plane.script.json')));
  });

  await t.test('--edit without a terminal: it waits (4), the script is handed in, and the same command goes on', async () => {
    const edit = [...first, '--edit', '--out', 'edited'];
    const waiting = await at.run(...edit, '--json');
    assert.equal(waiting.code, 4, explain(waiting));
    assert.match(waiting.stderr, /the script is in edited\/script\.json.*hand it in/s);
    rewrite(at, 'edited/script.json', 'Open that', 'Open that wide');
    const [question] = outcome(waiting)['questions'] as readonly { readonly answerWith: string }[];
    const answer = (question?.answerWith ?? '').replace(/^(?:node|continuo) /, '');
    assert.match(answer, /--value @edited\/script\.json/);
    const handedIn = await at.shell(`'${process.execPath}' ${answer}`);
    assert.equal(handedIn.code, 0, explain(handedIn));
    assert.match(handedIn.stdout, /kept; the same .*make as before goes on/);
    const ended = await at.run(...edit, '--json');
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(reused(ended)['segments'], [scenes - 1, 1]);
    assert.match(readFileSync(at.path('edited/script.json'), 'utf8'), /Open that wide/);
  });

  await t.test('--edit on a terminal: Enter films the script as it is now; a slip is said, and asked about again', async () => {
    const edit = [...first, '--edit', '--out', 'asked'];
    const running = at.onTerminal(...edit);
    await running.until(/press Enter/);
    rewrite(at, 'asked/script.json', '"hook"', '"hok"');
    running.type('\r');
    await running.until(/has no field "hook".*press Enter/s);
    rewrite(at, 'asked/script.json', '"hok"', '"hook"');
    running.type('\x03');
    const left = await running.ended;
    assert.equal(left.code, 130, explain(left));
    const again = at.onTerminal(...edit);
    await again.until(/press Enter/);
    again.type('\r');
    const ended = await again.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(readdirSync(at.path('asked')).sort(), files);
  });
});

suite('what cannot be filmed is said in a sentence, and at once', options, () => {
  const cases: readonly (readonly [what: string, words: readonly string[], says: RegExp])[] = [
    ['no topic', [], /say what the film is about/],
    ['an empty topic', [' '], /say in a sentence what the film is about/],
    ['a topic of 5,000 characters', ['plane '.repeat(833)], /at most 2000 characters/],
    ['another shape', ['x', '--aspect', '4:3'], /--aspect is 9:16, 16:9 or 1:1, and not "4:3"/],
    ['a film of five seconds', ['x', '--duration', '5'], /--duration is 20 to 300 seconds, and not "5"/],
    ['a rate that is none', ['x', '--rate', 'x'], /--rate "x" is no number/],
    ['an unknown template', ['x', '--template', 'fancy'], /tiktok-bold, clean or karaoke/],
    ['an unknown voice', ['x', '--voice', 'nobody'], /VOICE_UNKNOWN.*clara.*martin/s],
    ['an unknown picture model', ['x', '--pictures', 'nothing'], /MODEL_UNKNOWN.*openai_image/s],
    ['a folder that is not there', ['x', '--assets', 'nope'], /--assets nope: there is no such folder/],
    ['a script that is not there', ['x', '--script', 'nope.json'], /nope\.json cannot be read: there is no such file/],
    ['a place below a file', ['x', '--out', 'a-file/below'], /FILM_UNWRITABLE.*a part of its path is a file/],
    ['letters that no font has', ['x', '--script', 'unassigned.json'], /TEXT_UNDRAWABLE.*put a font/s],
  ];
  for (const [what, words, says] of cases)
    test(what, async (t) => {
      const at = new Desk(t);
      at.write('a-file', '');
      at.write('unassigned.json', { ...script, hook: 'Fold a \u0378.' });
      const ended = await at.run('make', ...words, '--json');
      assert.equal(ended.code, 2, explain(ended));
      assert.match(outcome(ended).error?.code + ended.stderr, says);
      assert.doesNotMatch(ended.stderr, /\n +at |INTERNAL/);
    });

  test('a script with several slips: all of them', async (t) => {
    const at = new Desk(t);
    at.write('bad.json', { ...script, steps: script.steps.slice(0, 1), extra: 1, hook: 7 });
    const ended = await at.run('make', '--script', 'bad.json');
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /steps: needs at least 5/);
    assert.match(ended.stderr, /has a field "extra"/);
    assert.match(ended.stderr, /hook: is a string/);
  });

  test('an ffmpeg that is missing, or too old', async (t) => {
    const at = new Desk(t);
    at.write('old', '#!/bin/sh\necho "ffmpeg version 3.2"\n');
    chmodSync(at.path('old'), 0o755);
    const make = `'${process.execPath}' '${launcher}' make x`;
    const [missing, old] = [await at.shell(`CONTINUO_FFMPEG=/nope ${make}`), await at.shell(`CONTINUO_FFMPEG=./old ${make}`)];
    assert.deepEqual([missing.code, old.code], [2, 2]);
    assert.match(missing.stderr, /FFMPEG_MISSING.*\/nope does not exist/);
    assert.match(old.stderr, /version 3\.2 is older than 4\.1/);
    assert.ok(!existsSync(at.path('.continuo')));
  });
});
