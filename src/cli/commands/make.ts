import { watch } from 'node:fs';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { mustBeWritable, placeFor } from '../make/deliver.ts';
import { loadFilmSystem } from '../make/load-film-system.ts';
import { film } from '../make/filming.ts';
import { requestOf, type MakeOptions } from '../make/request-of.ts';
import { interruptions } from '../run/interruptions.ts';
import { reportStrayErrors } from '../run/stray-errors.ts';
import type { Shell } from '../shell.ts';

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
    .option('--pictures <how>', 'offline, auto (a model, where there is a key), or a model by its name (default: offline)')
    .option('--script <file>', 'film this script; what has not changed since the last time is reused')
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
  const screen = options.json === true ? shell.err : shell.out;
  const system = await loadFilmSystem();
  const handBack = options.json === true ? shell.out.takeOver((text) => void shell.err.stream.write(text)) : () => undefined;
  const heedless = reportStrayErrors(shell.err);
  const stop = interruptions();
  // What waits for a person alone has no timer that would keep the process there.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    let script = options.script;
    for (;;) {
      const request = requestOf(system, topic, { ...options, ...(script === undefined ? {} : { script }) });
      const place = placeFor(topic ?? request.topic, options.out);
      await mustBeWritable(place);
      const code = await film({ shell, screen, options, system, request, place, stop, began: Date.now() }, handBack);
      if (options.watch !== true || stop.signal.aborted) return code;
      script = place.script;
      screen.line(`\n  ${screen.paint('cyan', 'watching')} ${script}; Ctrl-C ends it`);
      if (!(await saved(script, stop.signal))) return exitCodes.succeeded;
    }
  } finally {
    clearInterval(alive);
    stop.close();
    heedless();
    handBack();
  }
}

/** Resolves when the file was written to: true; or when the watching is over: false. */
async function saved(file: string, over: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const watcher = watch(file, () => resolve(true));
  over.addEventListener('abort', () => resolve(false), { once: true });
  const changed = await promise;
  watcher.close();
  // Editors write in several pieces.
  await new Promise((settled) => setTimeout(settled, 300));
  return changed;
}
