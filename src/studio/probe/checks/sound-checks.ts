/** What is heard. */
import { inSeconds, rounded, upTo, type FilmCheck } from '../check.ts';
import { isSpoken, type Evidence } from '../evidence.ts';
import { essential } from '../score.ts';
import { later } from '../span.ts';
import { voiceOffset } from '../voice-offset.ts';

const sound: FilmCheck<Evidence> = {
  id: 'sound',
  weight: essential,
  fix: 'audio',
  look: ({ file: { audio }, sound: heard }) => {
    const audible = heard !== null && heard.loudness !== null;
    return {
      severity: audible ? 'ok' : 'fail',
      measured: audible ? 'there is sound' : audio === null ? 'no sound' : 'silence',
      threshold: 'there is sound',
      sentence: audible ? 'The film can be heard.' : 'Nothing can be heard: mix its voice and its music again.',
    };
  },
};

const audioFormat: FilmCheck<Evidence> = {
  id: 'audio-format',
  weight: 1.5,
  fix: 'audio',
  look: ({ file: { audio } }) => {
    if (audio === null) return undefined;
    const right = audio.codec === 'aac' && audio.profile === 'LC' && audio.rate === 48_000 && audio.channels === 2;
    const channels = audio.channels === 2 ? 'stereo' : audio.channels === 1 ? 'mono' : `${audio.channels} channels`;
    return {
      severity: right ? 'ok' : 'fail',
      measured: `${audio.codec} ${audio.profile}, ${rounded(audio.rate / 1000, audio.rate % 1000 === 0 ? 0 : 1)} kHz, ${channels}`,
      threshold: 'aac LC, 48 kHz, stereo',
      sentence: right
        ? 'Its sound is in the form that platforms keep.'
        : 'Platforms convert such sound, and it suffers: encode it as 48 kHz stereo AAC.',
    };
  },
};

/** Music alone is meant to be a little quieter than a voice. */
const loudness: FilmCheck<Evidence> = {
  id: 'loudness',
  weight: 1.5,
  fix: 'audio',
  look: (film) => {
    const measured = film.sound?.loudness ?? null;
    if (measured === null) return undefined;
    const [lowest, highest] = isSpoken(film) ? [-15, -13] : [-17, -13];
    const off = Math.max(lowest - measured, measured - highest, 0);
    const severity = upTo(off, 0, 1);
    const quiet = measured < lowest;
    return {
      severity,
      measured: `${rounded(measured, 1)} LUFS`,
      threshold: `${rounded(lowest, 0)} to ${rounded(highest, 0)} LUFS`,
      sentence:
        severity === 'ok'
          ? 'It is as loud as the films around it.'
          : quiet
            ? 'It is quieter than the films around it: raise the mix.'
            : 'It is louder than platforms allow, and they will turn it down: lower the mix.',
    };
  },
};

const truePeak: FilmCheck<Evidence> = {
  id: 'true-peak',
  weight: 1,
  fix: 'audio',
  look: ({ sound: heard }) => {
    const peak = heard?.truePeak ?? null;
    if (peak === null || heard?.loudness === null) return undefined;
    const severity = upTo(peak, -1, -0.5);
    return {
      severity,
      measured: `${rounded(peak, 1)} dBTP`,
      threshold: '≤ −1 dBTP',
      sentence: severity === 'ok' ? 'Nothing of it is distorted.' : 'Its loudest moments will crackle: limit the mix further.',
    };
  },
};

const longestGap = 1.5;

const silence: FilmCheck<Evidence> = {
  id: 'silence',
  weight: 2,
  fix: 'audio',
  look: ({ sound: heard, scenes }) => {
    if (heard === null || heard.loudness === null) return undefined;
    const last = scenes.at(-1);
    const ending = last?.kind === 'ending' ? last.at : Infinity;
    const gaps = heard.silences.map(({ start, end }) => ({ start, end: Math.min(end, Math.max(start, ending)) }));
    const worst = Math.max(0, ...gaps.map(({ start, end }) => end - start));
    const severity = upTo(worst, longestGap, 2.5);
    const silent = gaps.filter(({ start, end }) => end - start > longestGap);
    const touches = (at: number, seconds: number): boolean => silent.some(({ start, end }) => start < at + seconds && end > at);
    return {
      severity,
      measured: worst === 0 ? 'none' : inSeconds(worst),
      threshold: `≤ ${longestGap} s`,
      sentence: severity === 'ok' ? 'It never falls silent.' : 'It falls silent, as if it were broken: let the music go on there.',
      scenes: severity === 'ok' ? [] : scenes.flatMap(({ at, seconds }, index) => (touches(at, seconds) ? [index] : [])),
    };
  },
};

/** Where the mix put the voice, whatever it was told. */
const voiceTiming: FilmCheck<Evidence> = {
  id: 'voice-timing',
  weight: 2,
  fix: 'audio',
  look: ({ sound: heard, scenes, file: { video, audio } }) => {
    if (heard === null || audio === null) return undefined;
    const begin = audio.start - video.start;
    const words = scenes.flatMap(({ at, speechSeconds, words: said }) =>
      speechSeconds > 0 ? said.map((word) => later(word, at - begin)) : [],
    );
    const offset = voiceOffset(heard.levels, words);
    if (offset === null) return undefined;
    const severity = upTo(Math.abs(offset), 0.15, 0.3);
    return {
      severity,
      measured: inSeconds(offset),
      threshold: '≤ 0.15 s from its words',
      sentence:
        severity === 'ok' ? 'The voice speaks when its words are shown.' : 'The voice comes before or after its words: place it again.',
    };
  },
};

export const soundChecks: readonly FilmCheck<Evidence>[] = [sound, audioFormat, loudness, truePeak, silence, voiceTiming];
