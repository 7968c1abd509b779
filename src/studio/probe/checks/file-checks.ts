/** Whether the file is whole, and plays smoothly. */
import { framesPerSecond } from '../../film/aspect.ts';
import { inSeconds, rounded, upTo, type FilmCheck } from '../check.ts';
import { scenesWhere, type Evidence } from '../evidence.ts';
import type { Container } from '../iso-boxes.ts';
import { essential } from '../score.ts';
import { frameGap, gapsOf, shownTimes } from '../timestamps.ts';

const isCutOff = (container: Container): boolean => container.is === 'mp4' && !container.whole;

const whole: FilmCheck<Evidence> = {
  id: 'whole',
  weight: essential,
  fix: null,
  look: ({ file, scenes }) => {
    const frames = file.video.packets.length;
    const expected = scenes.reduce((sum, { inspection }) => sum + inspection.frames, 0);
    const threshold = `${expected} frames, no byte missing`;
    const measured = `${frames} frames`;
    if (isCutOff(file.container))
      return {
        severity: 'fail',
        measured: `${measured}, cut off`,
        threshold,
        sentence: 'The end of the file is missing: join the film again.',
      };
    if (frames !== expected)
      return { severity: 'fail', measured, threshold, sentence: 'The film does not have the frames of its scenes: join it again.' };
    return { severity: 'ok', measured, threshold, sentence: 'Every frame of every scene is in the film.' };
  },
};

/** A player stumbles over a gap of one frame and over a frame that is shown twice. */
const continuity: FilmCheck<Evidence> = {
  id: 'continuity',
  weight: 2,
  fix: null,
  look: ({ file: { video, container } }) => {
    const times = shownTimes(video);
    const gap = frameGap(times);
    // Of a film that was cut off the last frames are here without those that they were made from.
    if (gap === undefined || isCutOff(container)) return undefined;
    const uneven = gapsOf(times).filter((each) => Math.abs(each - gap) > gap / 4).length;
    const backwards = gapsOf(video.packets.map(({ decoded }) => decoded)).filter((each) => each <= 0).length;
    const smooth = uneven === 0 && backwards === 0;
    return {
      severity: smooth ? 'ok' : 'fail',
      measured: smooth ? 'no gap' : `${uneven + backwards} gaps`,
      threshold: 'no gap',
      sentence: smooth
        ? 'One frame follows the other without a gap.'
        : 'Frames are missing or doubled between scenes: join the film again.',
    };
  },
};

const keyframes: FilmCheck<Evidence> = {
  id: 'keyframes',
  weight: 0.5,
  fix: null,
  look: (film) => {
    const { packets, start } = film.file.video;
    if (film.scenes.length === 0) return undefined;
    const near = (at: number): boolean => packets.some(({ shown, key }) => key && Math.abs(shown - start - at) <= 0.5 / framesPerSecond);
    // What lies behind the end of a film that was cut off is not here to be looked at.
    const end = packets.reduce((last, { shown }) => Math.max(last, shown - start), 0);
    const scenes = scenesWhere(film, ({ at }) => at <= end && !near(at));
    return {
      severity: scenes.length === 0 ? 'ok' : 'fail',
      measured: scenes.length === 0 ? 'at every scene' : `missing at ${scenes.length} of ${film.scenes.length} scenes`,
      threshold: 'at every scene',
      sentence:
        scenes.length === 0 ? 'A player can jump to every scene.' : 'A scene begins between two key frames: close its group of pictures.',
      scenes,
    };
  },
};

const faststart: FilmCheck<Evidence> = {
  id: 'faststart',
  weight: 1,
  fix: null,
  look: ({ file: { container } }) => {
    const threshold = 'an MP4 with its index first';
    if (container.is === 'other')
      return { severity: 'fail', measured: 'not an MP4', threshold, sentence: 'Platforms ask for an MP4: join the film again.' };
    return {
      severity: container.indexFirst ? 'ok' : 'fail',
      measured: container.indexFirst ? 'index first' : 'index last',
      threshold,
      sentence: container.indexFirst
        ? 'It begins to play before it is loaded.'
        : 'It plays only once all of it is loaded: join it again with faststart.',
    };
  },
};

const megabytesPerMinute = { draft: 12, standard: 12, high: 30 } as const;

const size: FilmCheck<Evidence> = {
  id: 'size',
  weight: 0.5,
  fix: 'picture',
  look: ({ file, quality }) => {
    if (file.seconds <= 0) return undefined;
    const allowed = megabytesPerMinute[quality];
    const actual = (file.bytes / 1e6 / file.seconds) * 60;
    const severity = upTo(actual, allowed, 2 * allowed);
    return {
      severity,
      measured: `${rounded(actual, 1)} MB a minute`,
      threshold: `≤ ${allowed} MB a minute`,
      sentence: severity === 'ok' ? 'It is quickly sent.' : 'It is larger than it has to be: grain or noise in the pictures costs much.',
    };
  },
};

/** Sound and picture begin and end together. */
const sync: FilmCheck<Evidence> = {
  id: 'sync',
  weight: 3,
  fix: null,
  look: ({ file: { video, audio } }) => {
    if (audio === null) return undefined;
    const begin = audio.start - video.start;
    const end = begin + audio.seconds - video.seconds;
    const worst = Math.abs(begin) > Math.abs(end) ? begin : end;
    const severity = upTo(Math.abs(worst), 0.05, 0.05);
    return {
      severity,
      measured: inSeconds(worst),
      threshold: '≤ 0.05 s',
      sentence: severity === 'ok' ? 'Sound and picture begin and end together.' : 'Sound and picture drift apart: join the film again.',
    };
  },
};

export const fileChecks: readonly FilmCheck<Evidence>[] = [whole, continuity, keyframes, faststart, size, sync];
