/** Whether its picture is in the form that platforms take. */
import { framesPerSecond, layoutOf } from '../../film/aspect.ts';
import { rounded, type FilmCheck } from '../check.ts';
import type { Evidence } from '../evidence.ts';
import { essential } from '../score.ts';
import { frameGap, shownTimes } from '../timestamps.ts';

const resolution: FilmCheck<Evidence> = {
  id: 'resolution',
  weight: essential,
  fix: 'picture',
  look: ({ aspect, file: { video } }) => {
    const { frame } = layoutOf(aspect);
    const right = video.width === frame.width && video.height === frame.height;
    return {
      severity: right ? 'ok' : 'fail',
      measured: `${video.width} × ${video.height}`,
      threshold: `${frame.width} × ${frame.height}`,
      sentence: right
        ? 'It fills the screen sharply.'
        : `A ${aspect} film has another size: platforms would scale it, or put bars beside it.`,
    };
  },
};

const frameRate: FilmCheck<Evidence> = {
  id: 'frame-rate',
  weight: 1.5,
  fix: 'picture',
  look: ({ file: { video } }) => {
    const gap = frameGap(shownTimes(video));
    if (gap === undefined) return undefined;
    const right = Math.abs(1 / gap - framesPerSecond) < 0.05;
    return {
      severity: right ? 'ok' : 'fail',
      measured: `${rounded(1 / gap, Number.isInteger(Math.round(100 / gap) / 100) ? 0 : 2)} per second`,
      threshold: `${framesPerSecond} per second`,
      sentence: right ? 'It moves as smoothly as it was made.' : `It was made for ${framesPerSecond} frames a second: encode it so.`,
    };
  },
};

const videoCodec: FilmCheck<Evidence> = {
  id: 'video-codec',
  weight: 1.5,
  fix: 'picture',
  look: ({ file: { video } }) => {
    const right = video.codec === 'h264' && (video.profile === 'High' || video.profile === 'Main');
    return {
      severity: right ? 'ok' : 'fail',
      measured: `${video.codec} ${video.profile}`,
      threshold: 'h264 High or Main',
      sentence: right ? 'Every phone and every platform plays it.' : 'Some phones and platforms will not play it: encode it as H.264 High.',
    };
  },
};

const pixelFormat: FilmCheck<Evidence> = {
  id: 'pixel-format',
  weight: 1.5,
  fix: 'picture',
  look: ({ file: { video } }) => {
    const right = video.pixelFormat === 'yuv420p';
    return {
      severity: right ? 'ok' : 'fail',
      measured: video.pixelFormat,
      threshold: 'yuv420p',
      sentence: right ? 'Its pixels are what players expect.' : 'Many players show nothing of it: encode it as yuv420p.',
    };
  },
};

const colour: FilmCheck<Evidence> = {
  id: 'colour',
  weight: 0.5,
  fix: 'picture',
  look: ({ file: { video } }) => {
    const { range, space, transfer, primaries } = video.colour;
    const right = range === 'tv' && [space, transfer, primaries].every((tag) => tag === 'bt709');
    return {
      severity: right ? 'ok' : 'fail',
      measured: [...new Set([space, transfer, primaries]), range].join(' '),
      threshold: 'bt709 tv',
      sentence: right
        ? 'Its colours look the same everywhere.'
        : 'Without its tags players guess its colours: tag it as bt709, limited range.',
    };
  },
};

export const formatChecks: readonly FilmCheck<Evidence>[] = [resolution, frameRate, videoCodec, pixelFormat, colour];
