import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { failureJson, failureOf, tell } from '../failure.ts';
import { mustBeWritable } from '../make/deliver.ts';
import { film } from '../make/filming.ts';
import { loadFilmSystem } from '../make/load-film-system.ts';
import { madeBefore } from '../make/made-before.ts';
import { isChangedByHand, isFilmedInPlace } from '../make/own-hand.ts';
import { placeFor, type Place } from '../make/place.ts';
import { requestOf, type MakeOptions } from '../make/request-of.ts';
import { saved, stateOf } from '../make/watching.ts';
import { interruptions, type Interruptions } from '../run/interruptions.ts';
import { quoted } from '../hints.ts';
import { reportStrayErrors } from '../run/stray-errors.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';

export function addMake(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('make')
    .summary('make a film of a sentence')
    .description(
      'Makes a how-to film of a sentence: script, pictures, voice, music, captions, and a score. Without a key everything is made on this machine, at no cost. The same command goes on where it was stopped.',
    )
    .argument('[topic]', 'what the film is about, in quotes')
    .option('--aspect <shape>', '9:16, 16:9 or 1:1 (default: 9:16)')
    .option('--duration <seconds>', 'how long it should be, 20 to 300 (default: 60)')
    .option('--mode <who>', 'who watches: adult or kid (default: adult)')
    .option('--quality <quality>', 'draft, standard or high (default: standard)')
    .option('--template <captions>', 'tiktok-bold, clean or karaoke (default: tiktok-bold)')
    .option('--voice <name>', 'whose voice speaks')
    .option('--rate <factor>', 'how fast it speaks, 0.5 to 2 (default: 1)')
    .option('--music <file>', 'your own music, or none (default: composed)')
    .option('--assets <folder>', 'your own pictures: used where their names fit a scene')
    .option(
      '--pictures <how>',
      'offline, auto (a model, where there is a key), or a model by its name (default: as config/studio.toml says: offline)',
    )
    .option('--script <file>', 'film this script; beside its film, everything else is as it was')
    .option('--edit', 'stop when the script is written, so that you can change it')
    .option('--take <number>', 'another film on the same topic: 2, 3, …')
    .option('--out <folder | file.mp4>', 'where to put it (default: films/<topic>)')
    .option('--watch', 'go on watching the script, and film it again whenever it is saved')
    .option('-g, --gateway <glob...>', 'configuration of the model gateway, in place of the usual one')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--yes', 'do not ask before spending money')
    .option('--json', 'one JSON object as the last line of stdout; progress on stderr')
    .action(async (topic: string | undefined, options: MakeOptions) => done(await make(shell, topic, options)));
}

async function make(shell: Shell, topic: string | undefined, options: MakeOptions): Promise<number> {
  const system = await loadFilmSystem();
  const handBack = options.json === true ? shell.out.takeOver((text) => void shell.err.stream.write(text)) : () => undefined;
  const heedless = reportStrayErrors(shell.err);
  const stop = interruptions();
  // What waits for a person alone has no timer that would keep the process there.
  const alive = setInterval(() => undefined, 2 ** 30);
  const making: Making = { shell, system, stop, handBack };
  try {
    const { code, place, filmed } = await makeOne(making, topic, options);
    if (options.watch !== true) return code;
    return await keepWatching(making, topic, options, { script: place.script, filmed });
  } finally {
    clearInterval(alive);
    stop.close();
    heedless();
    handBack();
  }
}

interface Making {
  readonly shell: Shell;
  readonly system: FilmSystem;
  readonly stop: Interruptions;
  readonly handBack: () => void;
}

async function makeOne(
  { shell, system, stop, handBack }: Making,
  topic: string | undefined,
  options: MakeOptions,
): Promise<{ readonly code: number; readonly place: Place; readonly filmed: string }> {
  const screen = options.json === true ? shell.err : shell.out;
  const before = topic === undefined && options.script !== undefined ? madeBefore(options.script) : undefined;
  const given = options.script === undefined ? undefined : stateOf(options.script);
  const request = requestOf(system, topic, options, before);
  const place = placeFor(request.topic, options.out ?? before?.out);
  await mustBeWritable(place);
  if (options.script === undefined && options.edit === undefined && isChangedByHand(place))
    screen.line(`${screen.paint('yellow', 'note')}: ${place.script} was changed by hand; to film it: --script ${quoted(place.script)}`);
  const pictures = options.pictures ?? before?.pictures ?? null;
  const ownScript = isFilmedInPlace(options.script, place) ? given : undefined;
  const call = {
    shell,
    screen,
    options,
    store: storeOf(options, shell.env),
    system,
    request,
    pictures,
    place,
    ownScript,
    stop,
    began: Date.now(),
  };
  return { code: await film(call, handBack), place, filmed: ownScript ?? stateOf(place.script) };
}

interface Watched {
  readonly script: string;
  /** Its state when it was filmed. */
  readonly filmed: string;
}

/** Films the script again whenever it is saved; what is wrong with it is said, and the watching goes on. */
async function keepWatching(making: Making, topic: string | undefined, options: MakeOptions, watched: Watched): Promise<number> {
  const { shell, stop } = making;
  const { script } = watched;
  const screen = options.json === true ? shell.err : shell.out;
  for (let { filmed } = watched; !stop.signal.aborted;) {
    screen.line(`\n  ${screen.paint('cyan', 'watching')} ${script}; Ctrl-C ends it`);
    if (!(await saved(script, filmed, stop.signal))) break;
    filmed = stateOf(script);
    try {
      await makeOne(making, topic, { ...options, script });
    } catch (error) {
      const failure = failureOf(error);
      tell(shell.err, failure);
      if (options.json === true) shell.out.line(JSON.stringify(failureJson(failure, undefined)));
    }
  }
  return stop.signal.aborted ? stop.exitCode() : exitCodes.succeeded;
}
