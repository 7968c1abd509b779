/** Reads SRT and WebVTT back, as a player would. */
import type { Span } from './span.ts';

export interface Cue extends Span {
  readonly text: string;
}

export type SubtitleFile =
  | { readonly is: 'read'; readonly cues: readonly Cue[] }
  /** `why` begins with the line. */
  | { readonly is: 'broken'; readonly why: string };

const times = {
  srt: /^(\d{2,}):(\d{2}):(\d{2}),(\d{3}) --> (\d{2,}):(\d{2}):(\d{2}),(\d{3})\s*$/,
  vtt: /^(?:(\d{2,}):)?(\d{2}):(\d{2})\.(\d{3}) --> (?:(\d{2,}):)?(\d{2}):(\d{2})\.(\d{3})(?:\s.*)?$/,
};

export function readSubtitles(file: string, format: 'srt' | 'vtt'): SubtitleFile {
  const text = file.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  if (format === 'vtt' && !/^WEBVTT(?:[ \t\n]|$)/.test(text)) return { is: 'broken', why: 'line 1: it does not begin with WEBVTT' };
  const cues: Cue[] = [];
  let line = 1;
  for (const block of text.split(/\n(?=\n)/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((each) => each.includes('-->'));
    if (at >= 0) {
      const cue = readCue(lines.slice(at), times[format]);
      if (cue === undefined) return { is: 'broken', why: `line ${line + at}: its times cannot be read` };
      if (cue.end <= cue.start) return { is: 'broken', why: `line ${line + at}: it ends before it begins` };
      if (cue.start < (cues.at(-1)?.start ?? 0)) return { is: 'broken', why: `line ${line + at}: it begins before the one above it` };
      if (cue.text === '') return { is: 'broken', why: `line ${line + at}: it says nothing` };
      cues.push(cue);
    } else if (format === 'srt' && block.trim() !== '') return { is: 'broken', why: `line ${line}: it has no times` };
    line += lines.length;
  }
  return { is: 'read', cues };
}

function readCue([head = '', ...words]: readonly string[], pattern: RegExp): Cue | undefined {
  const found = pattern.exec(head);
  if (found === null) return undefined;
  const [h1 = 0, m1 = 0, s1 = 0, ms1 = 0, h2 = 0, m2 = 0, s2 = 0, ms2 = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const seconds = (h: number, m: number, s: number, ms: number): number => h * 3600 + m * 60 + s + ms / 1000;
  return { start: seconds(h1, m1, s1, ms1), end: seconds(h2, m2, s2, ms2), text: words.join('\n').trim() };
}
