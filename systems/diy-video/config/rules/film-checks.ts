/** What the measurements of a rendered film say about it. */
import type { FilmReport } from 'continuo/studio';
import { sharedWords } from './likeness.ts';
import { tenth, wordCount } from './pace.ts';
import type { ContentMode } from './pace.ts';
import { found } from './verdict.ts';
import type { Finding } from './verdict.ts';

export type { FilmReport };

type FilmScene = FilmReport['scenes'][number];

const LOUDNESS = -14;
const PEAK = -1;

function pictureQuality(report: FilmReport): readonly Finding[] {
  const findings: Finding[] = [];
  const side = Math.min(report.width, report.height);
  if (side < 720)
    findings.push(found('film', 'picture', 2.5, `${report.width} × ${report.height} looks blurred on a phone: render at 1080 × 1920.`));
  else if (side < 1080)
    findings.push(
      found('film', 'picture', 0.6, `${report.width} × ${report.height} is below what platforms ask for: render at 1080 × 1920.`),
    );
  if (report.frames_per_second < 23)
    findings.push(found('film', 'picture', 1, `${report.frames_per_second} frames a second stutter: render at 30.`));
  if (report.black_seconds > 0.5)
    findings.push(
      found(
        'film',
        'picture',
        report.black_seconds > 2 ? 3 : 1.5,
        `The screen is black for ${tenth(report.black_seconds)} s: find the scene without a picture.`,
      ),
    );
  const frozen = report.duration > 0 ? report.frozen_seconds / report.duration : 0;
  if (frozen > 0.3)
    findings.push(
      found(
        'film',
        'picture',
        frozen > 0.7 ? 1.5 : 0.8,
        `Nothing moves for ${Math.round(frozen * 100)} % of the time: let the pictures move slowly.`,
      ),
    );
  return findings;
}

function sound(report: FilmReport): readonly Finding[] {
  const findings: Finding[] = [];
  if (report.loudness !== null && Math.abs(report.loudness - LOUDNESS) > 1) {
    const off = Math.abs(report.loudness - LOUDNESS);
    const way = report.loudness > LOUDNESS ? 'loud' : 'quiet';
    findings.push(found('film', 'audio', off > 4 ? 2 : 0.7, `${tenth(report.loudness)} LUFS is too ${way}: bring it to ${LOUDNESS}.`));
  }
  if (report.true_peak !== null && report.true_peak > PEAK)
    findings.push(
      found(
        'film',
        'audio',
        report.true_peak > 0 ? 1.5 : 0.5,
        `Peaks of ${tenth(report.true_peak)} dBTP will distort: limit them to ${PEAK}.`,
      ),
    );
  const silent = report.duration > 0 ? report.silent_seconds / report.duration : 0;
  if (silent > 0.1)
    findings.push(
      found(
        'film',
        'audio',
        silent > 0.4 ? 3.5 : 1.2,
        `${tenth(report.silent_seconds)} s are silent: check that every scene has its voice.`,
      ),
    );
  return findings;
}

function captions(report: FilmReport): readonly Finding[] {
  const findings: Finding[] = [];
  const percent = Math.round(report.caption_coverage * 100);
  if (report.caption_coverage < 0.95)
    findings.push(
      found('film', 'captions', report.caption_coverage < 0.6 ? 2.5 : 1, `Captions cover ${percent} % of what is said: caption all of it.`),
    );
  if (!report.captions_in_safe_area)
    findings.push(
      found(
        'film',
        'captions',
        1,
        "Captions reach into the upper tenth or the lower fifth, under the platform's buttons: move them to the middle.",
      ),
    );
  if (report.caption_offset !== null && Math.abs(report.caption_offset) > 0.2)
    findings.push(
      found(
        'film',
        'captions',
        Math.abs(report.caption_offset) > 0.6 ? 2 : 0.8,
        `Captions are ${tenth(Math.abs(report.caption_offset))} s away from the words: align them again.`,
      ),
    );
  return findings;
}

function length(report: FilmReport, target: number): readonly Finding[] {
  const off = report.duration / target - 1;
  if (Math.abs(off) <= 0.15) return [];
  return [
    found(
      'film',
      'timing',
      Math.abs(off) > 0.4 ? 3 : 1.2,
      `It lasts ${tenth(report.duration)} s where ${target} s were asked for: ${off > 0 ? 'shorten' : 'extend'} the narration.`,
    ),
  ];
}

function scene(of: FilmScene, mode: ContentMode): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (fix: Finding['fix'], cost: number, what: string): unknown => findings.push(found(of.number, fix, cost, what));
  const words = wordCount(of.narration);
  if (words > 0 && of.speech_seconds === 0) add('audio', 2, 'The text of this scene is not spoken: make its voice again.');
  if (of.speech_seconds > of.seconds + 0.2)
    add('timing', 1.5, 'The voice goes on after the picture has gone: let the scene last as long as its voice.');
  const perMinute = of.speech_seconds > 0 ? (words / of.speech_seconds) * 60 : 0;
  const fast = mode === 'kid' ? 175 : 205;
  if (words > 4 && perMinute > fast)
    add('timing', 0.7, `${Math.round(perMinute)} words a minute is too fast here: slow the voice down or shorten the text.`);
  if (of.seconds - of.speech_seconds > 4)
    add('timing', 0.5, `Nobody speaks for ${tenth(of.seconds - of.speech_seconds)} s of this scene: shorten it.`);
  if (of.shown !== null && sharedWords(of.shown, `${of.picture} ${of.narration}`) === 0)
    add('picture', 1.2, `It shows ${of.shown.slice(0, 60)}, where ${of.picture.slice(0, 60)} was meant: make the picture again.`);
  return findings;
}

export function filmFindings(
  report: FilmReport,
  asked: { readonly content_mode: ContentMode; readonly target_duration: number },
): readonly Finding[] {
  const empty = report.scenes.length === 0 ? [found('film', 'picture', 4, 'There are no scenes in it: nothing can be judged.')] : [];
  return [
    ...empty,
    ...pictureQuality(report),
    ...sound(report),
    ...captions(report),
    ...length(report, asked.target_duration),
    ...report.scenes.flatMap((of) => scene(of, asked.content_mode)),
  ];
}
