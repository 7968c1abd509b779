/** Segments become one film without being encoded again, and the sound is laid beside them. */
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import { brought, listed, type Brought } from '../ffmpeg/brought.ts';
import type { Tools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { framesPerSecond } from '../film/aspect.ts';

export interface Joining {
  readonly segments: readonly { readonly file: string; readonly frames: number }[];
  /** AAC in MP4. */
  readonly sound: string;
  readonly title: string;
  readonly comment: string;
  /** For files on their way, and for the result. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Every packet of MPEG-TS begins with it. */
const syncByte = 0x47;

/** The film as a file. Checked: it has every frame, and no other. */
export async function joined(joining: Joining, tools: Tools): Promise<string> {
  const { segments, folder, signal } = joining;
  const film = join(folder, 'film.mp4');
  for (const [index, { file, frames }] of segments.entries())
    if (!(await isStream(file))) throw unlike(`scene ${index + 1} has 0 frames, and not ${frames}`);
  const failed = await write(joining, film, tools).then(
    () => undefined,
    (error: unknown) => error,
  );
  signal.throwIfAborted();
  const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
  if (failed === undefined && (await framesIn('film', film, tools, signal)) === frames) return film;
  for (const [index, segment] of segments.entries()) {
    const had = await framesIn('segment', segment.file, tools, signal);
    if (had !== segment.frames) throw unlike(`scene ${index + 1} has ${had} frames, and not ${segment.frames}`);
  }
  throw failed ?? unlike('its scenes do not fit together');
}

async function write({ segments, sound, title, comment, folder, signal }: Joining, film: string, { ffmpeg }: Tools): Promise<void> {
  const list = join(folder, 'segments.txt');
  await writeFile(list, listOf(segments));
  const from = [...listed(list), '-i', sound, '-map', '0:v:0', '-map', '1:a:0', '-c', 'copy'];
  const said = ['-map_metadata', '-1', '-metadata', `title=${plain(title)}`, '-metadata', `comment=${plain(comment)}`];
  const form = ['-fflags', '+bitexact', '-movflags', '+faststart+write_colr', '-f', 'mp4', film];
  await runTool(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...from, ...said, ...form], { what: 'joining the scenes', signal });
}

/** A list may name a list: none that was brought comes to be read as one. */
async function isStream(file: string): Promise<boolean> {
  const opened = await open(file);
  try {
    const { bytesRead, buffer } = await opened.read(Buffer.alloc(1), 0, 1, 0);
    return bytesRead === 1 && buffer[0] === syncByte;
  } finally {
    await opened.close();
  }
}

/** 0 for what is no film. ffmpeg counts: not every ffprobe bears MPEG-TS. */
async function framesIn(is: Brought, file: string, { ffmpeg }: Tools, signal: AbortSignal): Promise<number> {
  const words = ['-v', 'error', '-nostdin', ...brought(is, file), '-map', '0:v:0', '-c', 'copy', '-f', 'framecrc', '-'];
  const said = await runTool(ffmpeg, words, { what: 'counting frames', signal }).catch((error: unknown) => {
    if (error instanceof ContinuoError && error.code === 'FFMPEG_FAILED') return undefined;
    throw error;
  });
  return (said?.stdout.toString() ?? '').split('\n').filter((line) => /^\d/.test(line)).length;
}

const unlike = (why: string): ContinuoError =>
  new ContinuoError('MEDIA_UNREADABLE', `the film cannot be joined: ${why}; render its scenes anew`);

/** How long each segment is, said to the microsecond: what a reader would guess from its packets is a frame too short. */
export function listOf(segments: Joining['segments']): string {
  let frames = 0;
  const lines = segments.flatMap((segment) => {
    const begin = microseconds(frames);
    frames += segment.frames;
    return [`file '${segment.file.replaceAll("'", "'\\''")}'`, `duration ${((microseconds(frames) - begin) / 1e6).toFixed(6)}`];
  });
  return ['ffconcat version 1.0', ...lines, ''].join('\n');
}

/** Of the whole film so far, so that what is rounded away does not add up. */
const microseconds = (frames: number): number => Math.round((frames * 1e6) / framesPerSecond);

/** Control characters are no text, and a NUL would end the command. */
// oxlint-disable-next-line no-control-regex
const plain = (text: string): string => text.replaceAll(/[\u0000-\u001F\u007F]+/g, ' ').trim();
