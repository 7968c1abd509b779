/** What ffmpeg says while it decodes (`-loglevel level+verbose`). */

export interface DecoderLog {
  /** Frames that came out of the decoder. */
  readonly frames: number;
  /** What was wrong in the stream, in ffmpeg's words, each once. */
  readonly problems: readonly string[];
}

/** A stream that is broken all over says the same in a thousand ways. */
const mostProblems = 5;

export function readDecoderLog(log: string): DecoderLog {
  const frames = Number(/Input stream #\d+:\d+ \(video\):.*?(\d+) frames decoded/.exec(log)?.[1] ?? 0);
  const complaints = log.split(/[\r\n]+/).flatMap((line) => /\[(?:error|fatal|panic)\] (.+)$/.exec(line)?.[1]?.trim() ?? []);
  const hidden = /concealing \d+ DC/.test(log) ? ['parts of a frame were missing and had to be guessed'] : [];
  return { frames, problems: [...new Set([...hidden, ...complaints])].slice(0, mostProblems) };
}
